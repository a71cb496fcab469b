"""The front door for programs: load a policy, decide over data, explain a person, simulate a change.

    import zhunsheng

    policy = zhunsheng.load("selection.policy")
    decided = zhunsheng.run(policy, ["candidates.csv"])
    for case in decided.decisions.cases:
        print(case.key, case.outcome, {name: step.value for name, step in case.results.items()})
    print(zhunsheng.explain(decided, "H0100008").results)

Numbers are int or fractions.Fraction in the canonical unit of their family (yuan, months, days, minutes, ratios).
`policy`, `dsl`, `interpreter` and `cli` are packages of Zhunsheng; a module of your own of such a name needs another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike, environ
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from zhunsheng import rooms

if TYPE_CHECKING:
    from interpreter.exact.decide import Decisions
    from interpreter.exact.population import Population
    from interpreter.explaining import Explanation, WhyNot
    from interpreter.reading import Dataset
    from interpreter.simulating import Simulation
    from policy import core
    from policy.diagnostic import Diagnostic

__all__ = ["Decided", "PolicyError", "__version__", "check", "explain", "load", "run", "simulate", "why_not"]

__version__ = "0.1.0"

# openpyxl takes lxml where it is there, and not defusedxml, which hostile files need
environ["OPENPYXL_LXML"] = "False"
rooms.claim()


class PolicyError(ValueError):
    """A policy that has errors; `diagnostics` are all that was found."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        from policy import catalogue

        errors = [d for d in diagnostics if d.blocks]
        super().__init__("; ".join(f"{d.code} {catalogue.message(d.code, d.arguments, 'en')}" for d in errors))
        self.diagnostics = diagnostics


class Decided(Struct, frozen=True, eq=False):
    """A policy decided over data: rows set aside are in `dataset`, cases in `decisions`."""

    policy: core.Policy
    dataset: Dataset
    population: Population
    decisions: Decisions
    as_of: date | None


def check(path: str | PathLike[str]) -> tuple[Diagnostic, ...]:
    """Everything that is found in a policy file. Raises OSError if it cannot be read."""
    from dsl import pipeline

    return pipeline.load(Path(path)).diagnostics


def load(path: str | PathLike[str], settings: Mapping[str, str] | None = None) -> core.Policy:
    """The policy of a file, parameters set to other values (`{"合格线": "55 分"}`). Raises PolicyError and OSError."""
    from dsl import pipeline

    loaded = pipeline.load(Path(path), settings)
    if loaded.policy is None:
        raise PolicyError(loaded.diagnostics)
    return loaded.policy


def run(policy: core.Policy, data: Sequence[str], as_of: date | None = None, none: Sequence[str] = ()) -> Decided:
    """Everyone decided; `none` names the records of which there is no data. Raises interpreter.reading.DataError, and
    DecideError where an as-of date is needed."""
    from interpreter.exact.decide import decide
    from interpreter.exact.population import Population

    dataset = _read(policy, data, none)
    population = Population.of_dataset(policy.records, dataset)
    return Decided(policy, dataset, population, decide(policy, population, as_of, traced=False), as_of)


def explain(decided: Decided, key: str) -> Explanation:
    """Why the person with a key got what they got. Raises interpreter.explaining.UnexplainedError."""
    from interpreter.explaining import explain as told

    return told(decided.decisions, key, decided.as_of)


def why_not(decided: Decided, key: str, value: str) -> WhyNot:
    """What stands between a person and a value, and the smallest single change that reaches it."""
    from interpreter.explaining import why_not as answered

    return answered(decided.policy, decided.population, decided.as_of, key, value)


def simulate(
    before: core.Policy,
    after: core.Policy,
    data: Sequence[str],
    as_of: date | None = None,
    none: Sequence[str] = (),
) -> Simulation:
    """Two policies decided over the same data, compared person by person."""
    from interpreter.exact.population import Population
    from interpreter.simulating import Variant
    from interpreter.simulating import simulate as compared

    variants = [Variant(each, Population.of_dataset(each.records, _read(each, data, none))) for each in (before, after)]
    return compared(variants[0], variants[1], as_of)


def _read(policy: core.Policy, data: Sequence[str], none: Sequence[str]) -> Dataset:
    from interpreter.reading import Reading, read
    from interpreter.reading.needed import uses_of
    from policy.reads import owner_fields, records_read

    how = Reading(tuple(none), records_read(policy), owner_fields(policy), uses=uses_of(policy))
    return read(data, policy.records, policy.main.name, how)
