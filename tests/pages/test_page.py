"""The page as a reader gets it: whole, calm, safe, and saying nothing that is not in its data."""

import copy
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import comporta
from case.small_case import write_case
from comporta import units
from comporta.pages import charts, sankey
from comporta.pages.data import page_data
from comporta.pages.html import MOST, OPEN, page
from comporta.pages.made import page_of
from comporta.pages.shape import Spoken
from evidence.folders import wide
from evidence.folders import write as write_evidence
from trade import planned

CASES = Path(__file__).parents[2] / "cases"
VOID = {"meta", "br", "line", "path", "rect"}
FIGURE = re.compile(r"(?<![\w.,/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/-])")


class Read(HTMLParser):
    """A page as a browser reads it: every tag closed in turn, its attributes, its words outside of style."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.words, self.drawn, self.style = [], [], [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" in self.open:
            self.style += data
        elif data.strip():
            (self.drawn if "svg" in self.open else self.words).append(data)

    def attributes(self, name):
        return [told[name] for _, told in self.tags if name in told]


@pytest.fixture(scope="module")
def first_light():
    return page_of(CASES / "first-light", command="comporta page cases/first-light", version="0.1.0")


@pytest.fixture(scope="module", params=["first-light", "h200-china"])
def data(request, first_light):
    """One page with its reasons, and one without, with suppositions that pass two gates in series."""
    if request.param == "first-light":
        return first_light
    return page_of(
        CASES / "h200-china", suppose=["us-grants", "approval-400k"], without=["reasons"], command="comporta page"
    )


def test_a_page_is_well_formed_and_has_its_landmarks(data):
    read = Read(page(data))
    tags = [tag for tag, _ in read.tags]
    assert [tags.count(tag) for tag in ("h1", "main", "header", "footer", "nav")] == [1] * 5
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = read.attributes("id")
    assert len(ids) == len(set(ids))
    assert {link for link in read.attributes("href") if link.startswith("#")} <= {f"#{name}" for name in ids}
    assert set(read.attributes("aria-labelledby")) <= set(ids)


def test_every_table_has_a_caption_and_every_head_a_scope(data):
    read = Read(page(data))
    tags = [tag for tag, _ in read.tags]
    assert tags.count("table") == tags.count("caption") > 5
    assert all("scope" in told for tag, told in read.tags if tag == "th")


def test_every_chart_is_followed_by_its_table(data):
    tags = [
        (tag, told.get("role"))
        for tag, told in Read(page(data)).tags
        if tag in ("figure", "details", "table", "section")
    ]
    figures = [place for place, (tag, _) in enumerate(tags) if tag == "figure"]
    assert len(figures) >= 3
    for place in figures:
        following = [tag for tag, _ in tags[place + 1 :]]
        assert following.index("table") < (following.index("section") if "section" in following else len(following))


def test_a_page_asks_nothing_of_the_network(data):
    read = Read(page(data))
    sources = {source["url"].strip() for source in data["sources"] if source["url"]}
    assert read.attributes("src") == []
    assert {link for link in read.attributes("href") if not link.startswith("#")} <= sources
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base", "image", "use"} & {
        tag for tag, _ in read.tags
    }
    assert "url(" not in read.style
    assert "@import" not in read.style
    assert any(told.get("content", "").startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
               for tag, told in read.tags if tag == "meta")  # fmt: skip


def test_nothing_on_a_page_acts(data):
    read = Read(page(data))
    assert [key for _, told in read.tags for key in told if key.startswith("on")] == []


def _figures_in(value):
    """Every figure that page data holds, as it is said."""
    if isinstance(value, dict):
        return set().union(*(_figures_in(part) for part in value.values()))
    if isinstance(value, list):
        return {units.number(len(value))}.union(*(_figures_in(part) for part in value))
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, str):
        told = {units.day(date.fromisoformat(on)) for on in re.findall(r"\d{4}-\d{2}-\d{2}", value)}
        return set(FIGURE.findall(" ".join([value, *told])))
    return {units.number(abs(value)), units.usd(abs(value)).removeprefix("US$")}


def test_every_figure_on_a_page_is_in_its_data(data):
    told = page(data)
    lists = [*(data[key] for key in ("orders", "sources", "buyers")), data["support"]["claims"]]
    cut = {units.number(min(len(part), MOST) - OPEN) for part in lists} | {
        units.number(sum(bool(gate["rows"]) for gate in data["gates"]))
    }
    least = {units.number(-(-sankey.picture(data["flow"], sankey.WIDE).least // 1))}
    last = FIGURE.findall(units.day(date.fromisoformat(data["levels"][-1]["on"])))
    allowed = _figures_in(data) | cut | least | set(last) | {"1"}
    allowed |= {units.number(len(data["causes"]["rows"]) - OPEN)} if data["causes"] else set()
    words = Read(told).words
    assert {figure for word in words for figure in FIGURE.findall(word)} - allowed == set()
    round_figures = {figure for word in Read(told).drawn for figure in FIGURE.findall(word)} - allowed
    assert {figure for figure in round_figures if len(figure.replace(",", "").strip("0")) > 2} == set()


def test_a_page_is_the_same_on_every_run(first_light):
    again = page_of(CASES / "first-light", command="comporta page cases/first-light", version="0.1.0")
    assert page(again) == page(first_light)
    assert page(first_light) == page(first_light)


def test_what_a_case_says_never_becomes_part_of_the_page(tmp_path):
    bad = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\\\"'"
    cell = '"' + bad.replace('"', '""') + '"'
    folder = write_case(
        tmp_path,
        case=f"""
            id = "small"
            title = '''{bad}'''
            start = 2026-01-01
            end = 2026-07-01
            step = "month"
            as_of = 2026-01-23
        """,
        parties=f"""
            id,      name,    role,      country, parent,  critical
            maker,   {cell},  maker,     US,      ,
            us,      {cell},  authority, US,      ,
            holding, {cell},  buyer,     CN,      ,        true
            alpha,   {cell},  buyer,     CN,      holding, false
            beta,    {cell},  buyer,     US,      ,        false
        """,
        places=f"""
            id,     name,   country
            dock,   {cell}, US
            plant,  {cell}, TW
            harbor, {cell}, CN
            desert, {cell}, US
        """,
        citations=f"""
            id,  says,   outlet, url,                 hedge,             checked
            U01, {cell}, {cell}, javascript:alert(1), official_document, A
            U02, {cell}, {cell}, {cell},              rumour,            M
            K01, {cell}, {cell}, https://a.example/x?<script>, computed,      K
            K03, {cell}, {cell}, data:text/html;<script>,      computed,      K
        """,
    )
    told = page(page_of(folder, without=["reasons"]))
    read = Read(told)
    assert "script" not in {tag for tag, _ in read.tags}
    assert "img" not in {tag for tag, _ in read.tags}
    assert "<script" not in told.lower()
    assert [link for link in read.attributes("href") if not link.startswith("#")] == ["https://a.example/x?<script>"]
    assert bad in "".join(read.words)
    assert "{{ 7*7 }}" in told


def test_a_case_of_one_order_and_no_gate_says_so():
    answer = planned("""
        stock:   product  place  on          units
                 h200     us     2026-01-01  10
        orders:  id  buyer  products  units  due
                 o1  a      h200      10     2026-02-28
    """)
    words = " ".join(Read(page(page_data(answer))).words)
    assert "Of 10 units ordered, 10 come by 31 March 2026, none of them late." in words
    assert "No gate stands in the way." in words
    assert "No figure of this case names a source." in words


def test_where_nothing_passes_a_page_says_so_and_draws_no_empty_chart():
    answer = planned("""
        stock:   product  place  on          units
                 h200     us     2026-01-01  10
        orders:  id  buyer  products  units  due
                 o1  a      h200      10     2026-02-28
        gates:
            [[gate]]
            id = "shut"
            kind = "ban"
    """)
    data = page_data(answer)
    read = Read(page(data))
    words = " ".join(read.words)
    assert "Of 10 units ordered, none comes by 31 March 2026." in words
    assert "Nothing arrives by 31 March 2026." in words
    assert data["flow"]["ways"] == [{"pool": "h200 at us", "to": "left over", "kind": "left", "units": 10}]
    assert "Left over: 10 units" in read.drawn


def test_a_case_without_stock_or_lines_says_that_nothing_flows():
    answer = planned("""
        orders:  id  buyer  products  units  due
                 o1  a      h200      10     2026-02-28
    """)
    assert "Nothing lies in stock and nothing is made of what is ordered." in page(page_data(answer))


def test_a_page_of_many_orders_shows_the_largest_and_counts_the_rest(first_light):
    data = copy.deepcopy(first_light)
    for part, name, key in (("orders", "order", "ordered"), ("sources", "id", None), ("buyers", "buyer", "ordered")):
        row = data[part][0]
        data[part] = [row | {name: f"{row[name]}-{n}"} | ({key: 5000 - n} if key else {}) for n in range(5000)]
    told = page(data)
    assert len(told.encode()) < 3_000_000
    assert told.count("4,800 more rows would follow") == 3
    Read(told)


def test_a_chart_holds_nothing_but_shapes_and_words():
    with pytest.raises(AssertionError, match="which no chart of ours draws"):
        charts.checked('<svg width="1" height="1"><script>1</script></svg>')
    with pytest.raises(AssertionError, match="does more than show"):
        charts.checked('<svg width="1" height="1"><path onclick="x"/></svg>')


@pytest.mark.parametrize("most", [1, 3, 10, 11, 99, 720_000, 2_720_000, 0.5])
def test_ticks_are_round_and_reach_the_most(most):
    ticks = charts._ticks(most, 4)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 6


def test_suppositions_stand_beside_none_and_what_the_page_supposes():
    """Each alone frees nothing, since the two gates stand in series; both together free what the page says."""
    told = page_of(CASES / "h200-china", suppose=["us-grants", "approval-400k"], without=["reasons"])
    rows = {" + ".join(row["names"]): row for row in told["suppositions"]}
    assert rows[""]["come"] == rows["us-grants"]["come"] == rows["approval-400k"]["come"]
    both = rows["approval-400k + us-grants"]
    assert both["page"]
    assert both["come"] == told["totals"]["come"]
    assert both["more"] == both["come"] - rows[""]["come"] > 0
    assert sum(share["come"] for share in both["buyers"]) == both["come"]


def test_a_supposition_that_cannot_be_made_on_a_day_says_why():
    """On 1 January the boards have not stopped yet, so their restart cannot be supposed."""
    told = page_of(CASES / "h200-china", as_of=date(2026, 1, 1), without=["reasons"])
    wrong = {row["names"][0]: row["wrong"] for row in told["suppositions"] if row["wrong"]}
    assert "boards-restart-now" in wrong
    assert "Cannot be supposed as of this day." in page(told)


def test_reasons_and_suppositions_can_be_left_out():
    told = page_of(CASES / "first-light", without=["reasons", "suppositions"])
    assert told["causes"] is None
    assert len(told["suppositions"]) <= 1
    assert "Why not more" not in page(told)


def test_causes_add_up_to_what_each_buyer_lacks(first_light):
    lacks = {row["buyer"]: (row["short"], row["late"]) for row in first_light["causes"]["buyers"]}
    asked = {row["buyer"]: (row["short"], row["late"]) for row in first_light["buyers"] if not row["optional"]}
    assert lacks == {buyer: both for buyer, both in asked.items() if any(both)}
    for row in first_light["causes"]["buyers"]:
        assert sum(part["units"] for part in row["drawn_short"]) == row["short"]
        assert sum(part["units"] for part in row["drawn_late"]) == row["late"]


def test_a_page_is_two_calls_in_python(first_light):
    data = comporta.page_of(CASES / "first-light", command="comporta page cases/first-light", version="0.1.0")
    assert comporta.page(data) == page(first_light)


@pytest.fixture
def supported(tmp_path):
    """A small case whose second order rests on a claim as a bound, against which another speaks."""
    folder = write_case(tmp_path / "small")
    write_evidence(
        folder,
        support="""\
table,row,column,claim,role,how
orders,o2,units,a-1,bound,More than 300 is read as 300.
orders,o2,units,c-1,contradicts,
gates,license,kind,a-1,value,
""",
    )
    return folder


def test_a_reader_sees_the_claims_for_and_against_a_figure_and_is_led_to_them(supported):
    told = page(page_of(supported, without=["reasons", "suppositions"]))
    read = Read(told)
    words = " ".join(" ".join(read.words).split())
    assert "#on-orders-o2-units" in read.attributes("href")
    assert "on-orders-o2-units" in read.attributes("id")
    assert "For, as a bound : The ministry lets them in. More than 300 is read as 300." in words
    assert "Against, contradicts it : Customs keeps them out." in words
    assert "#claim-a-1" in read.attributes("href")
    assert "#on-gates-license-kind" in read.attributes("href")
    assert words.count("disputed") >= 3


def test_a_quote_says_which_language_it_is_in(tmp_path):
    folder = write_case(tmp_path)
    claims = wide("claims", "id,version,exact,language,by\nq-1,1,Mais de 300 mil.,pt,person\n")
    write_evidence(folder, claims=claims, reviews="id,claim,act\n1,q-1,accept\n", origins=None, events=None,
                   support="table,row,column,claim,role\norders,o2,units,q-1,bound\n")  # fmt: skip
    told = page(page_of(folder, without=["reasons", "suppositions"]))
    assert told.count('<q lang="pt">Mais de 300 mil.</q>') == 2


def test_a_claim_known_later_is_not_on_the_page(supported):
    told = page(page_of(supported, as_of=date(2026, 1, 7), without=["reasons", "suppositions"]))
    assert "The ministry lets them in." in told
    assert "Customs keeps them out." not in told


def test_every_table_of_figures_has_its_summary_and_can_be_opened_by_keyboard(supported):
    read = Read(page(page_of(supported, without=["reasons", "suppositions"])))
    tags = [tag for tag, _ in read.tags]
    assert tags.count("details") == tags.count("summary")


def test_a_page_of_many_figures_stays_of_a_size(first_light):
    data = copy.deepcopy(first_light)
    figure, claim = data["support"]["figures"][0], {"says": "x" * 200, "source": [], "urls": []}
    voice = {"stands": "for", "role": "value", "how": "As it says."}
    data["support"]["claims"] = [
        dict.fromkeys(Spoken.__annotations__, "") | claim | {"claim": f"c-{n}", "hedges": [], "chain": []}
        for n in range(5000)
    ]  # fmt: skip
    data["support"]["figures"] = [
        figure | {"table": "stock", "row": f"r-{n}", "voices": [voice | {"claim": f"c-{n}"}]} for n in range(5000)
    ]
    told = page(data)
    assert len(told.encode()) < 3_000_000
    Read(told)
