"""The lines of an HTML page by its blocks. It is parsed and never executed, and nothing it names is fetched."""

from typing import Any

from comporta.case.gathered import Gathered
from comporta.evidence.canonical import BETWEEN, Line

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "label",
})  # fmt: skip
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "head", "canvas", "math", "audio",
    "video", "map",
})  # fmt: skip
DEEPEST = 250
NEAREST = 14  # of the blocks around a line, how many are numbered


def html_lines(text: str, name: str, gathered: Gathered) -> tuple[list[Line], dict[str, str]]:
    """The lines of a page, each a run of text within one block, and its title; what is too deep to read is told."""
    import lxml.html
    from lxml import etree

    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        page = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [], {}
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        wrong = (
            f"{name} nests its blocks deeper than a page can be read; what stands there, and behind it, is left out."
        )
        gathered.tell("too-large", name, wrong, "Paste the article as plain text.")
    title = page.findtext(".//title") or ""
    language = str(page.get("lang") or "")
    said = {"title": " ".join(title.split())[:300], "language": language[:20]}
    return _Walk().lines(page), {name: value for name, value in said.items() if value}


class _Walk:
    """One walk over a page, gathering text until a block begins or ends."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self.parts: list[str] = []
        self.linked = 0
        self.opened: list[tuple[str, str]] = [("", "")]
        self.around: list[int] = [0]
        self.count = 0
        self.links = 0

    def lines(self, page: Any) -> list[Line]:
        """The lines, in the order of the page. The way is kept on a list: pages nest deeper than calls may."""
        todo: list[tuple[Any, bool]] = [(page, True)]
        while todo:
            element, opens = todo.pop()
            if not opens:
                self._close(element)
                self._take(element.tail)
            elif not isinstance(element.tag, str) or element.tag.lower() in UNSEEN:
                self._take(element.tail)
            else:
                self._open(element)
                self._take(element.text)
                todo.append((element, False))
                todo += [(child, True) for child in reversed(element)]
        self._end()
        return self.found

    def _open(self, element: Any) -> None:
        tag = element.tag.lower()
        if tag in BLOCKS:
            self._end()
            around = self.opened[-1][1] if len(self.opened) < DEEPEST else ""
            self.opened.append((tag, f"{around}{BETWEEN}{_named(element, tag)}"[-600:]))
            self.count += 1
            self.around.append(self.count)
        self.links += tag == "a"

    def _close(self, element: Any) -> None:
        tag = element.tag.lower()
        if tag in BLOCKS:
            self._end()
            self.opened.pop()
            self.around.pop()
        self.links -= tag == "a"

    def _take(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.linked += len("".join(text.split())) if self.links else 0

    def _end(self) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            letters = max(1, len("".join(text.split())))
            tag, within = self.opened[-1]
            links, around = min(1.0, self.linked / letters), tuple(self.around[-NEAREST:])
            self.found.append(Line(0, text, tag=tag, within=within.lower(), links=links, around=around))
        self.parts, self.linked = [], 0


def _named(element: Any, tag: str) -> str:
    """A block by its tag, class, id and role, as far as they tell its place; what is not shown is named so."""
    if tag in ("html", "body"):
        return tag  # their classes speak of the whole page
    words = [tag, element.get("class") or "", element.get("id") or "", element.get("role") or ""]
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style:
        words.append("not-shown")
    return " ".join(words)[:200]


def said_of_itself(text: str) -> tuple[dict[str, str], frozenset[str] | None]:
    """What a page's own metadata say, and the lines that trafilatura would keep: one vote, never a verdict."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(text, include_comments=False, with_metadata=True, fast=True)
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError, KeyError, IndexError):
        return {}, None  # a page it cannot take leaves the vote out; the other features stand
    if found is None or isinstance(found, dict):
        return {}, None
    told = {"title": found.title, "outlet": found.sitename, "published": found.date, "author": found.author}
    kept = frozenset(" ".join(line.split()) for line in (found.text or "").splitlines())
    return {name: str(value)[:300] for name, value in told.items() if value}, kept
