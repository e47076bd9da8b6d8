"""Tables as they lie in files: every cell a string, every row with the place it stands at."""

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from comporta.case.gathered import AT, Gathered, shown

LONGEST_CELL = 100_000
LARGEST_CSV = 2 * 1024**3
MOST_ROWS = 20_000_000


@dataclass(frozen=True)
class Sheet:
    """One table of one file.   Shapes: `cells`, strings only, empty cells null, and `_at`, such as orders.csv:7.

    Not `entire` if some of its rows could not be read.
    """

    table: str
    cells: pl.DataFrame
    file: str
    entire: bool = True


def csv_sheet(path: Path, file: str, gathered: Gathered) -> Sheet | None:
    """The table in a CSV file; None, and a finding, if it cannot be read."""
    data = _plain_bytes(path, file, gathered)
    if data is None:
        return None
    header, after, lines = _header(data)
    if not named_well(header, file, gathered):
        return None
    cells = _quick(data[after:], header, lines, file)
    if cells is not None:
        return tidy(path.stem, cells, file, gathered)
    cells, entire = _careful(data.decode(), header, file, gathered)
    sheet = tidy(path.stem, cells, file, gathered)
    return replace(sheet, entire=entire) if sheet else None


def tidy(table: str, cells: pl.DataFrame, file: str, gathered: Gathered) -> Sheet | None:
    """Cells without spaces around them, rows without blank ones; a table with no rows is a finding."""
    names = [name for name in cells.columns if name != AT]
    stripped = cells.with_columns(pl.col(names).str.strip_chars().replace("", None))
    stripped = _without_large(stripped, names, gathered)
    kept = stripped.filter(pl.any_horizontal(pl.col(names).is_not_null())) if names else stripped.clear()
    if kept.is_empty():
        gathered.tell("empty-table", file, f"{file} has no rows.", "Add its rows, or take the file away.")
        return None
    return Sheet(table, kept, file)


def named_well(header: list[str], file: str, gathered: Gathered) -> bool:
    """Whether every column has a name of its own."""
    if len(header) == 1 and ";" in header[0]:
        wrong = f"The cells of {file} seem to be separated by semicolons."
        gathered.tell("unreadable", f"{file}:1", wrong, "Separate them with commas.")
        return False
    twice = sorted({name for name in header if header.count(name) > 1 and name})
    for name in twice:
        wrong = f"The column {shown(name)} is there {header.count(name)} times."
        gathered.tell("unreadable", f"{file}:1", wrong, "Keep one of them.")
    if "" in header:
        wrong = f"Column {header.index('') + 1} of {file} has no name."
        gathered.tell("unreadable", f"{file}:1", wrong, "Name it, or take it away.")
    return not twice and "" not in header


def _plain_bytes(path: Path, file: str, gathered: Gathered) -> bytes | None:
    """The bytes of a CSV file, known to be UTF-8 without NUL, with plain line ends and no blank lines at its end."""
    size = path.stat().st_size
    if size > LARGEST_CSV:
        wrong = f"{file} has {size:,} bytes; {LARGEST_CSV:,} are allowed."
        gathered.tell("too-large", file, wrong, "Write it as Parquet, or split the case.")
        return None
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    if not data.isascii() and not _utf8(data, file, gathered):
        return None
    at = data.find(b"\0")
    if at >= 0:
        where = f"{file}:{_line_at(data, at)}"
        gathered.tell("unreadable", where, "There is a NUL byte here.", "Save the file as CSV in UTF-8.")
        return None
    if not data.strip():
        gathered.tell("empty-table", file, f"{file} is empty.", "Add its rows, or take the file away.")
        return None
    return data


def _line_at(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _utf8(data: bytes, file: str, gathered: Gathered) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        wrong = f"The file is not UTF-8: byte 0x{data[error.start]:02x} is not."
        gathered.tell("unreadable", f"{file}:{_line_at(data, error.start)}", wrong, "Save it as UTF-8.")
        return False
    return True


def _header(data: bytes) -> tuple[list[str], int, int]:
    """The names of the columns, the byte the rows begin at, and the number of lines before them."""
    end, lines = 0, 0
    while end < len(data):
        line_end = data.find(b"\n", end)
        end = len(data) if line_end < 0 else line_end + 1
        lines += 1
        if data.count(b'"', 0, end) % 2 == 0 and data[:end].strip():
            break
    try:
        names = next(csv.reader(io.StringIO(data[:end].decode().strip("\r\n"))), [])
    except csv.Error:
        names = [data[:60].decode(errors="replace")]
    return [name.strip() for name in names], end, lines


def _quick(rows: bytes, header: list[str], lines: int, file: str) -> pl.DataFrame | None:
    """The rows as polars reads them; None if some row may have too few or too many cells."""
    schema = dict.fromkeys(header, pl.String())
    if not rows:
        return pl.DataFrame(schema={**schema, AT: pl.String()})
    try:
        cells = pl.read_csv(rows, has_header=False, schema=schema, empty_string_is_null=False)
    except pl.exceptions.PolarsError:
        return None
    quoted = b'"' in rows
    commas = (len(header) - 1) * cells.height + (_count(cells, ",").sum() if quoted else 0)
    if rows.count(b",") != commas:
        return None
    line = pl.int_range(lines + 1, lines + 1 + cells.height)
    if quoted:
        inside = _count(cells, "\n")
        line = line + pl.lit(inside.cum_sum() - inside)
    return cells.with_columns(pl.format(file + ":{}", line).alias(AT))


def _count(cells: pl.DataFrame, letter: str) -> pl.Series:
    """How often a letter stands in the cells of each row."""
    counts = [pl.col(name).str.count_matches(letter, literal=True) for name in cells.columns]
    return cells.select(pl.sum_horizontal(counts).cast(pl.Int64).alias("count")).to_series()


def _careful(text: str, header: list[str], file: str, gathered: Gathered) -> tuple[pl.DataFrame, bool]:
    """The rows that have as many cells as the header, and whether that is all of them; each other is a finding."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    good: list[list[str]] = []
    begins, entire = 1, True
    try:
        for row in reader:
            at, begins = f"{file}:{begins}", reader.line_num + 1
            if len(row) == len(header):
                good.append([*row, at])
            elif any(cell.strip() for cell in row):
                entire = False
                wrong = f"The row has {len(row)} cells; the header has {len(header)}."
                gathered.tell("unreadable", at, wrong, "Give it one cell for each column; quote cells with commas.")
    except csv.Error as error:
        entire = False
        code = "too-large" if "limit" in str(error) else "unreadable"
        wrong = f"The row cannot be read as CSV: {error}."
        gathered.tell(code, f"{file}:{begins}", wrong, "Close the quotation marks, and shorten the cell.")
    schema = dict.fromkeys([*header, AT], pl.String())
    return pl.DataFrame(good[1:], schema=schema, orient="row"), entire


def _without_large(cells: pl.DataFrame, names: list[str], gathered: Gathered) -> pl.DataFrame:
    """The cells without those that are longer than anything a case needs."""
    for name in names:
        large = cells.filter(pl.col(name).str.len_bytes() > LONGEST_CELL)
        sized = large.select(AT, length=pl.col(name).str.len_chars()).filter(pl.col("length") > LONGEST_CELL)
        gathered.tell_rows(
            "too-large",
            sized,
            name,
            lambda row: (
                f"The cell has {row['length']:,} characters; {LONGEST_CELL:,} are allowed.",
                "Shorten it.",
            ),
        )
    short = pl.col(names).str.len_bytes() <= LONGEST_CELL
    return cells if not gathered else cells.with_columns(pl.when(short).then(pl.col(names)).name.keep())
