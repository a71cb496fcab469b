"""The documents at random leave nothing out of the core or of the grammar that this version decides by."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from dsl.pipeline import compile_text
from policy.core import Policy
from policy.source import Source
from tests.reference import divisions, reach
from tests.reference.documents import Document, document
from tests.reference.trials import accepted, accepting, example, with_exceptions_within

SEEDS = range(200)


@pytest.fixture(scope="module")
def reached() -> tuple[Counter[Any], Counter[str], int]:
    core: Counter[Any] = Counter()
    rules: Counter[str] = Counter()
    refused = 0
    for seed in SEEDS:
        given, found = accepted(document(seed))
        if found.policy is None:
            refused += 1
            continue
        core += reach.of_policy(found.policy) + reach.of_policy(with_exceptions_within(found.policy))
        rules += reach.of_text(accepting(given).text + shown(found.policy, given))
    for number in range(60):
        text = divisions.case(number).text
        policy = compile_text(Source("division.policy", text)).policy
        assert policy is not None
        core += reach.of_policy(policy)
        rules += reach.of_text(text)
    return core, rules, refused


def shown(policy: Policy, given: Document) -> str:
    """An example, of some documents."""
    return example(policy, given) if given.seed % 5 == 0 else ""


def test_every_node_of_the_core(reached: tuple[Counter[Any], Counter[str], int]) -> None:
    assert not [name for name in reach.nodes() if not reached[0][name]]


def test_every_value_of_a_closed_kind(reached: tuple[Counter[Any], Counter[str], int]) -> None:
    kinds = reach.closed_kinds()
    assert not [(*at, value) for at, values in kinds.items() for value in values if not reached[0][*at, value]]


def test_every_rule_of_the_grammar(reached: tuple[Counter[Any], Counter[str], int]) -> None:
    assert not sorted(name for name in reach.rules() if not reached[1][name])


def test_few_are_refused(reached: tuple[Counter[Any], Counter[str], int]) -> None:
    assert reached[2] < len(SEEDS) / 4
