"""What explanations tell of random documents, read from their JSON alone, comes to what it is told to come to."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from cli.render.explanation_json import to_json
from interpreter.exact.decide import decide
from interpreter.explaining import explain
from tests.explaining.audit import Audit
from tests.reference.documents import document
from tests.reference.judged import population
from tests.reference.trials import accepted


@pytest.mark.parametrize(
    "seeds", [range(at, at + 200) for at in range(0, 400, 200)], ids=lambda seeds: str(seeds.start)
)
def test_what_is_told_comes_to_what_is_told(seeds: range) -> None:
    seen: Counter[str] = Counter()
    for seed in seeds:
        given, found = accepted(document(seed))
        if found.policy is None:
            continue
        decisions = decide(found.policy, population(found.policy, given.data), given.as_of)
        told = [json.loads(json.dumps(to_json(explain(decisions, each.key, given.as_of)))) for each in decisions.cases]
        audit = Audit()
        for each in told:
            audit.of(each)
        audit.everybody(told)
        assert audit.wrong == [], f"document {seed}"
        seen.update(audit.seen)
    assert all(seen[each] > 10 for each in ("formula", "limit", "sum of lines", "comparison", "place", "records"))
