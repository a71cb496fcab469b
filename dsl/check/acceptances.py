"""Findings meet their acceptances: `认可 “分项合计不符” 因为 “…”` covers that finding in its own statement."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from dsl.check.context import Findings
from dsl.syntax import surface as s
from policy.catalogue import Entry, phase_entries
from policy.diagnostic import Acceptance, Diagnostic, Severity


def of(statement: object) -> Iterator[s.Accept]:
    """The acceptances written in a statement."""
    yield from getattr(statement, "accepts", ())


def settled(document: s.Document, findings: Findings) -> tuple[Diagnostic, ...]:
    """All diagnostics in the order of the text, findings marked with the acceptance that covers them."""
    found = list(findings.found)
    owned: dict[int, list[int]] = {}
    for at, (owner, _) in enumerate(found):
        owned.setdefault(id(owner), []).append(at)
    for statement in document.statements:
        for accept in of(statement):
            code = _code(accept.name.text)
            findings.statement = statement
            if code is None:
                near = _near(accept.name.text)
                findings.report("ZS430", accept.name.span, name=accept.name.text, near=near)
                continue
            covered = [i for i in owned.get(id(statement), ()) if found[i][1].code == code]
            if not covered:
                findings.report("ZS431", accept.span, name=accept.name.text)
            acceptance = Acceptance(accept.name.text, accept.reason, accept.span)
            for i in covered:
                found[i] = (statement, structs.replace(found[i][1], accepted=acceptance))
    found += findings.found[len(found) :]
    return tuple(d for _, d in sorted(found, key=lambda pair: (pair[1].span.start, pair[1].code)))


def _code(name: str) -> str | None:
    """The code of a finding by its name in either language, or by the code itself."""
    return next((e.code for e in _acceptable() if name in (e.name_zh, e.name_en, e.code)), None)


def _acceptable() -> Iterator[Entry]:
    """The entries of what may be accepted, the commonest phase first."""
    for phase in ("findings", "ranks", "types", "names"):
        yield from (entry for entry in phase_entries(phase).values() if entry.severity is Severity.FINDING)


def _near(name: str) -> str:
    from dsl.suggest import nearest

    found = nearest(name, [n for e in _acceptable() for n in (e.name_zh, e.name_en)])
    return found[0] if found else ""
