"""What no policy needs and no part of the engine should have to bear: endless nesting, endless numbers.

Checked on the plain text in linear time before anything recursive sees it. An honest text pays for a few counts and one
search; only a suspicious one is walked.
"""

from __future__ import annotations

import re

from dsl.syntax.lexer import width
from dsl.syntax.parser import DEEPEST
from policy.diagnostic import Diagnostic, Severity
from policy.source import Source, Span

LONGEST_NUMBER = 40
"""Digits; the wealth of the world in the smallest coin has eighteen."""

_COUNTED = ("(", "封顶", "保底", "capped", "floored", "缺则", "if missing", "入到", "去到", "位到", "双到", "rounded")
_SUSPICIOUS = re.compile(
    rf"""\d{{{LONGEST_NUMBER + 1}}}|(?<![\w])(?<![\w]\.)\d+(?:\.\d+)?[eE][+-]?\d   # a number without end
    |^[ \t\u3000]{{24}}                  # a hundred levels, the narrowest: tabs are four columns each
    |(?:(?:非|-|not\b)[ \t\u3000\n]*+){{{DEEPEST + 1}}}""",
    re.VERBOSE | re.MULTILINE,
)


def limits(source: Source, plain: str) -> list[Diagnostic]:
    """The first place where a text goes beyond a limit; empty for every honest text."""
    if _SUSPICIOUS.search(plain) or any(plain.count(word) > DEEPEST for word in _COUNTED):
        return _walk(source, plain)
    return []


_STEP = re.compile(
    r"""(?P<skip>^[ \t\u3000]*>[^\n]*|\#[^\n]*|[“”"＂][^“”"＂\n]*[“”"＂]?
        |【[^】\n]*】?|\[[^\]\n]*\]?|「[^」\n]*」?|`[^`\n]*`?)
    |(?P<line>\n[ \t\u3000]*)|(?P<open>\()|(?P<close>\))
    |(?P<exponent>\d+(?:\.\d+)?[eE][+-]?\d+)|(?P<number>\d+(?:\.\d+)?)
    |(?P<not>非|-|\bnot\b)|(?P<chain>封顶|保底|缺则|[入去位双]到|\b(?:capped|floored|rounded|if[ \t]missing)\b)
    |(?P<word>[^\W\d](?:(?!封顶|保底|缺则|[入去位双]到)\w)*)|(?P<blank>[ \t\u3000]+)|(?P<sign>.)""",
    re.VERBOSE | re.MULTILINE,
)


def _walk(source: Source, plain: str) -> list[Diagnostic]:
    """The first excess, by one walk over signs and words; what is quoted does not count."""
    depth = negations = chain = 0
    indents = [0]
    for step in _STEP.finditer(plain):
        match step.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth, negations = max(depth - 1, 0), 0
            case "not":
                negations += 1
            case "chain":
                chain += 1
            case "line":
                chain = 0 if depth == 0 else chain
                negations = 0
                _indent(indents, width(step.group()[1:]))
            case "number" if sum(map(str.isdigit, step.group())) > LONGEST_NUMBER:
                return [_excess("ZS112", source, step, LONGEST_NUMBER)]
            case "exponent":
                return [_excess("ZS113", source, step, LONGEST_NUMBER)]
            case "blank" | "skip":
                continue
            case _:
                negations = 0
        for code, count in (("ZS108", depth), ("ZS109", negations), ("ZS110", len(indents) - 1), ("ZS111", chain)):
            if count > DEEPEST:
                return [_excess(code, source, step, DEEPEST)]
    return []


def _indent(indents: list[int], columns: int) -> None:
    while indents[-1] > columns:
        indents.pop()
    if columns > indents[-1]:
        indents.append(columns)


def _excess(code: str, source: Source, step: re.Match[str], limit: int) -> Diagnostic:
    blanks = len(step.group()) - len(step.group().lstrip())
    start = step.start() + blanks if step.lastgroup == "line" else step.start()
    end = start + 1 if step.lastgroup == "line" else step.end()
    return Diagnostic(code, Severity.ERROR, Span(source, start, min(end, len(source.text))), {"limit": limit})
