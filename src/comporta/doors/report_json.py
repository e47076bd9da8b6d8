"""Reports as JSON: everything that was read, and why."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from comporta.evidence.reports import Report


def as_json(reports: Sequence[Report], found: Sequence[Sequence[Mapping[str, Any]]]) -> str:
    """Every report with its lines, zones, scores and reasons, and with its candidates."""
    told = [_report(report, rows) for report, rows in zip(reports, found, strict=True)]
    return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"


def _report(report: Report, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "id": report.id,
        "sha256": report.sha256,
        "file": report.file,
        "media": report.text.media,
        "language": report.language,
        "published": None if report.published is None else [day.isoformat() for day in report.published],
        "said_of_itself": report.text.said,
        "text": report.text.text,
        "lines": [
            {
                "start": one.line.start,
                "end": one.line.end,
                "zone": one.zone,
                "score": one.score,
                "reasons": one.reasons,
            }
            for one in report.lines
        ],
        "candidates": [dict(row) for row in rows],
    }
