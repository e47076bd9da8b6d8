"""Folders with records of evidence, as tests write them."""

import csv
import io
from pathlib import Path

from comporta.evidence.records import Records, columns_of, read_records

SHORT = """\
id,version,says,source_class,origin,low,bound,unit,entered,by,known
a-1,1,The ministry lets them in.,anonymous,ministry,,,,,person,2026-01-05
b-1,1,An outlet repeats the ministry.,outlet,ministry,,,,,person,2026-01-06
c-1,1,Customs keeps them out.,anonymous,customs,,,,,person,2026-01-08
d-1,1,Two hundred thousand are wanted.,company,,200000,more than,chip,low|bound|unit,person,2026-01-05
"""


def wide(table: str, text: str) -> str:
    """A table with all its columns, from one with some."""
    told = io.StringIO()
    writer = csv.DictWriter(told, columns_of(table), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(csv.DictReader(io.StringIO(text)))
    return told.getvalue()


CLAIMS = wide("claims", SHORT)
ORIGINS = """\
id,event,stands,on,if_true,if_false,source_class,ratio
ministry,open,for,2026-01-05,0.8,0.2,official,elicited
customs,open,against,2026-01-08,0.2,0.8,official,elicited
"""
EVENTS = """\
id,says,prior,start,half_life_days,ratio
open,China lets them in.,0.5,2026-01-01,,elicited
"""
SHORT_REVIEWS = """\
id,claim,act,to,other,reason,recorded
1,a-1,accept,,,,2026-02-01
2,c-1,accept,,,,2026-02-01
"""
ACCEPTED = wide("reviews", SHORT_REVIEWS)


def write(folder: Path, **tables: str | None) -> Records:
    """A folder with these tables of evidence, and the usual ones for those not given; without those that are None."""
    usual = {"claims": CLAIMS, "origins": ORIGINS, "events": EVENTS, "reviews": ACCEPTED}
    for name, text in {**usual, **tables}.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_records(folder)
