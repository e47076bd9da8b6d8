"""Writes docs/reference anew from the code: what a page says of the code is said nowhere else.

python docs/make.py        or: python3 run.py docs
"""

import ast
import csv
import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dataframely as dy
import typer

from comporta.case.flow_columns import FlowColumns
from comporta.case.gate_rules import ALL_USE, NEEDS, USES
from comporta.case.head import KEYS
from comporta.case.head import NEEDED as NEEDED_KEYS
from comporta.case.settings import GOALS, SHARES, STEPS
from comporta.case.tables import KINDS, NEEDED, TABLES, Row
from comporta.doors import endings
from comporta.doors.cli import app
from comporta.evidence.records import TABLES as RECORDS
from comporta.findings import CATALOGUE
from comporta.gates import kinds

DOCS = Path(__file__).resolve().parent
SOURCE = DOCS.parent / "src" / "comporta"
MADE = "*Written by `python3 run.py docs` from the code; a test fails when the two differ.*"
TYPES: dict[type[dy.Column], str] = {
    dy.String: "text",
    dy.List: "words",
    dy.Int64: "whole number",
    dy.Float64: "number",
    dy.Date: "day",
    dy.Bool: "true or false",
}
SAYS = {
    "id": "One word that names the case.",
    "title": "What a reader calls it.",
    "start": "First day of the horizon.",
    "end": "First day after the horizon.",
    "step": "Length of a period, cut again wherever a rule changes.",
    "as_of": "Day the case is seen from; what became known later is hidden.",
    "regimes": "Gate files of the library that hold in this case.",
    "goals": "What the plan is to reach, the first before the next.",
    "share": "How equals divide what is short.",
    "whole_units": "Whether every amount is a whole number.",
}
CHOICES = {
    "step": f"one of {', '.join(STEPS)}",
    "goals": f"list of {', '.join(GOALS)}; all of them in this order if not given",
    "share": f"one of {', '.join(SHARES)}; fill-rate if not given",
    "regimes": "list of names",
    "whole_units": "true or false; true if not given",
}


def pages() -> dict[str, str]:
    """Every page of the reference by its file name."""
    return {
        "tables.md": tables(),
        "flows.md": flows(),
        "gates.md": gates(),
        "evidence.md": evidence(),
        "findings.md": findings(),
        "commands.md": commands(),
        "words.md": words(),
    }


def page(title: str, parts: Iterable[str]) -> str:
    """A page: its title, how it came about, its parts."""
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows as a table in Markdown."""
    header = list(header)
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def tables() -> str:
    """The case folder: case.toml, and every table with every column."""
    opening = (
        "A case is a folder. Each table lies in it as `NAME.csv` or `NAME.parquet`, or as a sheet `NAME` of "
        "`case.xlsx`; gates and their grants may also lie in `gates/*.toml`. Days are written 2026-01-23, words of a "
        "list are separated by `|`, and a column that no table has is a finding. Several rows may share a key if "
        "their `known` days differ: the latest known on the day holds. "
        f"Every case needs {_listed(NEEDED)}."
    )
    return page("The case and its tables", [opening, _head(), *(_of_table(name) for name in TABLES)])


def _head() -> str:
    days = {"start": "day", "end": "day", "as_of": "day"}
    rows = [
        (f"`{key}`", {**days, **CHOICES}.get(key, "text"), "yes" if key in NEEDED_KEYS else "", SAYS[key])
        for key in KEYS
    ]
    return f"## case.toml\n\n{table(('key', 'type', 'needed', 'meaning'), rows)}"


def _of_table(name: str) -> str:
    schema = TABLES[name]
    return f"## {name}\n\n{inspect.getdoc(schema)}\n\n{_columns(schema)}"


def _columns(schema: type[Row]) -> str:
    """One row for each column, the table's own before those that every table may have."""
    columns = schema.columns()
    rows = [
        (
            f"`{name}`",
            _type(columns[name]),
            _unit(columns[name]),
            "" if columns[name].nullable else "yes",
            "yes" if name in schema.primary_key() else "",
            columns[name].description or "",
        )
        for name in _own_first(schema)
    ]
    return table(("column", "type", "unit", "needed", "key", "meaning"), rows)


def _own_first(schema: type[Row]) -> list[str]:
    common = Row.columns()
    return [name for name in schema.columns() if name not in common] + list(common)


def _type(column: dy.Column) -> str:
    """What may stand in a cell, in words."""
    of = (column.metadata or {}).get("of")
    refers = f" of `{of}`" if of else ""
    if isinstance(column, dy.Enum):
        return f"one of {', '.join(column.categories)}"
    if isinstance(column, dy.List):
        return f"ids{refers}" if of else "words"
    if of:
        return f"id{refers}"
    low = f" from {column.min:g}" if isinstance(column, (dy.Int64, dy.Float64)) and column.min else ""
    return next(word for kind, word in TYPES.items() if isinstance(column, kind)) + low


def _unit(column: dy.Column) -> str:
    return str((column.metadata or {}).get("unit", ""))


def flows() -> str:
    """Every column that a condition may name."""
    opening = (
        "A flow is one thing that can happen in one period: a delivery of an order, a make on a line, a move between "
        "places. The condition of a gate (`select`, `against`) is written in SQL over these columns, for example "
        "`to_country = 'CN' AND tpp < 21000`: comparisons with literals, AND, OR, NOT, IN, BETWEEN, IS NULL and "
        "arithmetic with numbers, and nothing else. A comparison with a value that is not known counts as not met. "
        "A condition that does not name `stage` speaks of deliveries only. `each` of a gate names columns of this "
        "table, and so does `holder` of a permit, among those that hold text."
    )
    rows = [
        (f"`{name}`", _type(column), _unit(column), column.description or "")
        for name, column in FlowColumns.columns().items()
    ]
    return page("The columns of a flow", [opening, table(("column", "type", "unit", "meaning"), rows)])


def gates() -> str:
    """The six kinds: what each uses, what it does to flows, and the row it gives."""
    uses = ", ".join(f"`{name}`" for name in _own_first(TABLES["gates"]) if name in ALL_USE)
    opening = (
        f"A gate is one rule or instrument that limits what may flow. There are six kinds. Every kind uses {uses}; "
        "what a kind cannot use is a finding. A gate file holds `[[gate]]` entries with the columns of the table "
        "`gates`, and below a permit `[[gate.grant]]` entries with those of `grants` except `gate`."
    )
    return page("The six kinds of gate", [opening, *(_of_kind(kind) for kind in KINDS)])


def _of_kind(kind: str) -> str:
    reading = kinds.KINDS[kind]
    parts = [f"## {kind}", (inspect.getdoc(reading) or "").splitlines()[0]]
    parts += [_uses(kind)] if USES[kind] else ["It uses nothing more."]
    parts += [
        f"**Flows.** {_prose(inspect.getdoc(reading.opened))}",
        f"**Rows.** {_prose(inspect.getdoc(reading.rows))}",
    ]
    parts += [f"**Room.** {_prose(inspect.getdoc(reading.room))}"]
    return "\n\n".join(parts)


def _uses(kind: str) -> str:
    columns = TABLES["gates"].columns()
    rows = [
        (f"`{name}`", _type(column), _unit(column), _needed(kind, name), column.description or "")
        for name, column in columns.items()
        if name in USES[kind]
    ]
    return table(("field", "type", "unit", "needed", "meaning"), rows)


def _needed(kind: str, name: str) -> str:
    for names in NEEDS.get(kind, ()):
        if name in names:
            return "yes" if len(names) == 1 else f"one at least of {' and '.join(f'`{other}`' for other in names)}"
    return ""


def _prose(doc: str | None) -> str:
    """A docstring with its formulas, which follow an empty line, set apart."""
    assert doc, "Every reading of a gate has a docstring."
    return doc.replace("   [", "  [")


def evidence() -> str:
    """The tables of evidence, which lie beside those of a case and never feed a plan."""
    opening = (
        "These tables lie in the folder of a case as `NAME.csv`. A plan never reads them. Rows are only ever added: a "
        "decision about a claim is a row of `reviews`, another version of a claim is a row of `claims`. Reports lie in "
        "`reports/`, each under its SHA-256 with its canonical text beside it, and `reports/retrievals.csv` says when "
        "each was retrieved. See the [guide](../guide-evidence.md)."
    )
    parts = (f"## {name}\n\n{inspect.getdoc(schema)}\n\n{_columns(schema)}" for name, schema in RECORDS.items())
    return page("The tables of evidence", [opening, *parts])


def findings() -> str:
    """The catalogue: each code, what it means, and the files it arises in."""
    opening = (
        "A finding says that the data is wrong: where, what with its figures, and what to do next. All findings of a "
        "case are told at once, and the command ends with exit code "
        f"{endings.FOUND}. A code never changes once it is released."
    )
    arise = _origins()
    rows = [(f"`{code}`", says, ", ".join(f"`{file}`" for file in arise[code])) for code, says in CATALOGUE.items()]
    return page("Findings", [opening, table(("code", "meaning", "arises in"), rows)])


def _origins() -> dict[str, list[str]]:
    """For each code, the files of the package that name it."""
    arise: dict[str, list[str]] = {code: [] for code in CATALOGUE}
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "findings.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in sorted(_texts(tree) & arise.keys()):
            arise[text].append(path.relative_to(SOURCE).as_posix())
    return arise


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def commands() -> str:
    """Every command with its arguments and options, and the codes commands end with."""
    opening = "Everything a command does is one call in Python too: see the [guide](../guide.md)."
    codes = [
        ("0", "Done."),
        (str(endings.FOUND), "The data or the words of the command are wrong: findings, or how it is used."),
        (str(endings.FAULT), "A fault of Comporta."),
        (str(endings.STOPPED), "Stopped by Ctrl-C."),
        (str(endings.CLOSED), "The reader of its output went away."),
    ]
    ends = f"## How a command ends\n\n{table(('exit code', 'meaning'), codes)}"
    program = typer.main.get_command(app)
    return page("Commands", [opening, *_of_command(program, "comporta"), ends])


def _of_command(command: Any, name: str) -> Iterator[str]:
    """A command and those below it."""
    words = " ".join([name, *(_metavar(part) for part in command.params if part.param_type_name == "argument")])
    below = getattr(command, "commands", {})
    rows = [row for part in command.params if (row := _parameter(part))]
    parts = [f"## {words}{' COMMAND' if below else ''}", inspect.cleandoc(command.help or "")]
    yield "\n\n".join([*parts, table(("argument or option", "meaning"), rows)] if rows else parts)
    for called, other in below.items():
        yield from _of_command(other, f"{name} {called}")


def _metavar(part: Any) -> str:
    return str(part.metavar or part.name.upper())


def _parameter(part: Any) -> tuple[str, str] | None:
    if part.param_type_name == "argument":
        return f"`{_metavar(part)}`", f"{part.help} Needed." if part.required else str(part.help)
    takes = "" if part.is_flag else f" {_metavar(part)}"
    return f"`{', '.join(part.opts)}{takes}`", part.help


def words() -> str:
    """The list of words, from docs/words.csv."""
    opening = (
        "One word for each notion, in the code, on the screen and in these pages, with the field's own term beside."
    )
    with (DOCS / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = [(f"**{row['word']}**", row["meaning"], row["field_term"]) for row in csv.DictReader(file)]
    return page("Words", [opening, table(("word", "meaning", "term of the field"), rows)])


def _listed(names: Iterable[str]) -> str:
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}"


def main() -> None:
    """Writes every page, and takes away those that are no longer made."""
    folder = DOCS / "reference"
    folder.mkdir(exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"Wrote {', '.join(made)} into docs/reference.")


if __name__ == "__main__":
    main()
