"""Every figure told of everyone in every shipped document comes to what it is told to come to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

import zhunsheng as engine
from tests.cli.command import CANDIDATES, ZH
from tests.explaining.audit import Audit
from tests.explaining.test_everyone import SHIPPED


@pytest.mark.parametrize(("policy", "data", "as_of"), SHIPPED)
def test_what_is_told_comes_to_what_is_told(policy: Path, data: list[str], as_of: str | None) -> None:
    decided = engine.run(engine.load(policy), data, date.fromisoformat(as_of) if as_of else None)
    audit = Audit()
    for case in decided.decisions.cases:
        audit.of(engine.explain(decided, case.key))
    assert audit.wrong == []


def test_the_audit_sees_what_is_told() -> None:
    """A reader that passes everything over would find nothing wrong either."""
    decided, audit = engine.run(engine.load(ZH), [str(CANDIDATES)]), Audit()
    for case in decided.decisions.cases:
        audit.of(engine.explain(decided, case.key))
    people = len(decided.decisions.cases)
    assert audit.seen["formula"] > people
    assert audit.seen["sum of lines"] > people
    assert audit.seen["formula in words"] < audit.seen["formula"] / 10


def test_a_false_figure_is_found() -> None:
    decided = engine.run(engine.load(ZH), [str(CANDIDATES)])
    explanation = engine.explain(decided, decided.decisions.cases[0].key)
    step = next(each for each in explanation.steps if any(inner.role == "line" for inner in each.items))
    (first, *others) = step.items
    assert first.value is not None
    false = structs.replace(first, value=structs.replace(first.value, value=first.value.value + 1))
    audit = Audit()
    audit.of(structs.replace(explanation, steps=(structs.replace(step, items=(false, *others)),)))
    assert audit.wrong
