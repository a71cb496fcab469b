"""A fix is tried before it is shown: put into the text, which is then read and checked again.

In: a source and what was said of it. Out: the same, with those fixes dropped that do not take their fault away, that
bring a new one, or that would lose or move what only the author may: a figure, a rounding, a limit, a citation.
Loaded only where a fix is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from dsl import keeping, pipeline
from dsl.mistakes.remainder import remainder
from dsl.mistakes.sections import sections
from dsl.syntax import parser, text
from policy.diagnostic import Diagnostic, Fix, Severity
from policy.source import Source

MOST = 20
"""Fixes tried in one run; whoever has more mends these first."""

ROUNDS = 4
"""Fixes of the same lines that are put together into one."""


UNKNOWN = ("ZS201", "ZS202", "ZS206", "ZS207", "ZS213", "ZS220", "ZS221", "ZS341")
"""A name that nobody knows."""


class Found(Struct, frozen=True):
    """What is wrong with a text: the lines where reading stops, those of statements that cannot be read, and what is
    said of all others."""

    refused: frozenset[int]
    unread: frozenset[int]
    said: tuple[Diagnostic, ...]


class Attempt(Struct, frozen=True):
    """A text with a fix in it, and perhaps those of other mistakes of its statement.

    `first` to `last` are the lines of the fix.
    """

    source: Source
    first: int
    last: int
    found: Found


def tried(source: Source, said: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What was said, with only such fixes as hold."""
    before = examined(source)
    if together(source, said, before):
        return said
    statements = statements_of(source)
    left = MOST
    kept: list[Diagnostic] = []
    for diagnostic in said:
        if diagnostic.fix is None:
            kept.append(diagnostic)
            continue
        left -= 1
        beside = [d.fix for d in said if d is not diagnostic and d.fix is not None and syntax(d)
                  and statement(d.fix, statements) == statement(diagnostic.fix, statements)]  # fmt: skip
        fix = settled(source, diagnostic, before, beside if syntax(diagnostic) else []) if left >= 0 else None
        kept.append(structs.replace(diagnostic, fix=fix))
    return tuple(kept)


def together(source: Source, said: tuple[Diagnostic, ...], before: Found) -> bool:
    """Whether all fixes put in at once leave nothing wrong that was not wrong before: then each of them holds."""
    offered = [d for d in said if d.fix is not None]
    fixes = [d.fix for d in offered if d.fix is not None]
    if len(disjoint(fixes)) < len(fixes) or not all(keeping.kept(old_lines(source, f), f.text) for f in fixes):
        return False
    after = examined(applied(source, *fixes))
    known = {identity(d) for d in before.said} - {identity(d) for d in offered}
    return not after.refused and all(d.severity is Severity.NOTE or identity(d) in known for d in after.said)


def settled(source: Source, diagnostic: Diagnostic, before: Found, beside: Sequence[Fix]) -> Fix | None:
    """The fix of a diagnostic as it may be shown, with further fixes of the same lines in it; None if none holds."""
    fix, good = diagnostic.fix, None
    for _ in range(ROUNDS):
        if fix is None or not keeping.kept(old_lines(source, fix), fix.text):
            break
        attempt = attempted(source, fix, beside)
        inside = range(attempt.first, attempt.last + 1)
        if not attempt.found.refused.isdisjoint(inside):
            break
        remaining = [d for d in attempt.found.said if d.span.line in inside and d.severity is not Severity.NOTE]
        if all(unknown(d, old_lines(source, fix)) for d in remaining) and holds(diagnostic, fix, before, attempt):
            good = fix
        further = next((d.fix for d in remaining if d.fix is not None), None)
        if further is None:
            break
        fix = joined(fix, attempt, further)
    return good


def attempted(source: Source, fix: Fix, beside: Sequence[Fix]) -> Attempt:
    """A fix put in, with those of the other mistakes of its statement."""
    others = [other for other in disjoint([fix, *beside]) if other is not fix]
    mended = applied(source, fix, *others)
    first = fix.first + sum(grown(other) for other in others if other.first < fix.first)
    return Attempt(mended, first, first + fix.text.count("\n"), examined(mended))


def holds(diagnostic: Diagnostic, fix: Fix, before: Found, attempt: Attempt) -> bool:
    """Whether the fault is gone, and nothing is wrong elsewhere that was not wrong before."""
    after = attempt.found
    known = Counter(identity(d) for d in before.said)
    if (
        not syntax(diagnostic)
        and sum(identity(d) == identity(diagnostic) for d in after.said) >= known[identity(diagnostic)]
    ):
        return False
    named = keeping.words(fix.text)
    for each in after.said:
        if each.severity is Severity.NOTE or attempt.first <= each.span.line <= attempt.last:
            continue
        if known[identity(each)]:
            known[identity(each)] -= 1
            continue
        counts = not before.unread and (each.severity is Severity.ERROR or not syntax(diagnostic))
        if counts and named.isdisjoint(keeping.words(line_of(each))):
            return False
    return len(after.refused) <= len(before.refused)


def examined(source: Source) -> Found:
    """A text read and checked, without a word on how what cannot be read should be written."""
    if text.objections(source):
        every = frozenset(range(1, source.text.count("\n") + 2))
        return Found(every, every, ())
    plain = text.plain(source.text)
    if not isinstance(parser.parse(plain), parser.Refusal):
        return Found(frozenset(), frozenset(), pipeline.proposed(source, pipeline.parse(source)).diagnostics)
    left = remainder(plain)
    if left is None:
        stops = stopped(source, plain)
        return Found(stops, stops, ())
    refused = frozenset(source.position(at)[0] for at in left.stops)
    unread = frozenset(source.position(start)[0] for start, _ in left.unread)
    rest, said = pipeline.read_around(source, left.plain, left.names)
    if rest is None or rest.kind == "amendment":
        return Found(refused, unread, said)
    from dsl.check import check

    return Found(refused, unread, said + check(rest).diagnostics)


def stopped(source: Source, plain: str) -> frozenset[int]:
    """The line at which a text stops being read."""
    refusal = parser.parse(plain)
    if not isinstance(refusal, parser.Refusal):
        return frozenset()
    return frozenset((source.position(min(refusal.token.start, len(source.text)))[0],))


# -- fixes ------------------------------------------------------------------------------------------------------------


def applied(source: Source, *fixes: Fix) -> Source:
    """The text with fixes put in; their lines must not overlap."""
    lines = source.text.split("\n")
    for fix in sorted(fixes, key=lambda fix: fix.first, reverse=True):
        end = "\r" if lines[fix.first - 1].endswith("\r") else ""
        lines[fix.first - 1 : fix.last] = [line + end for line in fix.text.split("\n")]
    return Source(source.name, "\n".join(lines), source.encoding)


def joined(fix: Fix, attempt: Attempt, further: Fix | None) -> Fix | None:
    """A fix with another one of its own lines put into it."""
    if further is None or further.first < attempt.first or further.last > attempt.last:
        return None
    lines = fix.text.split("\n")
    lines[further.first - attempt.first : further.last - attempt.first + 1] = further.text.split("\n")
    return Fix(fix.first, fix.last, "\n".join(lines))


def disjoint(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that can be put in together: of two that touch the same line the first."""
    taken: set[int] = set()
    found = []
    for fix in fixes:
        lines = set(range(fix.first, fix.last + 1))
        if taken.isdisjoint(lines):
            taken |= lines
            found.append(fix)
    return found


def grown(fix: Fix) -> int:
    """By how many lines a fix makes a text longer."""
    return fix.text.count("\n") - (fix.last - fix.first)


def old_lines(source: Source, fix: Fix) -> str:
    return "\n".join(source.line(number) for number in range(fix.first, fix.last + 1))


# -- diagnostics ------------------------------------------------------------------------------------------------------


def syntax(diagnostic: Diagnostic) -> bool:
    return diagnostic.code.startswith("ZS1")


def unknown(diagnostic: Diagnostic, old: str) -> bool:
    """Whether nobody knows a name that stood there before: a fault of its own, which no fix brings."""
    return diagnostic.code in UNKNOWN and diagnostic.span.text in old


def line_of(diagnostic: Diagnostic) -> str:
    return diagnostic.span.source.line(diagnostic.span.line)


def identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    """What makes two diagnostics of two versions of a text the same."""
    return diagnostic.code, tuple(sorted(diagnostic.arguments.items())), line_of(diagnostic).strip()


def statements_of(source: Source) -> list[int]:
    """The lines at which statements start."""
    header, found = sections(text.plain(source.text))
    return [source.position(s.lines[0].start)[0] for s in ((header, *found) if header else found)]


def statement(fix: Fix, statements: Sequence[int]) -> int:
    """The first line of the statement that a fix stands in."""
    return max((line for line in statements if line <= fix.first), default=0)
