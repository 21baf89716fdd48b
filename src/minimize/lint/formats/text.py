"""The text format: one line per finding, and a summary line."""

from __future__ import annotations

from minimize.lint.linter import LintReport


def to_text(report: LintReport) -> str:
    """Return `path:line:column id message` for each finding, and the hint of a rule after its first finding."""
    lines: list[str] = []
    hinted: set[str] = set()
    for finding in report.findings:
        lines.append(str(finding))
        if finding.rule not in hinted:
            lines.append(f"  hint: {finding.hint}")
            hinted.add(finding.rule)
    count = len(report.findings)
    lines.append(f"{count} finding(s) in {report.files} file(s)" if count else f"clean: {report.files} file(s) checked")
    return "\n".join(lines)
