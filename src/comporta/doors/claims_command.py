"""The commands `comporta claims …`: list claims and decide about them. Every decision is a new row; none is lost."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    from comporta.evidence.claims import Claim
    from comporta.evidence.records import Records

claims = typer.Typer(
    no_args_is_help=True, help="The claims of a case: list them, accept, reject, edit, rank, relate and cite them."
)
CaseName = Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who decides.")]
Known = Annotated[str, typer.Option(metavar="DAY", help="Day from which this could be known; always if not given.")]


@claims.command("list")
def list_claims(
    case: CaseName,
    *,
    standing: Annotated[
        str, typer.Option(metavar="NAME", help="candidate, accepted, rejected, superseded or retracted only.")
    ] = "",
    as_of: Annotated[str, typer.Option(metavar="DAY", help="Hide all that became known later.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print them with all their slots as JSON instead.")] = False,
) -> None:
    """List claims: where each stands, and what it says."""
    with calmly():
        from comporta.doors.cli import _day
        from comporta.doors.screen import on_screen, two_columns
        from comporta.evidence.claims import standing as stands

        _tell_standing(standing)
        found = [claim for claim in stands(_records(case), as_of=_day(as_of)).values()
                 if standing in ("", claim.standing)]  # fmt: skip
        if as_json:
            sys.stdout.write(
                json.dumps([_as_json(claim) for claim in found], ensure_ascii=False, indent=2, default=str)
            )
            sys.stdout.write("\n")
            return
        console = on_screen()
        console.print(two_columns([(claim.id, _said(claim)) for claim in found]))
        console.print(_counted(found))


@claims.command()
def show(case: CaseName, claim: ClaimId) -> None:
    """Show a claim with every slot, its quote as it stands in its report, and every decision about it."""
    with calmly():
        from comporta.doors.claim_screen import show_claim
        from comporta.doors.screen import on_screen

        records = _records(case)
        show_claim(records, _one(records, claim), on_screen())


@claims.command()
def accept(case: CaseName, claim: ClaimId, *, reason: Reason = "", by: By = "", known: Known = "") -> None:
    """Accept a claim: from now on it may support a figure."""
    _decided(case, claim, "accept", reason=reason, by=by, known=known)


@claims.command()
def reject(case: CaseName, claim: ClaimId, *, reason: Reason = "", by: By = "", known: Known = "") -> None:
    """Reject a claim, with a reason; it stays in the table."""
    _decided(case, claim, "reject", reason=reason, by=by, known=known)


@claims.command()
def retract(case: CaseName, claim: ClaimId, *, reason: Reason = "", by: By = "", known: Known = "") -> None:
    """Say that its source took a claim back, with a reason; it stays in the table."""
    _decided(case, claim, "retract", reason=reason, by=by, known=known)


@claims.command()
def rank(
    case: CaseName,
    claim: ClaimId,
    to: Annotated[str, typer.Argument(metavar="RANK", help="preferred, normal or deprecated.")],
    *,
    reason: Reason = "",
    by: By = "",
    known: Known = "",
) -> None:
    """Rank a claim among those that speak of the same thing; a deprecated one supports nothing."""
    _decided(case, claim, "rank", to=to, reason=reason, by=by, known=known)


@claims.command()
def relate(
    case: CaseName,
    claim: ClaimId,
    to: Annotated[
        str, typer.Argument(metavar="RELATION", help="supports, contradicts, supersedes, denies or same-origin.")
    ],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of the other claim.")],
    *,
    reason: Reason = "",
    by: By = "",
    known: Known = "",
) -> None:
    """Relate a claim to another: it supports, contradicts, supersedes or denies it, or is of the same origin."""
    _decided(case, claim, "relate", to=to, other=other, reason=reason, by=by, known=known)


@claims.command()
def cite(
    case: CaseName,
    claim: ClaimId,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="Table of the figure, such as orders.")],
    row: Annotated[str, typer.Argument(metavar="ROW", help="Its row: the parts of its key with / between them.")],
    column: Annotated[str, typer.Argument(metavar="COLUMN", help="Its column, such as units.")],
    *,
    role: Annotated[
        str, typer.Option(metavar="NAME", help="value, bound, contradicts or context; withdrawn takes it back.")
    ] = "value",
    how: Annotated[
        str, typer.Option(metavar="TEXT", help="How the figure comes from the claim, or why it is withdrawn.")
    ] = "",
    by: By = "",
    known: Known = "",
) -> None:
    """Cite a claim for a figure of the case: as its value, as a bound, against it, or as context.

    `comporta support CASE --table TABLE` lists the figures of a table with their rows and columns.
    """
    with calmly():
        from comporta.case.reading import every_row
        from comporta.doors.cli import _day
        from comporta.doors.screen import in_figures
        from comporta.evidence.citing import cited

        place, day = (table, row, column), _day(known)
        with _own(case) as records:
            says = cited(records, every_row(records.folder), claim, place, role=role, how=how, by=by,
                         recorded=_today(), known=day)  # fmt: skip
        said = f", which says {in_figures(says)}" if says and len(says) <= SHORT else ""
        figure = f"{' '.join(place)}{said}"
        print(f"{claim} {CITED[role].format(figure)}.")


SHORT = 40
CITED = {
    "value": "is cited as the value of {}",
    "bound": "is cited as a bound of {}",
    "contradicts": "is cited against {}",
    "context": "is cited as context of {}",
    "withdrawn": "is no longer cited for {}",
}


@claims.command()
def edit(
    case: CaseName,
    claim: ClaimId,
    *,
    put: Annotated[
        list[str] | None, typer.Option("--set", metavar="SLOT=VALUE", help="A slot and its value; may be given again.")
    ] = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Edit a claim: a new version, accepted, its slots marked as entered by a person; the old version stays."""
    with calmly():
        from comporta.evidence.claims import edit as edited

        slots = _slots(put or [])
        with _own(case) as records:
            version = edited(records, claim, slots, recorded=_today(), reason=reason, by=by)
        print(f"{claim} has version {version}; the one before stays.")


@claims.command()
def mark(
    case: CaseName,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Id of an archived report.")],
    exact: Annotated[str, typer.Argument(metavar="QUOTE", help="Words as they stand in it.")],
    *,
    put: Annotated[
        list[str] | None, typer.Option("--set", metavar="SLOT=VALUE", help="A slot and its value; may be given again.")
    ] = None,
) -> None:
    """Mark a span of an archived report by hand: a candidate whose quote is exact, in any zone."""
    with calmly():
        from comporta.evidence.marking import marked

        slots = _slots(put or [])
        with _own(case) as records:
            name = marked(records, report, exact, slots, recorded=_today())
        print(f"{name} is a candidate now.")


@claims.command()
def take(
    case: CaseName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Review file, with accept or reject in `decision`.")],
    *,
    by: By = "",
) -> None:
    """Take the decisions out of a review file that `comporta read --review` wrote."""
    with calmly():
        from comporta.evidence.review_file import taken

        with _own(case) as records:
            counts = taken(records, file, recorded=_today(), by=by)
        print(", ".join(f"{count} {what}" for what, count in counts.items() if count) or "Nothing was decided.")


@claims.command()
def origins(case: CaseName) -> None:
    """Propose claims that may carry one origin, by their figures, actors, products and sources, across languages.

    Confirm one with comporta claims relate CASE CLAIM same-origin OTHER: then their pages count once.
    """
    with calmly():
        from comporta import units
        from comporta.doors.screen import on_screen, two_columns
        from comporta.evidence.claims import standing
        from comporta.evidence.origins import proposals

        found = proposals(standing(_records(case)))
        console = on_screen()
        console.print(two_columns([(f"{one.claim} {one.other}", f"{units.percent(round(one.likeness, 2))} alike: "
                                    f"{', '.join(one.shared)}") for one in found]))  # fmt: skip
        console.print(f"{units.counted(len(found), 'proposal')}; none counts until it is confirmed.")


def _decided(
    case: str, claim: str, act: str, *, to: str = "", other: str = "", reason: str, by: str, known: str
) -> None:
    with calmly():
        from comporta.doors.cli import _day
        from comporta.evidence.claims import decide

        day = _day(known)
        with _own(case) as records:
            decide(records, claim, act, recorded=_today(), to=to, other=other, reason=reason, by=by, known=day)
        done = DONE.get(act) or ("is of the same origin as" if to == "same-origin" else to)
        print(f"Recorded: {' '.join(filter(None, (claim, done, to if act == 'rank' else '', other)))}.")


DONE = {
    "accept": "is accepted",
    "reject": "is rejected",
    "retract": "is retracted",
    "rank": "is ranked",
}


def _records(case: str) -> "Records":
    from comporta.doors.cli import _folder
    from comporta.evidence.records import read_records

    return read_records(_folder(case))


@contextmanager
def _own(case: str) -> "Iterator[Records]":
    """The records of a folder that is the reader's own, held for one writer; worked cases are not written to."""
    from comporta.doors.worked import own
    from comporta.evidence.alone import alone
    from comporta.evidence.records import read_records

    folder = own(case)
    with alone(folder):
        yield read_records(folder)


def _one(records: "Records", claim: str) -> "Claim":
    from comporta.case.gathered import meant, shown
    from comporta.evidence.claims import standing
    from comporta.findings import Finding, Findings

    found = standing(records)
    if claim not in found:
        step = meant(claim, found)
        raise Findings([Finding("unknown-id", "claims.csv", f"There is no claim {shown(claim)}.", step)])
    return found[claim]


def _slots(put: list[str]) -> dict[str, str]:
    """SLOT=VALUE as they are written on the command line."""
    from comporta.findings import Finding, halt_on

    halt_on(Finding("wrong-type", f"--set {word}", "There is no = in it.", "Write it as low=200000.")
            for word in put if "=" not in word)  # fmt: skip
    if not put:
        step = "Add --set SLOT=VALUE, such as --set low=200000."
        halt_on([Finding("missing-value", "--set", "No slot is given.", step)])
    return {name.strip(): value.strip() for name, _, value in (word.partition("=") for word in put)}


def _tell_standing(name: str) -> None:
    from comporta.findings import Finding, halt_on

    choices = ("candidate", "accepted", "rejected", "superseded", "retracted")
    if name and name not in choices:
        step = f"Write one of {', '.join(choices)}."
        halt_on([Finding("not-a-choice", "--standing", f"No claim stands as «{name}».", step)])


def _said(claim: "Claim") -> str:
    known = f", known {claim['known']}" if claim["known"] else ""
    rank = "" if claim.rank == "normal" else f", {claim.rank}"
    reason = f" ({claim.reason})" if claim.reason else ""
    basis = f", {claim['basis']}" if claim["basis"] not in (None, "told") else ""
    return f"{claim.standing}{rank}{basis}{known}{reason}: {claim['says'] or claim['exact'] or 'no statement'}"


def _counted(found: "list[Claim]") -> str:
    from collections import Counter

    from comporta import units

    counts = Counter(claim.standing for claim in found)
    told = ", ".join(f"{count} {standing}" for standing, count in sorted(counts.items()))
    return f"{units.counted(len(found), 'claim')}{': ' if told else ''}{told}."


def _as_json(claim: "Claim") -> dict[str, object]:
    return {
        "claim": claim.id, "standing": claim.standing, "rank": claim.rank, "reason": claim.reason,
        "relations": claim.relations, "versions": claim.versions, "slots": dict(claim.slots),
    }  # fmt: skip


def _today() -> date:
    from comporta.doors.read_command import _today as today

    return today()
