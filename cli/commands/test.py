"""`zhunsheng test`: the examples in policies and beside them, and which clauses they exercise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli import session, terminal, values
from cli.speech import say
from policy import catalogue
from policy.core import Definition, Example
from policy.types import Nothing, Type
from policy.values import ABSENT, Value


def command(
    policies: Annotated[list[Path], typer.Argument(help="政策文件 policy files", metavar="POLICY…")],
    coverage: Annotated[
        bool, typer.Option("--coverage", help="哪些条款有例子用到 which clauses the examples exercise")
    ] = False,
    form: Annotated[str, typer.Option("--format", help="text, json")] = "text",
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """验算例子 Work the examples of policies (and of NAME.examples.policy beside them)."""
    asked = session.Asked(lang, form == "json", ascii)
    reports = [_tested(session.opened(path, asked), path, asked) for path in policies if not _beside_name(path)]
    if asked.json:
        terminal.as_json(reports)
    else:
        for report in reports:
            _tell(report, coverage=coverage)
    failed = any(not e["passed"] for r in reports for e in r["examples"])
    terminal.leave(terminal.FAILED if failed else terminal.FINE)


def _beside_name(path: Path) -> bool:
    return path.name.endswith(".examples.policy")


def beside(path: Path) -> Path:
    """Where further examples of a policy stand."""
    return path.with_name(f"{path.name.removesuffix('.policy')}.examples.policy")


def _tested(opened: session.Session, path: Path, asked: session.Asked) -> dict[str, Any]:
    """Every example worked out, as a report."""
    from interpreter.coverage import clauses, exercised
    from interpreter.exact.examples import work_out

    examples = (*opened.policy.examples, *_further(opened, path, asked))
    steps: list[Any] = []
    told = []
    for example in examples:
        worked = work_out(opened.policy, example)
        steps += worked.steps
        told.append(_report(example, worked.mismatches, opened))
    every = clauses(opened.policy)
    used = exercised(steps)
    return {
        "policy": str(path),
        "language": opened.language,
        "examples": told,
        "clauses": len(every),
        "uncovered": [c for c in every if c not in used],
    }


def _further(opened: session.Session, path: Path, asked: session.Asked) -> tuple[Example, ...]:
    """The examples of the file beside a policy, if there is one, read with the policy's own names."""
    from dsl.check import examples_for

    other = beside(path)
    if not other.exists():
        return ()
    loaded = session.load(other, asked)
    assert opened.loaded.document is not None
    if loaded.document is None:
        session.show(loaded.diagnostics, opened.language, asked)
        terminal.leave(terminal.FAILED)
    found, diagnostics = examples_for(opened.loaded.document, loaded.document)
    if any(d.blocks for d in diagnostics):
        session.show(diagnostics, opened.language, asked)
        terminal.leave(terminal.FAILED)
    return found


def _report(example: Example, mismatches: list[Any], opened: session.Session) -> dict[str, Any]:
    return {
        "name": example.name,
        "line": example.span.line,
        "passed": not mismatches,
        "mismatches": [
            {
                "name": m.name,
                "who": m.who,
                "expected": _shown(m.expected, m.name, opened),
                "found": _shown(m.found, m.name, opened),
                "reason": catalogue.message(m.reason.code, dict(m.reason.arguments), opened.language)
                if m.reason
                else None,
            }
            for m in mismatches
        ],
    }


def _shown(value: Value, name: str, opened: session.Session) -> str:
    """A value in words; what is absent is named."""
    if isinstance(value, ABSENT):
        from cli.render.simulation_words import word
        from interpreter.simulating.compare import label

        reasons = getattr(value, "reasons", ())
        return word(label(value), opened.language) + (
            f"（{values.reasons(reasons, opened.language)}）" if reasons else ""
        )
    if value is None or isinstance(value, str):
        return value or "—"
    kinds: dict[str, Type] = {d.name: d.type for d in opened.policy.definitions if isinstance(d, Definition)}
    return values.shown(value, kinds.get(name, Type(Nothing())), opened.policy.language)


def _tell(report: dict[str, Any], *, coverage: bool) -> None:
    language = report["language"]
    passed = sum(e["passed"] for e in report["examples"])
    terminal.line(
        f"{report['policy']}  " + say("examples", language, passed=passed, failed=len(report["examples"]) - passed)
    )
    for example in report["examples"]:
        if not example["passed"]:
            _tell_failure(example, language)
    if coverage:
        covered = report["clauses"] - len(report["uncovered"])
        terminal.line("  " + say("covered", language, covered=covered, all=report["clauses"]))
        if report["uncovered"]:
            terminal.line(
                f"  {say('uncovered', language)}"
                + ("：" if language == "zh" else ": ")
                + ("、" if language == "zh" else ", ").join(report["uncovered"])
            )


def _tell_failure(example: dict[str, Any], language: str) -> None:
    where = say("row", language, row=example["line"])
    terminal.line("  " + say("example_fails", language, name=example["name"]) + f"  {where}")
    for miss in example["mismatches"]:
        who = f"{miss['who']} " if miss["who"] else ""
        expected, found = say("expected", language), say("found", language)
        reason = f"  {miss['reason']}" if miss["reason"] else ""
        terminal.line(f"    {who}{miss['name']}  {expected} {miss['expected']}  {found} {miss['found']}{reason}")
