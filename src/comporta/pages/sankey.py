"""The flow picture: from stock and lines through each gate to sites, every width to one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from comporta import units
from comporta.pages.shape import Flow, Pool

MOST_ROUTES, MOST_POOLS, MOST_ORIGINS = 24, 12, 8
TALL = 280.0  # height of all units together   [px]
LINE, GAP, BAR = 17.0, 9.0, 6.0
LEAST = 1.0  # no ribbon is drawn thinner   [px]
TOP = 67.0  # room for the gates' numbers and names
LETTER, BOLD = 6.8, 8.0  # how wide a letter is taken to be
WIDE, NARROW = 1000.0, 350.0
WIDTHS = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True)
class Ribbon:
    """A band, as wide as it carries units."""

    path: str
    kind: str


@dataclass(frozen=True)
class Box:
    """A bar that stands for a shelf, a place, a gate or a site."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True)
class Word:
    """A label."""

    x: float
    y: float
    text: str
    anchor: str
    kind: str


@dataclass
class Picture:
    """A drawing; `least` is what a ribbon of the least width stands for, `pools_more` how many places are not drawn."""

    width: float
    height: float = 0.0
    ribbons: list[Ribbon] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    guides: list[float] = field(default_factory=list)
    least: float = 0.0
    pools_more: int = 0


@dataclass
class _Lane:
    """What goes into a place, or out of it: how many units, and through which gates."""

    label: str
    units: float
    kind: str
    gates: Sequence[str] = ()
    middle: float = 0.0
    thick: float = 0.0


@dataclass(frozen=True)
class _Columns:
    """Where things stand from left to right."""

    origin: float
    pool: float
    gates: dict[str, float]
    straight: float
    end: float
    beside: bool


def picture(flow: Flow, width: float) -> Picture:
    """The drawing for a width.   [px]"""
    drawn = Picture(width, height=TOP if flow["gates"] else 0.0)
    pools = sorted(flow["pools"], key=lambda pool: (-pool["units"], pool["id"]))
    drawn.pools_more = max(0, len(pools) - MOST_POOLS)
    pools = pools[:MOST_POOLS]
    scale = TALL / (sum(pool["units"] for pool in pools) or 1)
    drawn.least = LEAST / scale
    columns = _columns(width, [gate["gate"] for gate in flow["gates"]])
    _head(drawn, columns)
    for pool in pools:
        _pool(drawn, columns, pool, flow, scale)
    return drawn


def _columns(width: float, gates: list[str]) -> _Columns:
    """On a wide screen names stand beside the ribbons' ends, on a narrow one above them."""
    wide = width >= WIDE
    origin, pool, straight, end = (216.0, 350.0, 430.0, width - 250) if wide else (0.0, 100.0, 150.0, width - BAR)
    first, last = (straight - 20, end) if wide else (straight - 10, end - 20)
    each = (last - first) / max(len(gates), 1)
    places = {gate: round(first + each * (place + 0.5), 1) for place, gate in enumerate(gates)}
    return _Columns(origin, pool, places, straight, end, wide)


def _head(drawn: Picture, columns: _Columns) -> None:
    """Gates by number, and by name, on up to three lines in turn, where there is room for all."""
    each = (columns.end - columns.straight) / max(len(columns.gates), 1)
    longest = max(map(len, columns.gates), default=0) * BOLD
    lines = next((lines for lines in (1, 2, 3) if longest <= lines * each), 0) if columns.beside else 0
    drawn.guides.extend(columns.gates.values())
    for place, (gate, x) in enumerate(columns.gates.items()):
        drawn.words.append(Word(x, 12, str(place + 1), "middle", "gate"))
        if lines:
            drawn.words.append(Word(x, 27 + 15 * (place % lines), gate, "middle", "gate"))


def _into(flow: Flow, pool: Pool) -> list[_Lane]:
    """Where a place has its units from, the most first."""
    lanes = [_Lane(row["name"], row["units"], row["kind"]) for row in flow["origins"] if row["pool"] == pool["id"]]
    lanes += [_Lane(f"From {row['pool']}", row["units"], "move") for row in flow["ways"] if row["to"] == pool["id"]]
    return _few(sorted(lanes, key=lambda lane: (-lane.units, lane.label)), MOST_ORIGINS, "more sources")


def _out_of(flow: Flow, pool: Pool) -> list[_Lane]:
    """Where a place's units go: sites first, those through the same gates together, then what stays."""
    routes = [
        _Lane(row["site"], row["units"], "route", row["gates"]) for row in flow["routes"] if row["pool"] == pool["id"]
    ]
    drawn = _few(sorted(routes, key=lambda lane: (-lane.units, lane.label)), MOST_ROUTES, "more ways")
    drawn.sort(key=lambda lane: (lane.kind == "more", len(lane.gates), lane.gates, -lane.units, lane.label))
    said = {"move": "To ", "left": "", "built": ""}
    ways = [row for row in flow["ways"] if row["pool"] == pool["id"]]
    return drawn + [_Lane(f"{said[row['kind']]}{row['to']}".capitalize(), row["units"], row["kind"]) for row in ways]


def _few(lanes: list[_Lane], most: int, rest: str) -> list[_Lane]:
    """The largest, and all others as one."""
    if len(lanes) <= most:
        return lanes
    others = lanes[most - 1 :]
    return [*lanes[: most - 1], _Lane(f"{len(others)} {rest}", sum(lane.units for lane in others), "more")]


def _pool(drawn: Picture, columns: _Columns, pool: Pool, flow: Flow, scale: float) -> None:
    """One place with all that comes in and goes out."""
    into, out = _into(flow, pool), _out_of(flow, pool)
    top = drawn.height + 2 * LINE
    above = not columns.beside
    bottom = max(_stack(into, top, scale, above=above), _stack(out, top, scale, above=above))
    thick = max(sum(lane.thick for lane in lanes) for lanes in (into, out))
    edge = round(max(top, (_middle(into) + _middle(out) - thick) / 2), 1)
    drawn.boxes.append(Box(columns.pool, edge, BAR, round(thick, 1), "pool"))
    name = _short(f"{pool['product']}, {pool['place']}", 34)
    drawn.words.append(Word(columns.pool, round(top - 8, 1), name, "middle", "name"))
    _draw_in(drawn, columns, into, edge)
    _draw_out(drawn, columns, out, edge)
    drawn.height = round(bottom + GAP, 1)


def _middle(lanes: list[_Lane]) -> float:
    """Half-way between the upper end of the first and the lower end of the last."""
    if not lanes:
        return 0.0
    first, last = lanes[0], lanes[-1]
    return (first.middle - first.thick / 2 + last.middle + last.thick / 2) / 2


def _stack(lanes: list[_Lane], top: float, scale: float, *, above: bool) -> float:
    """Puts lanes one below the other, with room for a line of text above each or beside it.   [px of the lower end]"""
    for lane in lanes:
        lane.thick = max(LEAST, lane.units * scale)
        head = LINE if above else max(0.0, (LINE - lane.thick) / 2)
        lane.middle = top + head + lane.thick / 2
        top = lane.middle + lane.thick / 2 + GAP + (0.0 if above else head)
    return top


def _draw_in(drawn: Picture, columns: _Columns, lanes: list[_Lane], edge: float) -> None:
    """Bands from shelves and lines to their place."""
    for lane in lanes:
        start = columns.origin + BAR
        band = _band(start, lane.middle, columns.pool, edge + lane.thick / 2, lane.thick)
        drawn.ribbons.append(Ribbon(band, lane.kind))
        drawn.boxes.append(_bar(columns.origin, lane, lane.kind))
        label = _labeled(lane.label, units.number(lane.units), 31 if columns.beside else 28)
        if columns.beside:
            drawn.words.append(Word(columns.origin - 6, round(lane.middle + 4, 1), label, "end", "label"))
        else:
            drawn.words.append(Word(0.0, round(lane.middle - lane.thick / 2 - 5, 1), label, "start", "label"))
        edge += lane.thick


def _labeled(name: str, figure: str, letters: int) -> str:
    """A name that is cut where there is no room for it, and its figure, which never is."""
    return f"{_short(name, max(4, letters - len(figure) - 2))}: {figure}"


def _draw_out(drawn: Picture, columns: _Columns, lanes: list[_Lane], edge: float) -> None:
    for lane in lanes:
        start = columns.pool + BAR
        bend = _band(start, edge + lane.thick / 2, columns.straight, lane.middle, lane.thick)
        drawn.ribbons.append(Ribbon(bend, lane.kind))
        drawn.ribbons.append(
            Ribbon(_band(columns.straight, lane.middle, columns.end, lane.middle, lane.thick), lane.kind)
        )
        drawn.boxes.append(_bar(columns.end, lane, lane.kind))
        for gate in lane.gates:
            x, y = columns.gates[gate] - 2, lane.middle - lane.thick / 2 - 3
            drawn.boxes.append(Box(x, round(y, 1), 4.0, round(lane.thick + 6, 1), "gate"))
        drawn.words.append(_end_word(columns, lane))
        edge += lane.thick


def _end_word(columns: _Columns, lane: _Lane) -> Word:
    """Where units end up: beside the end, or above it."""
    figure = units.of(lane.units, "units")
    if columns.beside:
        label = _labeled(lane.label, figure, 36)
        return Word(columns.end + BAR + 6, round(lane.middle + 4, 1), label, "start", "label")
    y = round(lane.middle - lane.thick / 2 - 5, 1)
    return Word(columns.end + BAR, y, _labeled(lane.label, figure, 36), "end", "label")


def _bar(x: float, lane: _Lane, kind: str) -> Box:
    return Box(x, round(lane.middle - lane.thick / 2, 1), BAR, round(lane.thick, 1), kind)


def _band(x0: float, y0: float, x1: float, y1: float, thick: float) -> str:
    """A band from one height to another, as thick at every place from left to right."""
    mid, half = (x0 + x1) / 2, thick / 2
    over = f"M{x0:.1f},{y0 - half:.1f} C{mid:.1f},{y0 - half:.1f} {mid:.1f},{y1 - half:.1f} {x1:.1f},{y1 - half:.1f}"
    back = f"L{x1:.1f},{y1 + half:.1f} C{mid:.1f},{y1 + half:.1f} {mid:.1f},{y0 + half:.1f} {x0:.1f},{y0 + half:.1f} Z"
    return f"{over} {back}"


def _short(text: str, letters: int) -> str:
    """A text that fits."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
