"""A sweep decides anew only what rests on its parameters: over random documents it gives what deciding everything does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest

from dsl import pipeline
from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population
from interpreter.simulating.sweep import Sweeping, grid, movers, sweep
from policy import core
from policy.numerals import decimal
from policy.source import Source
from policy.types import Number
from tests.reference.documents import Document, document
from tests.reference.judged import population
from tests.reference.trials import accepted, results

SEEDS = 800
STEPS = (-1000, -20, -1, 0, 1, 20, 1000)


def swept(seeds: range) -> Iterator[tuple[Document, core.Policy, Population, list[str]]]:
    """Documents with plain parameters that are numbers."""
    for seed in seeds:
        given, found = accepted(document(seed))
        if found.policy is None:
            continue
        names = [d.name for d in found.policy.definitions
                 if not d.record and d.kind == "parameter" and isinstance(d.body, core.Const)
                 and isinstance(d.type.kind, Number)]  # fmt: skip
        if names:
            yield given, found.policy, population(found.policy, given.data), names


def values(policy: core.Policy, name: str) -> list[str]:
    """Values around the one in force, in its unit."""
    definition = next(d for d in policy.definitions if d.name == name and not d.record)
    assert isinstance(definition.body, core.Const)
    assert isinstance(definition.type.kind, Number)
    unit = definition.type.kind.unit
    factor = Fraction(unit.factor) if unit is not None else Fraction(1)
    now = Fraction(definition.body.value) / factor  # type: ignore[arg-type]
    return [f"{decimal(now + step)}{unit.en if unit is not None else ''}" for step in STEPS]


def said(decisions: Decisions) -> object:
    return results(decisions, False), [(case.key, case.outcome, case.reasons) for case in decisions.cases]


@pytest.mark.parametrize(
    "seeds", [range(at, at + 400) for at in range(0, SEEDS, 400)], ids=lambda seeds: str(seeds.start)
)
def test_each_value_gives_what_deciding_everything_does(seeds: range) -> None:
    seen = changed = 0
    for given, policy, people, names in swept(seeds):
        source = Source("random", given.text)

        def with_values(settings: Mapping[str, str], source: Source = source) -> core.Policy | None:
            return pipeline.compile_text(source, settings).policy

        now = decide(policy, people, given.as_of, traced=False)
        for name in names[:2]:
            work = Sweeping((name,), with_values, now)
            brute = []
            for value in values(policy, name):
                found, anew = work.decided({name: value}), with_values({name: value})
                assert (found is None) == (anew is None)
                brute.append(None if anew is None else decide(anew, people, given.as_of, traced=False))
                if found is not None:
                    assert said(found) == said(brute[-1]), f"{name} = {value}\n{given.text}"  # type: ignore[arg-type]
                    seen += 1
                    changed += bool(movers(now, found))
            breaks = [v for v, old, new in zip(values(policy, name)[1:], brute, brute[1:], strict=False)
                      if (old is None) != (new is None) or movers(old, new)]  # fmt: skip
            stretches = list(sweep(name, values(policy, name), with_values, now))
            assert [each.first for each in stretches[1:]] == breaks, given.text
        if len(names) > 1:
            axes = [(name, values(policy, name)[1:6:2]) for name in names[:2]]
            for each in grid(axes, with_values, now):
                anew = with_values(dict(zip(names, each.values, strict=False)))
                assert each.found.refused == (anew is None)
                if anew is not None:
                    whole = decide(anew, people, given.as_of, traced=False)
                    assert each.found.changed == len(movers(now, whole))
                    assert each.found.open == sum(case.outcome != "decided" for case in whole.cases)
    assert seen > 20
    assert changed
