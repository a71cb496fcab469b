"""Diagnostics for machines: JSON, SARIF and the annotations of a code host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cli import terminal
from cli.speech import chosen
from dsl.pipeline import Loaded
from policy import catalogue
from policy.diagnostic import Diagnostic, Fix, Severity
from policy.source import Span

_SARIF = {Severity.ERROR: "error", Severity.FINDING: "warning", Severity.NOTE: "note"}


def as_objects(diagnostics: Iterable[Diagnostic], language: str) -> list[dict[str, Any]]:
    """Diagnostics as JSON objects."""
    return [_object(d, language) for d in diagnostics]


def _object(diagnostic: Diagnostic, language: str) -> dict[str, Any]:
    entry = catalogue.entry(diagnostic.code)
    accepted = diagnostic.accepted
    return {
        "code": diagnostic.code,
        "name": entry.name_zh if language == "zh" else entry.name_en,
        "severity": diagnostic.severity.value,
        "message": catalogue.message(diagnostic.code, diagnostic.arguments, language),
        "advice": catalogue.advice(diagnostic.code, diagnostic.arguments, language),
        "fix": _fix(diagnostic.fix),
        "arguments": diagnostic.arguments,
        "place": _place(diagnostic.span),
        "accepted": {"name": accepted.name, "reason": accepted.reason} if accepted is not None else None,
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    return {"line": fix.first, "end_line": fix.last, "text": fix.text} if fix is not None else None


def _place(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {"file": span.source.name, "line": line, "column": column, "end_line": end_line, "end_column": end_column}


def print_checked(loaded: Sequence[tuple[Path, Loaded]], form: str, lang: str | None) -> None:
    """The outcome of a check in one of the forms json, sarif and github."""
    found = [(d, chosen(lang, _language(each))) for _, each in loaded for d in each.diagnostics]
    if form == "json":
        terminal.as_json([_checked(path, each, lang) for path, each in loaded])
    elif form == "sarif":
        terminal.as_json(_sarif(found))
    else:
        for diagnostic, language in found:
            if diagnostic.accepted is None:
                terminal.line(_annotation(diagnostic, language))


def _language(loaded: Loaded) -> str:
    return loaded.language


def _checked(path: Path, loaded: Loaded, lang: str | None) -> dict[str, Any]:
    language = chosen(lang, _language(loaded))
    return {"file": str(path), "ok": loaded.policy is not None, "diagnostics": as_objects(loaded.diagnostics, language)}


def _annotation(diagnostic: Diagnostic, language: str) -> str:
    place = _place(diagnostic.span)
    kind = {"error": "error", "finding": "warning", "note": "notice"}[diagnostic.severity.value]
    message = catalogue.message(diagnostic.code, diagnostic.arguments, language)
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return (
        f"::{kind} file={place['file']},line={place['line']},col={place['column']},title={diagnostic.code}::{escaped}"
    )


def _sarif(found: Sequence[tuple[Diagnostic, str]]) -> dict[str, Any]:
    rules = sorted({d.code for d, _ in found})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "zhunsheng", "rules": [{"id": code} for code in rules]}},
                "results": [_sarif_result(d, language) for d, language in found],
            }
        ],
    }


def _sarif_result(diagnostic: Diagnostic, language: str) -> dict[str, Any]:
    place = _place(diagnostic.span)
    region = {
        "startLine": place["line"],
        "startColumn": place["column"],
        "endLine": place["end_line"],
        "endColumn": place["end_column"],
    }
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _SARIF[diagnostic.severity],
        "message": {"text": catalogue.message(diagnostic.code, diagnostic.arguments, language)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": place["file"]}, "region": region}}],
    }
    if diagnostic.accepted is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": diagnostic.accepted.reason}]
    return result
