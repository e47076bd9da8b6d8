"""May it pass, in sentences: one for each line, and one for each gate that applies to it."""

from typing import Any

from comporta import units

POLICIES = {
    "free": "no license is asked for",
    "approval": "license, approval presumed",
    "case-by-case": "license, reviewed case by case",
    "denial": "license, denial presumed",
}
VERDICTS = {"yes": "may pass", "ask": "may pass once it is granted what is missing", "no": "may not pass"}


def line_said(line: dict[str, Any]) -> str:
    """A line and its answer: 5 h20 from us to beta at hall on 23 January 2026 may pass; no license is asked for."""
    way = f"from {line['from']} to {line['buyer']} at {line['site']}"
    parent = f", whose parent is {line['parent']}," if line.get("parent") else ""
    opening = f"{units.number(line['units'])} {line['product']} {way}{parent} on {units.day(line['on'])}"
    return f"{opening} {VERDICTS[line['may']]}; {POLICIES[line['policy']]}."


def price_said(line: dict[str, Any]) -> str:
    """What one unit costs the buyer, part by part; nothing where no price is told and nothing comes on top."""
    parts = {"price": line["price_usd"], "fees": line["fees_usd"], "carriage": line["lane_usd"]}
    told = ", ".join(f"{name} {units.usd(amount)}" for name, amount in parts.items() if amount)
    delay = f" It takes {units.days(line['delay_days'])}." if line["delay_days"] else ""
    if line["landed_usd"] is None:
        return f"No price is told, so that the landed price is open.{delay}"
    return f"Landed price {units.usd(line['landed_usd'])} a unit: {told}.{delay}"


def untold_said(line: dict[str, Any]) -> str:
    """What the line leaves open, and that more gates may apply then."""
    if not line["untold"]:
        return ""
    names = ", ".join(line["untold"])
    return f"Not told, and asked about by gates that may apply too: {names}."


def gate_said(gate: dict[str, Any]) -> str:
    """One gate, whether it is met, its rule with the citation, and what is missing."""
    fee = f" That is {units.usd(gate['fee_usd'])} a unit." if gate["fee_usd"] else ""
    delay = f" That takes {units.days(gate['delay_days'])}." if gate["delay_days"] else ""
    return " ".join(part for part in (gate["says"] + fee + delay, gate["missing"] or "", checked_said(gate)) if part)


def checked_said(gate: dict[str, Any]) -> str:
    """How surely the gate is known, where that is less than a page read."""
    words = {
        "C": "Rests on what another document quotes",
        "M": "Rests on memory, unverified",
        "assumption": "Rests in part on an assumption",
    }
    mark, on = words.get(gate["checked"], ""), gate["checked_on"]
    last = f"last checked on {units.day(on)}" if on else ""
    if mark:
        return f"{mark}{f'; {last}' if last else ''}."
    return f"{last[0].upper()}{last[1:]}." if last else ""
