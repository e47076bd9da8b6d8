"""The command `comporta law`: the figures of the library of law."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

MARKS = (
    "Checked: A primary text read, B page read, C quoted by a third document, K computed, M from memory; "
    "assumption: ours."
)


def law(
    regimes: Annotated[
        list[str] | None, typer.Argument(metavar="[REGIME]...", help="Regimes of the library; all if none is named.")
    ] = None,
    *,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Hide all that became known later.")] = None,
) -> None:
    """List the figures of the law: value, unit, days in force, citation, and the day last checked."""
    with calmly():
        import comporta
        from comporta.doors.cli import _asked_day
        from comporta.doors.screen import on_screen

        case = comporta.law(*(regimes or []), as_of=_asked_day(as_of))
        _show(comporta.thresholds(case), on_screen())


def _show(figures: "pl.DataFrame", console: "Console") -> None:
    """Each gate with its days and sources, and below it its figures."""
    from rich.text import Text

    from comporta import units
    from comporta.doors.gate_list import show_indented

    for (gate,), part in figures.group_by("gate", maintain_order=True):
        row = part.row(0, named=True)
        days = units.between(row["from"], row["until"])
        console.print(Text.assemble((str(gate), "bold"), f" {days}".rstrip()), overflow="fold")
        show_indented("; ".join(_figure(figure) for figure in part.to_dicts()), console)
        on = f", last on {units.day(row['checked_on'])}" if row["checked_on"] else ""
        show_indented(f"{', '.join(row['source'])}; checked {row['checked']}{on}", console)
    console.print("No figure of these is known on that day." if figures.is_empty() else MARKS)


def _figure(figure: dict[str, Any]) -> str:
    """One figure as it is compared: tpp >= 4,800 TPP."""
    from comporta import units

    if figure["unit"] == "share":
        return f"{figure['figure']} {figure['sense']} {units.percent(figure['value'])}"
    return f"{figure['figure']} {figure['sense']} {units.number(figure['value'])} {figure['unit']}".strip()
