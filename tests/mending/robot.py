"""A robot that puts every offered line into a document until none is offered, and documents decided over many people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from cli.mending import mended_text
from dsl import pipeline
from dsl.pipeline import Loaded
from interpreter.exact.decide import decide
from policy.core import Policy
from policy.diagnostic import Severity
from policy.source import Source
from tests.exact.random_people import people

AS_OF = date(2025, 6, 30)
SEEDS = range(40)


def mended(text: str, name: str = "broken.policy") -> Loaded:
    """What became of a text after every offered line was put in."""
    return pipeline.compile_text(mended_text(pipeline.compile_text(Source(name, text))))


def open_codes(loaded: Loaded) -> list[str]:
    """The errors and findings of a text that are not accepted."""
    return [d.code for d in loaded.diagnostics if d.severity is not Severity.NOTE and d.accepted is None]


def decisions(policy: Policy, as_those_of: Policy, seed: int) -> list[tuple[str, ...]]:
    """What a policy gives for people made at random for another one of the same data."""
    population = people(as_those_of, Random(seed))
    found = decide(policy, population, AS_OF)
    return [tuple(str(case.results[name].value) for name in policy.results) for case in found.cases]


def same_meaning(one: Policy, other: Policy) -> bool:
    """Whether two policies decide many people alike."""
    return one.results == other.results and all(
        decisions(one, other, seed) == decisions(other, other, seed) for seed in SEEDS
    )


def policy_of(path: Path) -> Policy:
    loaded = pipeline.load(path)
    assert loaded.policy is not None, [(d.code, d.arguments) for d in loaded.diagnostics]
    return loaded.policy
