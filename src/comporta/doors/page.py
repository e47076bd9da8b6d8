"""The command `comporta page`: a case as one page that asks nothing of the network, or its data as JSON or Excel."""

import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    from comporta.pages.shape import PageData

FORMATS = ("html", "json", "xlsx")


def page(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")],
    *,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where to; report.html if not given.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Hide all that became known later.")] = None,
    suppose: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A supposition of the case; may be given again.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="NAME", help="html, json or xlsx; as FILE ends, if not given.")
    ] = "",
    without: Annotated[
        list[str] | None, typer.Option(metavar="PART", help="Leave out reasons, or suppositions; may be given again.")
    ] = None,
) -> None:
    """Make one page of a case: who gets what, why not more, what if, and how surely that is known."""
    with calmly():
        from comporta.doors.cli import _asked_day, _folder, _split
        from comporta.doors.progress import watched
        from comporta.pages.made import page_of

        parts, supposed = _split(without, "--without"), _split(suppose, "--suppose")
        form = form or _form(out)
        out = out or Path(f"report.{form}")
        _tell(form, parts, out)
        folder, day = _folder(case), _asked_day(as_of)
        with watched("Making the page") as told:
            import comporta

            command = spoken(case, out, day=day, supposed=supposed, form=form, without=parts)
            version = comporta.__version__
            data = page_of(
                folder, as_of=day, suppose=supposed, without=parts, command=command, version=version, told=told
            )
            told("drawing")
            _land(out, written(data, form))
        print(f"Wrote {out}.")


def _form(out: Path | None) -> str:
    """The format that the ending of a file asks for; a page where it has no ending, nothing where it has another."""
    suffix = out.suffix.removeprefix(".").lower() if out else ""
    return FORMATS[0] if suffix in ("", "htm") else suffix if suffix in FORMATS else ""


def spoken(
    case: str, out: Path, day: date | None, supposed: Sequence[str], *, form: str, without: Sequence[str]
) -> str:
    """The line that makes the page again."""
    words = ["comporta", "page", case, *(["--as-of", str(day)] if day else [])]
    for option, given in (("--suppose", supposed), ("--without", without)):
        words += [word for one in given for word in (option, one)]
    return shlex.join([*words, *(["--format", form] if form != _form(out) else []), "-o", str(out)])


def written(data: "PageData", form: str) -> bytes:
    """A page in one of the formats."""
    if form == "json":
        from comporta.pages.data import as_json

        return as_json(data).encode()
    if form == "xlsx":
        from comporta.doors.workbook import bound
        from comporta.pages.sheets import sheets

        return bound(sheets(data), data["title"], date.fromisoformat(data["as_of"]), "page.xlsx")
    from comporta.pages.html import page as drawn

    return drawn(data).encode()


def _tell(form: str, without: Sequence[str], out: Path) -> None:
    """Refuses: Findings, for a format or a part that there is not, and for a place that is a folder."""
    from comporta.findings import Finding, halt_on
    from comporta.pages.made import PARTS

    found: list[Finding] = []
    of_name = _form(out)
    if not form:
        wrong = f"{out} ends in {out.suffix}, and a page is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}."
        step = f"Name a file that ends in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, or say which by --format."
        found.append(Finding("not-a-choice", "--out", wrong, step))
    elif form in FORMATS and of_name and out.suffix and of_name != form:
        wrong = f"{out} ends in {out.suffix}, and --format asks for {form}."
        found.append(
            Finding("two-figures", "--out", wrong, f"Write -o {out.with_suffix(f'.{form}')}, or leave one away.")
        )
    elif form not in FORMATS:
        step = f"Write one of {', '.join(FORMATS)}."
        found.append(Finding("not-a-choice", "--format", f"There is no format «{form}» for a page.", step))
    for part in without:
        if part not in PARTS:
            wrong = f"A page has no part «{part}» that can be left out."
            found.append(Finding("not-a-choice", "--without", wrong, f"Write {' or '.join(PARTS)}."))
    if out.is_dir():
        wrong = f"{out} is a folder, and a page is a file."
        found.append(Finding("cannot-write", str(out), wrong, f"Write -o {out / 'report.html'}."))
    halt_on(found)


def _land(out: Path, content: bytes) -> None:
    """Writes the file whole, or not at all."""
    from comporta.doors.landing import land

    land({out.name: content}, out.parent)
