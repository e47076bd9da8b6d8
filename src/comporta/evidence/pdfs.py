"""The lines of a PDF that carries text; nothing in it is executed or fetched."""

import re

from comporta.case.gathered import Gathered
from comporta.evidence.canonical import HYPHEN, Line, plain_lines

MOST_PAGES = 500


def pdf_lines(data: bytes, name: str, gathered: Gathered) -> list[Line] | None:
    """The lines of every page in order; None, and a finding, if the file cannot be opened."""
    import pypdfium2

    lines: list[Line] = []
    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        wrong = f"{name} cannot be opened as a PDF: {error}"
        gathered.tell(
            "unreadable", name, wrong, "Open it, print it to a new PDF without a password, or paste its text."
        )
        return None
    try:
        if len(book) > MOST_PAGES:
            wrong = f"{name} has {len(book):,} pages; the first {MOST_PAGES:,} are read."
            gathered.tell("too-large", name, wrong, "Print the pages you need to a PDF of their own.")
        for number in range(min(len(book), MOST_PAGES)):
            lines += _page_lines(book, number, name, gathered)
    finally:
        book.close()
    return lines


def _page_lines(book: object, number: int, name: str, gathered: Gathered) -> list[Line]:
    import pypdfium2

    assert isinstance(book, pypdfium2.PdfDocument), "The pages are those of a PDF."
    try:
        page = book[number]
        text = page.get_textpage()
        said = text.get_text_bounded()
        text.close()
        page.close()
    except pypdfium2.PdfiumError as error:
        wrong = f"Page {number + 1} of {name} cannot be read: {error}"
        gathered.tell("unreadable", name, wrong, "Paste its text.")
        return []
    return plain_lines(re.sub("[\ufffe\x02]\\s*", f"{HYPHEN}\n", said))
