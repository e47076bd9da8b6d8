"""One canonical text for a page, a PDF, a text and a paste; what cannot be read is a finding, never a traceback."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from comporta.case.gathered import Gathered
from comporta.evidence.canonical import Canonical, canonical
from evidence.pages import ARTICLE, PAGE, pdf


def read(data: bytes, name: str = "report") -> tuple[Canonical | None, list[str]]:
    gathered = Gathered()
    return canonical(data, name, gathered), [finding.code for finding in gathered.findings()]


def lines(data: bytes, name: str = "report") -> list[str]:
    found, _ = read(data, name)
    assert found is not None
    return [line.text for line in found.lines]


def test_every_line_stands_in_the_text_where_it_says():
    for data in (ARTICLE.encode(), PAGE.encode(), pdf("More than 40,000 boards are in stock.", "Nothing else.")):
        found, _ = read(data)
        assert found is not None
        assert [found.text[line.start : line.end] for line in found.lines] == [line.text for line in found.lines]
        assert found.text == "\n".join(line.text for line in found.lines)


def test_a_page_is_cut_at_its_blocks_and_not_at_its_emphasis():
    told = lines(PAGE.encode())
    assert "Home" in told
    assert any(line.endswith("More than 40,000 boards are in stock.") for line in told)


def test_no_script_runs_and_none_is_read():
    assert "script ran" not in "\n".join(lines(PAGE.encode()))


def test_nothing_that_a_page_names_is_fetched(monkeypatch):
    def refuse(*_words, **_more):
        raise AssertionError("Something was fetched.")

    monkeypatch.setattr("socket.socket.connect", refuse)
    entity = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "http://192.0.2.1/x">]><html><body><p>Boards &x; wait.</p></body></html>'
    )
    assert "Home" in lines(PAGE.encode())
    assert any("Boards" in line for line in lines(entity.encode()))


def test_a_word_that_a_pdf_parts_at_the_end_of_a_line_is_whole_again():
    told = lines(pdf("Suppliers of circuit boards that fit only the H200 have stopped produc-",
                     "tion while they wait for word from Beijing, two people who know of it",
                     "said on Friday. More than 40,000 boards are in stock.",
                     "Nvidia had ordered 120,000 boards for the second quarter."))  # fmt: skip
    assert told == ["Suppliers of circuit boards that fit only the H200 have stopped production while they wait for "
                    "word from Beijing, "
                    "two people who know of it said on Friday. More than 40,000 boards are in stock.",
                    "Nvidia had ordered 120,000 boards for the second quarter."]  # fmt: skip


def test_a_pdf_gives_its_lines_and_broken_lines_are_joined():
    told = lines(pdf("Suppliers of circuit boards have stopped production", "while they wait for word from Beijing.",
                     "More than 40,000 boards are in stock, they say now."))  # fmt: skip
    assert told[0] == "Suppliers of circuit boards have stopped production while they wait for word from Beijing."


LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00> <00>]" % (b"00" * 32, b"11" * 32)
LOCKED = pdf("More than 40,000 boards are in stock.").replace(b"/Root 1 0 R", b"/Root 1 0 R " + LOCK)


@pytest.mark.parametrize(
    ("data", "name", "codes"),
    [
        (b"", "empty.txt", ["no-text"]),
        (b" \n\t ", "blank.txt", ["no-text"]),
        (pdf(), "scan.pdf", ["no-text"]),
        (b"%PDF-1.7\nnot one", "torn.pdf", ["unreadable"]),
        (LOCKED, "locked.pdf", ["unreadable"]),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture.txt", ["unreadable"]),
        (bytes(range(256)) * 40, "binary.html", ["unreadable"]),
        (b"<html><body><p>" + b"x" * (50 * 1024**2), "large.html", ["too-large"]),
        (b"<html><head><title>x</title><script>1</script></head><body></body></html>", "no.html", ["no-text"]),
        ("«40.000» placas à fábrica, disse não ser possível.".encode("cp1252"), "a.txt", ["encoding-guessed"]),
        ("阿里巴巴订购超过二十万枚芯片。".encode("gb18030"), "b.txt", ["encoding-guessed"]),
        ("<meta charset=utf-8><p>阿里巴巴订购超过二十万枚芯片。".encode("gb18030"), "c.html", ["encoding-guessed"]),
        ("<meta charset=gbk><p>阿里巴巴订购超过二十万枚芯片。".encode("gbk"), "d.html", []),
        ("Ordered \u202e000,02\u202c chips.".encode(), "e.txt", ["hidden-marks"]),
        ("Plain text.".encode("utf-16"), "f.txt", []),
        ("Chegam 400 mil chips à China, disse.".encode("utf-16-le"), "g.txt", ["encoding-guessed"]),
        ("<p>Chegam 400 mil chips à China, disse.".encode("utf-16-be"), "h.html", ["encoding-guessed"]),
        ("Licença não é automática, é exceção à lei e à praxe".encode()[:-1] + b"\xc3", "i.txt", ["encoding-guessed"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_plainly_is_a_finding(data, name, codes):
    assert read(data, name)[1] == codes


def test_a_page_in_utf_8_with_a_broken_letter_keeps_all_the_others():
    page = "<meta charset=utf-8><p>A licença não é automática: é exceção à regra, e não há praxe.".encode()
    found, _ = read(page + b"\xe9<p>" + "Não há outra decisão.".encode(), "a.html")
    assert found is not None
    assert found.text.startswith("A licença não é automática: é exceção à regra, e não há praxe.")


def test_what_is_nested_deep_is_read_and_what_is_too_deep_is_told():
    def nested(depth):
        inner = "<div>" * depth + "<p>Alibaba bought 3,000.</p>" + "</div>" * depth
        return read(f"<body><p>Nvidia sold 5,000.</p>{inner}<p>It says so.</p>".encode(), "a.html")

    found, codes = nested(1000)
    assert found is not None
    assert [line.text for line in found.lines] == ["Nvidia sold 5,000.", "Alibaba bought 3,000.", "It says so."]
    assert codes == []
    assert nested(5000)[1] == ["too-large"]


def test_a_page_as_deep_as_a_well_is_read_without_falling_in():
    deep = "<html><body>" + "<div>" * 20_000 + "<p>Boards wait.</p>" + "</div>" * 20_000
    read(deep.encode())


def test_marks_that_nobody_sees_are_taken_out():
    assert lines("Two hun\u00addred\u200b chips\u00a0came.".encode()) == ["Two hundred chips came."]


@settings(deadline=None)  # the first page loads what reads pages
@given(some.binary(max_size=400))
def test_any_bytes_are_text_or_a_finding(data):
    found, codes = read(data, "any.html")
    assert (found is None) <= bool(codes)
