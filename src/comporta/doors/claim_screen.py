"""One claim on the screen: its slots, its quote where it stands, its relations, and every decision about it."""

import polars as pl
from rich.console import Console

from comporta.doors.screen import heading, two_columns
from comporta.evidence.claims import Claim, cell
from comporta.evidence.records import Records
from comporta.evidence.reports import kept_text

CONTEXT = 160


def show_claim(records: Records, claim: Claim, console: Console) -> None:
    """Everything that is recorded of a claim."""
    console.print(f"{claim.id}: {claim.standing}, rank {claim.rank}, version {claim.version} of {claim.versions}.")
    rows = [(name, cell(value)) for name, value in claim.slots.items() if cell(value) and name not in ("id", "version")]
    console.print(two_columns(rows))
    text = kept_text(records.folder, claim["report"]) if claim["report"] else None
    if text is not None and claim["start"] is not None:
        heading("Where it stands", console)
        start, end = claim["start"], claim["end"]
        before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        console.print(f"…{before}[[{text[start:end]}]]{behind}…")
    if claim.relations:
        heading("Related", console)
        console.print(two_columns([(relation, other) for relation, other in claim.relations]))
    decided = records.reviews.filter((pl.col("claim") == claim.id) | (pl.col("other") == claim.id)).to_dicts()
    if decided:
        heading("Decided", console)
        for row in decided:
            words = [str(row["recorded"] or ""), row["claim"], row["act"], row["to"], row["other"], row["reason"]]
            console.print(" ".join(str(word) for word in words if word) + (f", by {row['by']}" if row["by"] else ""))
