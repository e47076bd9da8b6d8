"""Pages, texts and PDFs as tests write them."""

ARTICLE = """\
Board makers pause work on parts for the H200

Reporting by A. Writer

Suppliers of circuit boards that fit only the H200 have stopped production while they wait for word from Beijing, two \
people who know of it said on Friday. More than 40,000 boards are in stock.

Nvidia did not wish to comment.

The company had ordered about 120,000 boards for delivery in the second quarter, one of the people said, and suppliers \
could restart within six weeks once approvals come through.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Board makers pause work | The Example Ledger</title>
<script>document.write("a script ran")</script><link rel="stylesheet" href="http://192.0.2.1/x.css"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/chips">Chips</a></li></ul></nav>
<article><h1>Board makers pause work</h1>
<div class="ai-summary"><p>Makers paused 400,000 boards, this box says.</p></div>
<figure><img src="http://192.0.2.1/x.png"><figcaption>A board on a bench. Photo: An Agency</figcaption></figure>
<p>Suppliers of circuit boards that fit only the H200 have stopped production while they wait for word from Beijing, two
people who know of it said on Friday. More than <b>40,000</b> boards are in stock.</p>
<p>The company had ordered about 120,000 boards for delivery in the second quarter, one of the people said, and
suppliers could restart within six weeks once approvals come through.</p></article>
<section class="related"><a href="/x">A maker of phones shows a foldable handset with 5,000 hinges…</a></section>
<div id="comments"><p>I heard it was a million boards.</p></div>
<footer>© 2026 The Example Ledger. All rights reserved.</footer></body></html>"""


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines; without any, a page that carries no text."""
    shown = b"BT /F1 11 Tf 40 780 Td 14 TL " + b" ".join(f"({line}) Tj T*".encode() for line in lines) + b" ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    told, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(told))
        told += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    begins = len(told)
    told += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return told + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % begins
