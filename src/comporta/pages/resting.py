"""Support as the page shows it: figures of one row that rest on the same are told together, and can be linked to."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from comporta import units
from comporta.pages.shape import Borne, Counts, PageData, Spoken, Voice

MARKS = {
    "for": "supported",
    "partly": "partly assumed",
    "disputed": "disputed",
    "against": "spoken against",
    "cited": "cited",
    "supposed": "supposed",
    "assumption": "assumption",
}
FIRM = ("for", "cited")
CERTAIN = {
    "CT+": "as certain",
    "CT-": "as certainly not so",
    "PR+": "as probable",
    "PR-": "as probably not so",
    "PS+": "as possible",
    "PS-": "as possibly not so",
    "Uu": "without saying how surely",
}
ROLES = {"value": "as its value", "bound": "as a bound", "context": "", "contradicts": "contradicts it", "": ""}
STANDS = {"for": "For", "against": "Against", "context": "Context", "idle": "Not counted"}
UNIT_IN_THE_NAME = re.compile(r"_(?:gbps|gb|w|mw|mm2|usd|days)(?=_|$)")
NO_UNIT = ("share", "tier", "weight", "")
ALIKE = ("support", "voices", "cited", "assumed", "note")


def resting(data: PageData, most: int) -> dict[str, Any]:
    """Every table with the rows of it in sight, and where each figure can be found on the page."""
    says = {one["claim"]: one for one in data["support"]["claims"]}
    by_table: dict[str, list[Borne]] = {}
    for one in data["support"]["figures"]:
        by_table.setdefault(one["table"], []).append(one)
    tables: list[dict[str, Any]] = [
        {**told, "says": _counted(told), "rows": _together(by_table.get(told["table"], []), says)}
        for told in data["support"]["tables"]
    ]
    seen = [one for table in tables for row in table["rows"][:most] for one in row["figures"]]
    return {
        "tables": tables,
        "anchors": {(one["table"], one["row"], one["column"]): anchor(one) for one in seen},
        "marks": {(one["table"], one["row"], one["column"]): one["support"] for one in data["support"]["figures"]},
        "claims": {one["claim"] for one in data["support"]["claims"][:most]},
        "says": says,
    }


def anchor(one: Borne) -> str:
    """Where a figure is told what it rests on."""
    return "on-" + quote("-".join((one["table"], one["row"], one["column"])), safe="")


def _counted(told: Counts) -> str:
    """So many figures, so many of them in each way: 43 figures, 40 supported, 3 assumptions."""
    counts = told["counts"]
    words = [f"{units.number(counts[word])} {MARKS[word]}" for word in MARKS if counts[word] and word != "assumption"]
    words += [units.counted(counts["assumption"], "assumption")] if counts["assumption"] else []
    return f"{units.counted(told['figures'], 'figure')}: {', '.join(words)}"


def _together(those: Sequence[Borne], says: Mapping[str, Spoken]) -> list[dict[str, Any]]:
    """The figures of each row of a table that rest on the same, in one row; `cited` is what no claim there is from."""
    rows: dict[str, dict[str, Any]] = {}
    for one in those:
        alike: dict[str, Any] = {name: one[name] for name in ALIKE}  # type: ignore[literal-required]
        of_claims = {key for voice in one["voices"] if voice["claim"] in says for key in says[voice["claim"]]["source"]}
        alike["cited"] = [key for key in one["cited"] if key not in of_claims]
        row = rows.setdefault(repr((one["row"], alike)), {"row": one["row"], **alike, "figures": []})
        row["figures"].append(one)
    return list(rows.values())


def valued(one: Borne) -> str:
    """A figure with its unit."""
    amount = one["value"]
    if isinstance(amount, str):
        return amount
    if one["unit"] in NO_UNIT:
        return units.number(amount)
    return units.of(amount, {"US$": "usd"}.get(one["unit"], one["unit"]))


def called(one: Borne) -> str:
    """What a figure is called, without the unit that its value carries: dram 141 GB rather than dram gb 141 GB."""
    name = one["column"]
    if one["unit"] in (name, "units/day") or (name, one["unit"]) == ("tpp", "TPP"):
        return name if one["unit"] in NO_UNIT else ""
    return UNIT_IN_THE_NAME.sub("", name).replace("_", " ") if one["unit"] else name.replace("_", " ")


def spoken(voice: Voice) -> str:
    """As what a claim speaks: For, as a bound."""
    role = ROLES.get(voice["role"], voice["role"])
    return ", ".join(filter(None, (STANDS[voice["stands"]], role)))


def told(claim: Spoken) -> str:
    """Who says it and how surely: anonymous, as possible, with «reportedly»."""
    who = claim["source_class"] or "source not told"
    hedges = f"hedged by {', '.join(f'«{word}»' for word in claim['hedges'])}" if claim["hedges"] else ""
    terms = f"if {claim['conditions']}" if claim["conditions"] else ""
    basis = claim["basis"] if claim["basis"] not in ("", "told") else ""
    return "; ".join(filter(None, (who, CERTAIN.get(claim["certainty"], ""), basis, hedges, terms)))


def state(claim: Spoken) -> str:
    """Where a claim stands: accepted, preferred."""
    return ", ".join([claim["standing"], *([claim["rank"]] if claim["rank"] != "normal" else [])])
