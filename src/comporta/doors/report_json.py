"""Reports as JSON: everything that was read, and why."""

import json
from collections.abc import Sequence
from typing import Any

from comporta.evidence.reports import Report


def as_json(reports: Sequence[Report]) -> str:
    """Every report with its lines, zones, scores and reasons."""
    return json.dumps([_report(report) for report in reports], ensure_ascii=False, indent=2) + "\n"


def _report(report: Report) -> dict[str, Any]:
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
    }
