"""Charts: page data drawn by altair, rendered to SVG here, in colors that the page's style decides."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal, TypedDict
from xml.etree import ElementTree

import altair as alt
import vl_convert

from comporta import units
from comporta.pages.shape import Calendar, Lack, Level, Supposed

WIDE, NARROW = 760, 340
INK, FIRST, GRID, PAPER = "currentColor", "var(--first)", "var(--grid)", "var(--paper)"
SERIES = {
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
    label: str


def arrivals(told: Calendar, step: str, width: int) -> str:
    """One row of bars for each column of the calendar, all to one scale."""
    named = [f"{column['name']}: {units.of(column['units'], 'units')}" for column in told["columns"]]
    data = [
        {"who": named[column], "at": place, "units": amount}
        for place, row in enumerate(told["rows"])
        for column, amount in enumerate(row["units"])
    ]
    ticks = _ticks(max((row["units"] for row in data), default=0), 2)
    labels = _begins([row["begins"] for row in told["rows"]], step)
    x_axis = _axis(labelExpr=_words(labels), labelAngle=0, labelOverlap="parity")
    y_axis = _axis(values=ticks, labelExpr=_figures(ticks), grid=True, gridColor=GRID)
    header = alt.Header(
        labelOrient="top", labelAnchor="start", labelColor=INK, labelFontSize=12, labelPadding=4, labelLimit=width - 90
    )
    chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(color=FIRST)
        .encode(
            x=alt.X("at:O", title=None, axis=x_axis),
            y=alt.Y("units:Q", title=None, axis=y_axis, scale=alt.Scale(domain=[0, ticks[-1]])),
            row=alt.Row("who:N", title=None, sort=named, spacing=14, header=header),
        )
        .properties(width=width - 90, height=56)
    )
    return _svg(chart)


def levels(told: Sequence[Level], width: int) -> str:
    """Three lines over time, told apart by dashes and marks as well as by color."""
    data = [
        {"at": place, "units": row[key], "what": name}  # type: ignore[literal-required]
        for place, row in enumerate(told)
        for key, (name, *_) in SERIES.items()
    ]
    ticks = _ticks(max(row["units"] for row in data), 4)
    named, colors, dashes, shapes = (list(column) for column in zip(*SERIES.values(), strict=True))
    legend = alt.Legend(title=None, orient="top", symbolStrokeWidth=2, symbolSize=120, columns=3 if width > NARROW else 1)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("at:O", title=None, axis=_axis(labelExpr=_words(_ends(told)), labelAngle=0, labelOverlap="parity"), scale=alt.Scale(type="point", padding=0.2)),
        y=alt.Y("units:Q", title=None, axis=_axis(values=ticks, labelExpr=_figures(ticks), grid=True, gridColor=GRID), scale=alt.Scale(domain=[0, ticks[-1]])),
        color=alt.Color("what:N", sort=named, scale=alt.Scale(domain=named, range=colors), legend=legend),
    )
    lines = base.mark_line(strokeWidth=2).encode(strokeDash=alt.StrokeDash("what:N", scale=alt.Scale(domain=named, range=dashes), legend=legend))
    points = base.mark_point(filled=True, size=40, opacity=1).encode(shape=alt.Shape("what:N", scale=alt.Scale(domain=named, range=shapes), legend=legend))
    return _svg((lines + points).properties(width=width - 90, height=260))


def suppositions(told: Sequence[Supposed], width: int) -> str:
    """A bar for what comes under each set of suppositions, its name and figure above it."""
    rows: list[Bar] = [
        {"at": place, "low": 0.0, "high": row["come"], "label": f"{_set(row)}: {units.of(row['come'], 'units')}"}
        for place, row in enumerate(told)
        if not row["wrong"]
    ]
    return _svg(_bars(rows, width))


def _set(row: Supposed) -> str:
    return " + ".join(row["names"]) or "Nothing supposed"


def causes(told: Lack, which: Literal["short", "late"], width: int) -> str:
    """What one buyer lacks: each bar begins where the one before ended, so that they add up."""
    rows: list[Bar] = []
    reached = 0.0
    for part in told["parts"]:
        if part[which]:
            label = f"{part['cause']}: {units.of(part[which], 'units')}"
            rows.append({"at": len(rows), "low": reached, "high": reached + part[which], "label": label})
            reached += part[which]
    return _svg(_bars(rows, width))


def _bars(rows: list[Bar], width: int) -> alt.LayerChart:
    """Bars below their labels."""
    ticks = _ticks(max((row["high"] for row in rows), default=0.0), 3)
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=alt.Y("at:O", axis=None, scale=alt.Scale(padding=0.15)))
    axis = _axis(values=ticks, labelExpr=_figures(ticks), grid=True, gridColor=GRID)
    x = alt.X("low:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, ticks[-1]]))
    bars = base.mark_bar(color=FIRST, height=12, yOffset=9).encode(x=x, x2="high:Q")
    labels = base.mark_text(align="left", baseline="middle", dy=-7, color=INK, limit=width - 40).encode(
        text="label:N", x=alt.datum(0)
    )
    return (bars + labels).properties(width=width - 40, height=38 * max(len(rows), 1))


def _ticks(most: float, count: int) -> list[float]:
    """Round figures from nothing to at least the most."""
    if most <= 0:
        return [0, 1]
    raw = most / count
    size = 10.0 ** (len(str(int(raw))) - 1) if raw >= 1 else 0.1
    each = next(size * part for part in (1, 2, 2.5, 5, 10, 20) if size * part >= raw)
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
        "font": FONT,
        "view": {"stroke": None},
        "axis": {"labelFontSize": 12},
        "legend": {"labelColor": INK, "labelFontSize": 12, "symbolStrokeColor": INK},
        "text": {"fontSize": 12},
    }
    drawn = str(vl_convert.vegalite_to_svg(chart.to_dict(), config=config, allowed_base_urls=[]))
    return checked(drawn)


def checked(svg: str) -> str:
    """The same drawing, scaled by the page; a fault if it holds anything but lines, shapes and words."""
    root = ElementTree.fromstring(svg)
    for part in root.iter():
        name = part.tag.rpartition("}")[2]
        assert name in DRAWN, f"A chart holds <{name}>, which no chart of ours draws."
        assert not any(key.startswith("on") or key.endswith("href") for key in part.attrib), f"<{name}> does more than show."
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root.attrib.pop("width"), root.attrib.pop("height")
    root.set("aria-hidden", "true")
    return ElementTree.tostring(root, encoding="unicode")
