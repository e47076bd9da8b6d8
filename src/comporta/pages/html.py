"""The page: page data as one HTML file that needs nothing from anywhere."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from comporta import units
from comporta.pages import charts, sankey
from comporta.pages.resting import FIRM, MARKS, called, resting, spoken, state, told, valued
from comporta.pages.shape import GateRow, PageData, Supposed, Worth

TEMPLATES = Path(__file__).parent / "templates"
OPEN, MOST = 20, 200  # rows in sight, rows on the page
MOST_BUYERS = 12  # buyers with a picture of their causes
LONGEST_LINK = 60


def page(data: PageData) -> str:
    """The whole page; the same bytes for the same data."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        number=units.number, units=_units, counted=units.counted, measured=units.of, day=_day, begins=_begins,
        room=_room, bid=_bid, gained=_gained, dated=_dated, words=_words, address=_address, shown=_shown,
        of_figures=_of_figures, valued=valued, called=called, spoken=spoken, told=told, state=state,
    )  # fmt: skip
    return made.get_template("page.html.jinja").render(
        d=data,
        drawn=_drawn(data),
        reasons=_reasons(data),
        flows={name: sankey.picture(data["flow"], width) for name, width in sankey.WIDTHS.items()},
        open=OPEN,
        most=MOST,
        until=units.day(date.fromisoformat(data["end"]) - timedelta(days=1)),
        idle=[row["names"][0] for row in data["suppositions"] if _idle(row)],
        rests=resting(data, MOST),
        support_words=MARKS,
        firm=FIRM,
        known={source["id"] for source in data["sources"][:MOST]},
    )


def _drawn(data: PageData) -> dict[str, dict[str, Markup]]:
    """The charts, each once for a wide screen and once for a narrow one."""
    found = {"levels": _both(lambda width: charts.levels(data["levels"], width))}
    if data["calendar"]["rows"]:
        found["calendar"] = _both(lambda width: charts.arrivals(data["calendar"], data["step"], width))
    if len(data["suppositions"]) > 1:
        shown = [row for row in data["suppositions"] if row["page"] or row["more"] or not row["names"]]
        found["suppositions"] = _both(lambda width: charts.suppositions(shown, width))
    return found


def _idle(row: Supposed) -> bool:
    """Whether a supposition by itself changes nothing of what comes in all."""
    return bool(row["names"]) and not (row["page"] or row["more"] or row["wrong"])


def _reasons(data: PageData) -> list[dict[str, Any]]:
    """The pictures of causes for those who lack most: what never comes, and what comes late."""
    lacks = data["causes"]["buyers"][:MOST_BUYERS] if data["causes"] else []
    return [
        {
            "lack": lack,
            "drawn": {
                way: _both(partial(charts.causes, strokes))
                for way, strokes in (("short", lack["drawn_short"]), ("late", lack["drawn_late"]))
                if strokes
            },
        }
        for lack in lacks
    ]


def _both(draw: Callable[[int], str]) -> dict[str, Markup]:
    return {"wide": Markup(draw(charts.WIDE)), "narrow": Markup(draw(charts.NARROW))}


def _units(amount: float) -> str:
    return units.of(amount, "units")


def _day(on: str | None) -> str:
    """A day, or that there is none."""
    return units.day(date.fromisoformat(on)) if on else "–"


def _begins(on: str, step: str) -> str:
    """January 2026, or 2026."""
    return units.month(date.fromisoformat(on)) if step == "month" else on[:4]


def _room(row: GateRow) -> str:
    """What is left, in words where it is nothing."""
    return "none" if round(row["left"], 6) == 0 else units.of(row["left"], row["measure"])


def _bid(bid: Worth, row: GateRow) -> str:
    """What more room is worth, and for how much more that holds."""
    until = f", for up to {units.of(bid['more'], row['measure'])} more" if bid["more"] is not None else ""
    if bid["worth"] < 1:
        more = units.of(bid["room_for_one"], row["measure"])
        return f"{more} more room would bring one more unit in tier {units.number(bid['tier'])}{until}."
    brings = units.of(bid["worth"], "units")
    return f"{units.of(1, row['measure'])} more room would bring {brings} in tier {units.number(bid['tier'])}{until}."


def _gained(amount: float) -> str:
    """A difference, with its sign."""
    return f"+{units.number(amount)}" if amount > 0 else units.number(amount) if amount else "–"


def _dated(text: str) -> str:
    """A text whose ISO days are said as days are said here."""
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda on: units.day(date.fromisoformat(on[0])), text)


def _of_figures(name: str) -> str:
    """The head of a column of figures, as tables on the page are told it."""
    return f"#{name}"


def _words(text: str) -> str:
    """A code as words: outlet anonymous sources."""
    return text.replace("_", " ")


def _address(url: str) -> str:
    """An address that may be followed; nothing where it is not one of the web."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def _shown(url: str) -> str:
    """An address as a reader sees it."""
    bare = url.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare if len(bare) <= LONGEST_LINK else f"{bare[: LONGEST_LINK - 1]}…"
