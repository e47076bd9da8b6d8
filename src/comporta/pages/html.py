"""The page: page data as one HTML file that needs nothing from anywhere."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from comporta import units
from comporta.pages import charts, sankey
from comporta.pages.shape import GateRow, PageData

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
        number=units.number, units=_units, counted=units.counted, day=_day, begins=_begins, room=_room, measured=units.of,
        address=_address, shown=_shown, words=_words, gained=_gained, of_figures=lambda name: f"#{name}",
    )  # fmt: skip
    return made.get_template("page.html.jinja").render(
        d=data, drawn=_drawn(data), reasons=_reasons(data), flows=_flows(data), open=OPEN, most=MOST, until=_until(data),
        known={source["id"] for source in data["sources"][:MOST]},
    )


def _drawn(data: PageData) -> dict[str, dict[str, Markup]]:
    """The charts, each once for a wide screen and once for a narrow one."""
    found = {"levels": _both(lambda width: charts.levels(data["levels"], width))}
    if data["calendar"]["rows"]:
        found["calendar"] = _both(lambda width: charts.arrivals(data["calendar"], data["step"], width))
    if len(data["suppositions"]) > 1:
        found["suppositions"] = _both(lambda width: charts.suppositions(data["suppositions"], width))
    return found


def _reasons(data: PageData) -> list[dict[str, Any]]:
    """The pictures of causes for those who lack most: what never comes, and what comes late."""
    ways: tuple[Literal["short", "late"], ...] = ("short", "late")
    return [
        {"lack": lack, "drawn": {way: _both(_causes(lack, way)) for way in ways if lack[way]}}
        for lack in (data["causes"]["buyers"] if data["causes"] else [])[:MOST_BUYERS]
    ]


def _causes(lack: Any, way: Literal["short", "late"]) -> Callable[[int], str]:
    return lambda width: charts.causes(lack, way, width)


def _both(draw: Callable[[int], str]) -> dict[str, Markup]:
    return {"wide": Markup(draw(charts.WIDE)), "narrow": Markup(draw(charts.NARROW))}


def _flows(data: PageData) -> dict[str, sankey.Picture]:
    return {name: sankey.picture(data["flow"], width) for name, width in sankey.WIDTHS.items()}


def _units(amount: float) -> str:
    return units.of(amount, "units")


def _day(on: str | None) -> str:
    """A day, or that there is none."""
    return units.day(date.fromisoformat(on)) if on else "–"


def _begins(on: str, step: str) -> str:
    """January 2026, or 2026."""
    return units.month(date.fromisoformat(on)) if step == "month" else on[:4]


def _until(data: PageData) -> str:
    """The last day of the horizon."""
    return units.day(date.fromisoformat(data["end"]) - timedelta(days=1))


def _room(row: GateRow) -> str:
    """What is left, in words where it is nothing."""
    return "none" if round(row["left"], 6) == 0 else units.of(row["left"], row["measure"])


def _gained(amount: float) -> str:
    """A difference, with its sign."""
    return f"+{units.number(amount)}" if amount > 0 else units.number(amount).replace("-", "−") if amount else "–"


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
