"""Documents at random: two evaluators agree, and no order, language or way of writing changes what comes out.

`pytest tests/reference --documents 10000 --seed 7` tries more of them.
"""

from __future__ import annotations

import pytest

from tests.reference.documents import Document, document
from tests.reference.shrink import shrunk, told
from tests.reference.trials import TRIALS, accepted, tried

CHUNK = 25
FIRST = "the other evaluator"
OTHERS = [name for name in TRIALS if name != FIRST]
EACH = 3
"""How many of the other trials each document goes through, in turn."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seeds" in metafunc.fixturenames:
        first, count = metafunc.config.getoption("--seed"), metafunc.config.getoption("--documents")
        chunks = [range(at, min(at + CHUNK, first + count)) for at in range(first, first + count, CHUNK)]
        metafunc.parametrize("seeds", chunks, ids=[f"{chunk.start}-{chunk.stop - 1}" for chunk in chunks])


def trials_of(seed: int) -> list[str]:
    turn = [OTHERS[(seed * EACH + at) % len(OTHERS)] for at in range(EACH)]
    return [FIRST, *turn]


def test_documents_at_random(seeds: range) -> None:
    refused, shown = 0, []
    for seed in seeds:
        given, found = accepted(document(seed))
        assert not found.crash, f"{found.crash}\n{told(given)}"
        if found.policy is None:
            refused += 1
            continue
        for name in trials_of(seed):
            if seen := tried(name, found.policy, given):
                small = shrunk(given, lambda smaller, name=name: shows(name, smaller))  # type: ignore[misc]
                again = accepted(small)[1].policy
                seen = tried(name, again, small) if again is not None else seen
                shown.append(f"{name}: {seen[0]}\n{told(small)}")
                break
    assert not shown, f"{len(shown)} documents disagree\n\n" + "\n\n".join(shown[:3])
    assert refused < len(seeds) / 2, f"the checker refuses {refused} of {len(seeds)} documents"


def shows(name: str, given: Document) -> bool:
    """Whether a smaller document still disagrees."""
    found = accepted(given)[1]
    return found.policy is not None and bool(tried(name, found.policy, given))
