"""One canonical text for a report, whatever it came as: a page, a PDF, plain text or a paste."""

import math
import re
from dataclasses import dataclass, field, replace

from comporta.case.gathered import Gathered

LARGEST_REPORT = 20 * 1024**2
MOST_LINES = 50_000
HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe]"
)
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf")
MARKUP = re.compile(rb"(?is)^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|article|div|p|h1)\b")
BETWEEN = " / "  # of the blocks around a line as `within` tells them, the outermost first
HYPHEN = "\ufffe"  # where a PDF parts a word at the end of a line
SPACES = re.compile(r"[^\S\n]+")
DECLARED = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})")


@dataclass(frozen=True)
class Line:
    """A line of the canonical text: where it stands, and what its page says of its place.

    `tag` is its innermost block, `within` the blocks, classes and ids around it, `links` the share of its letters that
    are links, `gap` whether a blank line comes before it; `around` numbers the blocks it stands in, the innermost last.
    """

    start: int
    text: str
    tag: str = ""
    within: str = ""
    links: float = 0.0
    gap: bool = False
    around: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """Where the line ends, its last letter included."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Canonical:
    """The text of a report, its lines, and what its page says about itself (title, outlet, day, language)."""

    text: str
    lines: tuple[Line, ...]
    media: str
    said: dict[str, str] = field(default_factory=dict)
    kept: frozenset[str] | None = None


def canonical(data: bytes, name: str, gathered: Gathered) -> Canonical | None:
    """The canonical text of a report; None, and a finding, if there is none to be had."""
    if len(data) > LARGEST_REPORT:
        wrong = f"{name} has more than the {LARGEST_REPORT:,} bytes that a report may have."
        gathered.tell("too-large", name, wrong, "Save the article alone, as text or a printed page.")
        return None
    if not data.strip():
        gathered.tell("no-text", name, f"{name} is empty.", "Save the page again, or paste its text.")
        return None
    found = _read(data, name, gathered)
    if found is None:
        return None
    if not found.lines:
        wrong = f"{name} holds no text" + (": its pages are pictures." if found.media == "pdf" else ".")
        gathered.tell("no-text", name, wrong, "Paste what it says as plain text.")
        return None
    return found


def _read(data: bytes, name: str, gathered: Gathered) -> Canonical | None:
    if data.lstrip()[:5] == b"%PDF-":
        from comporta.evidence.pdfs import pdf_lines

        read = pdf_lines(data, name, gathered)
        return None if read is None else assembled(unwrapped(read), "pdf", name, gathered)
    text = _decoded(data, name, gathered)
    if text is None:
        return None
    if MARKUP.match(data[:4096]) or name.lower().endswith((".html", ".htm", ".xhtml")):
        from comporta.evidence.markup import html_lines, said_of_itself

        lines, said = html_lines(text, name, gathered)
        page = assembled(lines, "html", name, gathered)
        about, kept = said_of_itself(text) if page.lines else ({}, None)
        return replace(page, said=said | about, kept=kept)
    return assembled(unwrapped(plain_lines(text)), "text", name, gathered)


def plain_lines(text: str) -> list[Line]:
    """The lines of plain text that are not blank, each knowing whether a blank one comes before it."""
    lines, gap = [], True
    for part in text.splitlines():
        if part.strip():
            lines.append(Line(0, part, gap=gap))
        gap = not part.strip()
    return lines


def unwrapped(lines: list[Line]) -> list[Line]:
    """Lines that were broken only because a page ends, joined again to their paragraph; a parted word is made whole."""
    widths = sorted(len(line.text.strip()) for line in lines)
    width = widths[int(len(widths) * 0.9)] if len(lines) >= 3 else 0
    least = 0.7 * width if 0.7 * width >= 20 and width <= 130 else math.inf
    joined: list[Line] = []
    last = ""  # the piece that stands before, not the paragraph it was joined to
    for line in lines:
        piece = line.text.strip()
        ends = not last or re.search(r"[.!?:。！？：…]\W*$", last) is not None
        if last.endswith(HYPHEN):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text.rstrip().removesuffix(HYPHEN)}{piece}")
        elif not line.gap and len(last) >= least and not ends:
            space = "" if _wide(last[-1]) and _wide(piece[0]) else " "
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text.rstrip()}{space}{piece}")
        else:
            joined.append(line)
        last = piece
    return joined


def _wide(letter: str) -> bool:
    return "\u2e80" <= letter <= "\uffef"


def assembled(lines: list[Line], media: str, name: str, gathered: Gathered) -> Canonical:
    """Lines as one text, one line end between them; marks that nobody sees are taken out, and told if they turn."""
    turned = sum(len(TURNING.findall(line.text)) for line in lines)
    if turned:
        wrong = f"{turned:,} marks that turn the order of letters stood in the text and were taken out of it."
        gathered.tell("hidden-marks", name, wrong, "Compare what you quote with the page as it is shown.")
    if len(lines) > MOST_LINES:
        wrong = f"{name} has {len(lines):,} lines; the first {MOST_LINES:,} are read."
        gathered.tell("too-large", name, wrong, "Save the article alone.")
    placed, start = [], 0
    for line in lines[:MOST_LINES]:
        text = SPACES.sub(" ", HIDDEN.sub("", line.text).replace("\n", " ")).strip()
        if text:
            placed.append(replace(line, start=start, text=text))
            start += len(text) + 1
    return Canonical("\n".join(line.text for line in placed), tuple(placed), media)


def _decoded(data: bytes, name: str, gathered: Gathered) -> str | None:
    """The bytes as text, by what they begin with, by UTF-8, by what they declare; a guess is told."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            text = _tried(data, codec)
            if text is None:
                _tell_not_text(name, gathered)
            return text
    if b"\0" in data[:100_000] and not data.startswith(BINARY):
        return _without_mark(data, name, gathered)
    if data.startswith(BINARY):
        _tell_not_text(name, gathered)
        return None
    plain = _tried(data, "utf-8")
    if plain is not None:
        return plain
    declared = DECLARED.search(data[:4096])
    codec = declared[1].decode("ascii", "replace").lower() if declared else ""
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "big5": "big5hkscs"}.get(codec, codec)
    told = _tried(data, codec) if codec and not codec.startswith("utf") else None
    return told if told is not None else _guessed(data, codec, name, gathered)


def _without_mark(data: bytes, name: str, gathered: Gathered) -> str | None:
    """Text in UTF-16 that does not say so: every second byte of Latin letters is nought."""
    sample = data[: min(len(data), 4096) // 2 * 2]
    noughts = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[0::2].count(0)}
    codec = max(noughts, key=lambda one: noughts[one])
    text = _tried(data, codec) if noughts[codec] * 5 > len(sample) and min(noughts.values()) == 0 else None
    if text is None:
        _tell_not_text(name, gathered)
    else:
        _tell_guess(name, f"declares no encoding; it was read as {codec}", gathered)
    return text


def _tell_guess(name: str, says: str, gathered: Gathered) -> None:
    step = "Look at its letters; if they are wrong, save it as UTF-8."
    gathered.tell("encoding-guessed", name, f"{name} {says}.", step)


def _mended(data: bytes) -> tuple[str, int]:
    """UTF-8 in which a few bytes are none, each shown as �; and how many. A page is cut off, or pasted together so."""
    text = data.decode("utf-8", "replace")
    return text, text.count("\ufffd") - data.count("\ufffd".encode())


def _guessed(data: bytes, codec: str, name: str, gathered: Gathered) -> str | None:
    """The text in the first encoding whose letters look like a language; told, for it may be wrong."""
    mended, odd = _mended(data)
    if odd * 10 <= sum(ord(letter) > 127 for letter in mended):
        _tell_guess(name, f"is UTF-8 but for {odd:,} of its letters, which are shown as �", gathered)
        return mended
    for guess in ("gb18030", "big5hkscs", "cp1252"):
        text = _tried(data, guess)
        if text is not None and _looks_right(text, guess):
            says = f"declares {codec}" if codec else "declares no encoding"
            _tell_guess(name, f"{says} and is not UTF-8; it was read as {guess}", gathered)
            return text
    _tell_not_text(name, gathered)
    return None


def _looks_right(text: str, guess: str) -> bool:
    odd = sum(1 for letter in text if not letter.isprintable() and letter not in "\n\r\t")
    far = [letter for letter in text if ord(letter) > 127]
    chinese = sum("\u4e00" <= letter <= "\u9fff" or "\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uffef"
                  for letter in far)  # fmt: skip
    if odd > len(text) / 100:
        return False
    if guess == "cp1252":
        return len(far) < len(text) / 4
    return chinese > 0.9 * len(far) and len(far) > len(text) / 5


def _tried(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _tell_not_text(name: str, gathered: Gathered) -> None:
    wrong = f"{name} is neither a page, nor a PDF, nor text in an encoding that we know."
    gathered.tell("unreadable", name, wrong, "Save it as HTML, PDF or text in UTF-8.")
