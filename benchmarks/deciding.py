"""A thousand candidates decided with traces, beside the same computed by hand in Fractions from the same typed rows."""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from benchmarks import people, plain_selection
from benchmarks.measuring import Comparison, side_by_side
from dsl import pipeline
from interpreter.exact.decide import Decision, Decisions, decide
from interpreter.exact.population import Population
from interpreter.reading import Dataset, read
from policy.core import Policy
from policy.values import ABSENT

COUNT = 1000
PROMISED = 4.0


def compared(repetitions: int) -> Comparison:
    """Both measured, after their results were found equal."""
    policy = pipeline.load(people.POLICY).policy
    assert policy is not None, "the selection policy has errors"
    dataset = _dataset(policy)
    population = Population.of_dataset(policy.records, dataset)
    rows = [row.values for row in dataset.tables[policy.main.name].rows]

    def ours() -> Decisions:
        return decide(policy, population)

    def by_hand() -> list[plain_selection.Result]:
        return plain_selection.decide(rows)

    assert [_result(case) for case in ours().cases] == by_hand(), "the two do not come to the same results"
    peer_times, our_times = side_by_side([by_hand, ours], repetitions)
    return Comparison(
        f"deciding {COUNT:,} candidates of the selection policy",
        "a plain function in fractions.Fraction: experience, total, pass, place, grade",
        "decide(): the same five results of each, with the trace of every value",
        peer_times,
        our_times,
        PROMISED,
        (_memory(by_hand, ours), f"checked before: all {len(rows):,} results are equal"),
    )


def _dataset(policy: Policy) -> Dataset:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "candidates.csv"
        people.write(path, COUNT)
        return read([str(path)], policy.records, policy.main.name)


def _result(case: Decision) -> plain_selection.Result:
    values = {name: step.value for name, step in case.results.items()}
    place = None if isinstance(values["名次"], ABSENT) else values["名次"]
    return plain_selection.Result(case.key, values["个人经历"], values["总分"], values["合格"], place, values["等级"])


def _memory(by_hand: Callable[[], object], ours: Callable[[], object]) -> str:
    peer, own = (_peak(work) / 1024 for work in (by_hand, ours))
    return f"peak memory above the rows: peer {peer:,.0f} KB, ours {own:,.0f} KB ({own / COUNT:.1f} KB a candidate)"


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    kept = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return peak
