"""Charts: page data drawn by altair, rendered to SVG here, in colors that the page's style decides."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal, TypedDict
from xml.etree import ElementTree as ET

import altair as alt
import vl_convert

from comporta import units
from comporta.pages.shape import Calendar, Level, Stroke, Supposed

WIDE, NARROW = 760, 340
HIDDEN = 40  # a bar of one part in so many is not seen
INK, FIRST, GRID, PAPER = "currentColor", "var(--first)", "var(--grid)", "var(--paper)"
SERIES: dict[Literal["supply", "asked", "come"], tuple[str, str, list[int], str]] = {
    "supply": ("Supply", "var(--second)", [1, 0], "square"),
    "asked": ("Demand", "var(--third)", [8, 4], "triangle-up"),
    "come": ("Delivered", "var(--first)", [2, 3], "circle"),
}
DRAWN = {"svg", "g", "path", "line", "rect", "text", "tspan", "title", "defs"}
FONT = "system-ui, sans-serif"


class Bar(TypedDict):
    """A bar from one figure to another, below its label."""

    at: int
    low: float
    high: float
    back: bool
    label: str


def arrivals(told: Calendar, step: str, width: int) -> str:
    """One row of bars for each column of the calendar, all to one scale.

    Where all others together get so much more that no other bar would be seen, one row for all of them.
    """
    columns, rows = told["columns"], [row["units"] for row in told["rows"]]
    most = [max(row[place] for row in rows) for place in range(len(columns))]
    if max(most) > HIDDEN * max(most[:-1], default=max(most)):
        columns, rows = [{"name": "All", "units": told["all"]}], [[row["all"]] for row in told["rows"]]
    named = [f"{column['name']}: {units.of(column['units'], 'units')}" for column in columns]
    data = [
        {"who": named[column], "at": place, "units": amount}
        for place, row in enumerate(rows)
        for column, amount in enumerate(row)
    ]
    ticks = _ticks(max(map(max, rows)), 2)
    labels = _begins([row["begins"] for row in told["rows"]], step)
    x_axis = _axis(labelExpr=_words(labels), labelAngle=0, labelOverlap="parity")
    header = alt.Header(
        labelOrient="top", labelAnchor="start", labelColor=INK, labelFontSize=12, labelPadding=4, labelLimit=width - 116
    )
    chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(color=FIRST)
        .encode(
            x=alt.X("at:O", title=None, axis=x_axis),
            y=_up(ticks),
            row=alt.Row("who:N", title=None, sort=named, spacing=14, header=header),
        )
        .properties(width=width - 116, height=56)
    )
    return _svg(chart)


def levels(told: Sequence[Level], width: int) -> str:
    """Three lines over time, told apart by dashes and marks as well as by color."""
    data = [
        {"at": place, "units": row[key], "what": name}
        for place, row in enumerate(told)
        for key, (name, *_) in SERIES.items()
    ]
    ticks = _ticks(max(max(row[key] for key in SERIES) for row in told), 4)
    named, colors, dashes, shapes = (list(column) for column in zip(*SERIES.values(), strict=True))
    color = alt.Color("what:N", sort=named, scale=alt.Scale(domain=named, range=colors), legend=None)
    dash = alt.StrokeDash("what:N", scale=alt.Scale(domain=named, range=dashes), legend=None)
    shape = alt.Shape("what:N", scale=alt.Scale(domain=named, range=shapes), legend=None)
    base = alt.Chart(alt.InlineData(values=data)).encode(x=_over(_ends(told)), y=_up(ticks), color=color)
    lines = base.mark_line(strokeWidth=2, interpolate="step-after").encode(strokeDash=dash)
    points = base.mark_point(filled=True, size=40, opacity=1).encode(shape=shape)
    return _svg((lines + points).properties(width=width - 116, height=260))


def _over(labels: list[str | list[str]]) -> alt.X:
    """Places from left to right, under their labels; every other label where room is short."""
    axis = _axis(labelExpr=_words(labels), labelAngle=0, labelOverlap="parity")
    return alt.X("at:O", title=None, axis=axis, scale=alt.Scale(type="point", padding=0.2))


def _up(ticks: list[float]) -> alt.Y:
    """Units from nothing upward."""
    axis = _axis(values=ticks, labelExpr=_figures(ticks), grid=True, gridColor=GRID)
    return alt.Y("units:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, ticks[-1]]))


def suppositions(told: Sequence[Supposed], width: int) -> str:
    """A bar for what comes under each set of suppositions, its name and figure above it."""
    shown = [row for row in told if not row["wrong"]]
    labels = [f"{_set(row)}: {units.of(row['come'], 'units')}" for row in shown]
    rows = [_bar(place, 0.0, row["come"], label) for place, (row, label) in enumerate(zip(shown, labels, strict=True))]
    return _svg(_bars(rows, width))


def _set(row: Supposed) -> str:
    return " + ".join(row["names"]) or "Nothing supposed"


def causes(told: Sequence[Stroke], width: int) -> str:
    """What one buyer lacks: each bar begins where the one before ended, so that they add up."""
    rows: list[Bar] = []
    reached = 0.0
    for part in told:
        label = f"{part['cause']}: {units.of(part['units'], 'units')}"
        rows.append(_bar(len(rows), reached, reached + part["units"], label))
        reached += part["units"]
    return _svg(_bars(rows, width))


def _bar(place: int, low: float, high: float, label: str) -> Bar:
    return {"at": place, "low": low, "high": high, "back": high < low, "label": label}


def _bars(rows: list[Bar], width: int) -> alt.TopLevelMixin:
    """Bars below their labels; those that lead back are outlined."""
    ticks = _ticks(max((max(row["low"], row["high"]) for row in rows), default=0.0), 3)
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=alt.Y("at:O", axis=None, scale=alt.Scale(padding=0.15)))
    axis = _axis(values=ticks, labelExpr=_figures(ticks), grid=True, gridColor=GRID)
    x = alt.X("low:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, ticks[-1]]))
    look = alt.Fill("back:N", legend=None, scale=alt.Scale(domain=[False, True], range=[FIRST, PAPER]))
    bars = base.mark_bar(stroke=FIRST, strokeWidth=1.5, height=12, yOffset=9).encode(x=x, x2="high:Q", fill=look)
    words = base.mark_text(align="left", baseline="middle", dy=-7, fill=INK, limit=width - 66)
    labels = words.encode(text="label:N", x=alt.datum(0))
    both: alt.LayerChart = bars + labels
    return both.properties(width=width - 66, height=38 * max(len(rows), 1))


def _ticks(most: float, count: int) -> list[float]:
    """Round figures from nothing to at least the most."""
    if most <= 0:
        return [0, 1]
    raw = most / count
    size = 10.0 ** (len(str(int(raw))) - 1) if raw >= 1 else 0.1
    parts = (1, 2, 2.5, 5, 10, 20) if size >= 10 else (1, 2, 5, 10, 20)
    each = next(size * part for part in parts if size * part >= raw)
    steps = int(-(-most // each))
    return [round(each * place, 6) for place in range(steps + 1)]


def _words(labels: Sequence[str | list[str]]) -> str:
    """An expression that gives the label of each place."""
    return f"{json.dumps(labels)}[datum.value]"


def _figures(ticks: Sequence[float]) -> str:
    """An expression that gives each tick its figure, as everywhere on the page."""
    return f"{json.dumps([units.number(tick) for tick in ticks])}[indexof({json.dumps(list(ticks))}, datum.value)]"


def _begins(days: Sequence[str], step: str) -> list[str | list[str]]:
    """Jan, and the year below the first month of each; or only years."""
    if step == "year":
        return [day[:4] for day in days]
    return _months([date.fromisoformat(day) for day in days])


def _months(days: Sequence[date]) -> list[str | list[str]]:
    """Each month in three letters, the year below the first of each."""
    said = [units.month(day).split() for day in days]
    return [
        [name[:3], year] if place == 0 or said[place - 1][1] != year else name[:3]
        for place, (name, year) in enumerate(said)
    ]


def _ends(told: Sequence[Level]) -> list[str | list[str]]:
    """The first day, then the month or year whose end is meant."""
    days = [date.fromisoformat(row["on"]) for row in told]
    first = [f"{days[0].day} {units.month(days[0])[:3]}", str(days[0].year)]
    return [first, *_months(days)[1:]]


def _axis(**told: object) -> alt.Axis:
    return alt.Axis(domain=False, ticks=False, labelColor=INK, labelPadding=6, **({"grid": False} | told))  # type: ignore[arg-type]


def _svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG that names no font file, no address, and no color of its own but those of the page."""
    config = {
        "background": "transparent",
        "aria": False,
        "padding": {"left": 18, "top": 5, "right": 18, "bottom": 5},  # a reader's letters may be wider than ours
        "font": FONT,
        "view": {"stroke": None},
        "axis": {"labelFontSize": 12},
        "text": {"fontSize": 12},
    }
    drawn = str(vl_convert.vegalite_to_svg(chart.to_dict(), config=config, allowed_base_urls=[]))
    return checked(drawn)


def checked(svg: str) -> str:
    """The same drawing, scaled by the page; a fault if it holds anything but lines, shapes and words."""
    root = ET.fromstring(svg)
    for part in root.iter():
        name = part.tag.rpartition("}")[2]
        assert name in DRAWN, f"A chart holds <{name}>, which no chart of ours draws."
        assert not any(key.startswith("on") or key.endswith("href") for key in part.attrib), (
            f"<{name}> does more than show."
        )
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    for size in ("width", "height"):
        del root.attrib[size]
    root.set("aria-hidden", "true")
    return ET.tostring(root, encoding="unicode")
