"""The two documents that explanations are tried on, decided: the selection scheme, and one that has everything else."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import structs
from rich.console import Console

from cli.render.explanation_text import render_text
from dsl.check import check
from dsl.pipeline import parse
from interpreter import reading
from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population, Subject
from interpreter.explaining import Explanation, WhyNot, explain, why_not
from policy.core import Policy
from policy.source import Source
from policy.values import Value

HERE = Path(__file__).parent
CANDIDATES = HERE.parents[1] / "policy" / "library" / "selection" / "candidates.csv"
AS_OF = date(2025, 6, 30)


def policy_of(path: Path) -> Policy:
    parsed = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert parsed.document is not None, parsed.diagnostics
    found = check(parsed.document).policy
    assert found is not None
    return found


@cache
def selection() -> tuple[Policy, Population]:
    """The selection scheme and its 90 candidates."""
    rules = policy_of(HERE / "selection.policy")
    dataset = reading.read([str(CANDIDATES)], rules.records, rules.main.name)
    return rules, Population.of_dataset(rules.records, dataset)


@cache
def decided() -> Decisions:
    return decide(*selection())


def changed(key: str, **values: Value) -> Population:
    """The candidates with some values of one of them changed."""
    rules, population = selection()
    subjects = [Subject(rules.main, {**s.values, **values} if s.key == key else s.values, s.place)
                for s in population.of(rules.main.name)]  # fmt: skip
    return Population(rules.records, subjects)


@cache
def folder(name: str) -> tuple[Policy, Population]:
    """A document with the folder of data of its name."""
    rules = policy_of(HERE / f"{name}.policy")
    dataset = reading.read([str(HERE / name)], rules.records, rules.main.name)
    return rules, Population.of_dataset(rules.records, dataset)


def lecturers() -> tuple[Policy, Population]:
    """A document with lists, dates, a quota, exceptions, tiers and moving weights."""
    return folder("lecturers")


def odd(key: str) -> Explanation:
    """A document with rounding, defaults, the previous period, runs, the best few, cases that are left to people."""
    return without_folder(explain(decide(*folder("odd")), key))


def lecturer(key: str) -> Explanation:
    rules, population = lecturers()
    return without_folder(explain(decide(rules, population, AS_OF), key, AS_OF))


def candidate(key: str) -> Explanation:
    return without_folder(explain(decided(), key))


def asked(key: str, target: str) -> WhyNot:
    return why_not(*selection(), None, key, target)


def without_folder(found: Explanation) -> Explanation:
    assert found.source is not None
    return structs.replace(found, source=structs.replace(found.source, file=Path(found.source.file).name))


def screen(
    found: Explanation, answer: WhyNot | None = None, *, language: str = "zh", quotes: bool = False, **how: bool
) -> str:
    """What a terminal of 100 columns shows."""
    out = io.StringIO()
    console = Console(file=out, width=100, color_system=None, legacy_windows=False)
    console.print(render_text(found, language, quotes, answer, **how))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
