"""What each line of a report is, with its score and its reasons."""

from comporta.case.gathered import Gathered
from comporta.evidence.canonical import canonical
from comporta.evidence.zones import ZONES, Zoned, zoned
from evidence.pages import ARTICLE, PAGE


def told(text: str) -> list[Zoned]:
    found = canonical(text.encode(), "report", Gathered())
    assert found is not None
    return zoned(found)


def zones(text: str) -> list[str]:
    return [one.zone for one in told(text)]


def zone_of(text: str, begins: str) -> str:
    return next(one.zone for one in told(text) if one.line.text.startswith(begins))


def test_a_page_is_divided_into_its_zones():
    found = {one.line.text[:20]: one.zone for one in told(PAGE)}
    assert found == {
        "Home": "navigation",
        "Chips": "navigation",
        "Board makers pause w": "headline",
        "Makers paused 400,00": "machine-summary",
        "A board on a bench. ": "caption",
        "Suppliers of circuit": "body",
        "The company had orde": "body",
        "A maker of phones sh": "teaser",
        "I heard it was a mil": "comment",
        "© 2026 The Example L": "legal",
    }


def test_a_text_begins_with_its_headline_and_its_short_lines_are_body_too():
    assert zones(ARTICLE) == ["headline", "navigation", "body", "body", "body"]


def test_a_truncated_teaser_about_another_subject_is_not_body():
    after = "The mayor opened a swimming pool of 5,000 square meters on Sunday, and hundreds of children came to see…"
    assert zone_of(f"{ARTICLE}\n{after}\n", "The mayor") == "teaser"


def test_a_body_line_that_trails_off_stays_body():
    trailing = (
        "“Approvals, boards, production, suppliers: it depends on Beijing, and we wait for word…” one of them said,"
    )
    trailing += " before he stopped…"
    first, second, rest = ARTICLE.partition("Nvidia did")
    assert zone_of(f"{first}{trailing}\n\n{second}{rest}", "“Approvals") == "body"


def test_a_summary_written_by_a_machine_is_not_body():
    for heading in ("AI-generated summary", "Resumo gerado por IA", "Resumen generado por IA", "AI摘要"):
        box = f"{heading}\n- Nvidia sells 9,000,000 chips to Beijing.\n- Makers of boards stop.\n\n"
        head, rest = ARTICLE.split("\n\n", 1)
        assert zones(f"{head}\n\n{box}{rest}")[1:4] == ["machine-summary"] * 3, heading


def test_further_reading_is_not_body_in_any_language():
    for heading in ("Read also", "Leia também", "Lea también", "延伸閱讀"):
        found = zones(f"{ARTICLE}\n{heading}\nA garden with 300,000 roses opens its doors to visitors\n")
        assert "body" not in found[-2:], heading


def test_a_page_that_is_only_navigation_has_no_body():
    only = (
        "<html><body><nav><a href=/>Home</a> <a href=/x>News</a></nav><ul><li><a href=/y>Sign in</a></ul></body></html>"
    )
    assert set(zones(only)) == {"navigation"}


def test_points_of_a_list_at_the_end_of_an_article_are_body():
    listed = "What is known so far\n- Three firms may discuss quantities\n- No license has been issued\n"
    assert zones(f"{ARTICLE}\n{listed}")[-2:] == ["body", "body"]


def test_a_caption_of_a_text_is_not_body():
    assert (
        zones("A headline of some words\n\nFoto: Uma Agência/Divulgação\n\n" + ARTICLE.split("\n\n", 2)[2])[1]
        == "caption"
    )


def test_every_line_has_a_zone_a_score_and_reasons():
    for one in told(PAGE):
        assert one.zone in ZONES
        assert one.score >= 0
        assert one.reasons


def test_what_editors_sum_up_above_an_article_is_not_body():
    """Short points over the first paragraph, marked up as a list, under a heading, or pasted, in four languages."""
    pages = {
        "Shares fell": "<h1>Makers wait for word from Beijing</h1><ul><li>Shares fell after the report</li>"
        "<li>Brokers cut their targets.</li></ul>",
        "Papéis caíram": "<h1>Fabricantes esperam por Pequim</h1><div class='x'><b>Em resumo</b>"
        "<p>Papéis caíram depois da notícia.</p></div>",
        "Las acciones": "<h1>Los fabricantes esperan a Pekín</h1><div class='claves'><p>Las acciones cayeron</p></div>",
        "股价": "<h1>厂商等待北京表态</h1><div><p>内容提要</p><p>股价应声下跌。</p></div>",
    }
    for begins, top in pages.items():
        assert zone_of(f"<html><body>{top}{'<p>' + ARTICLE.splitlines()[4] + '</p>'}</body></html>", begins) != "body"
    pasted = ARTICLE.replace("Reporting by", "Key Points\nShares fell after the report.\n\nReporting by")
    assert zone_of(pasted, "Shares fell") == "headline"


def test_a_list_among_the_paragraphs_stays_body():
    first, *_, last = [line for line in ARTICLE.splitlines() if len(line) > 100]
    points = "<ul><li>boards for servers, about 40,000;</li><li>modules, a few hundred.</li></ul>"
    page = f"<html><body><h1>Makers wait</h1><p>{first}</p>{points}<p>{last}</p></body></html>"
    assert zone_of(page, "boards for servers") == "body"


def test_a_picture_of_a_gallery_is_a_caption_and_thanks_are_no_body():
    page = "<html><body><h1>Makers wait</h1>{}</body></html>"
    first, *_, last = [line for line in ARTICLE.splitlines() if len(line) > 100]
    told = page.format(f"<p>{first}</p><p>2 / 6 A plant in Wuxi, in the east of China</p><p>{last}</p>"
                       "<p>Thanks for reading. If you liked this post, why not share it?</p>")  # fmt: skip
    assert zone_of(told, "2 / 6") == "caption"
    assert zone_of(told, "Thanks") == "navigation"


def test_what_a_reader_accepts_by_subscribing_is_not_body():
    for says in ("By signing up, you accept our terms.", "Ao subscrever, aceita receber as nossas comunicações.",
                 "Al suscribirte, aceptas nuestras condiciones.", "订阅即表示您同意我们的条款。"):  # fmt: skip
        assert zone_of(ARTICLE.replace("Nvidia did not wish to comment.", says), says[:9]) == "navigation"


def test_what_is_told_about_a_company_and_by_whom_is_not_body():
    for says in ("About Nortada Cloud\nNortada Cloud runs data centers in three countries and employs 240 people.",
                 "Correction: An earlier version of this story misstated the day.",
                 "Dana Ruiz covers data centers for The Ledger. She was previously a reporter in Singapore.",
                 "The Ledger may earn a commission when you buy through links on our site.",
                 "Experimente gratuitamente durante 14 dias.",
                 "The Ledger and its logo are trademarks of Example Ltd. Other names belong to their owners.",
                 "*Este contenido cuenta con el apoyo de Fundación Ejemplo.",
                 "投資有風險，本文僅供參考，盈虧自負。",
                 "Para mayor información, comuníquese con la oficina o escriba a la dirección."):  # fmt: skip
        assert zone_of(f"{ARTICLE}\n{says}\n", says[:9]) != "body"
