"""Times of the same work, repeated; and lines that put ours beside a peer's."""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct


class Times(Struct, frozen=True):
    """Seconds of several repetitions."""

    each: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.each)

    @property
    def median(self) -> float:
        return statistics.median(self.each)

    def told(self) -> str:
        return f"min {self.least * 1000:8.1f} ms   median {self.median * 1000:8.1f} ms   of {len(self.each)}"


def side_by_side(works: Sequence[Callable[[], object]], repetitions: int) -> list[Times]:
    """Works in turn, again and again, so that whatever else the machine does falls on all alike. The first round is
    not counted."""
    found: list[list[float]] = [[] for _ in works]
    for at in range(repetitions + 1):
        for work, times in zip(works, found, strict=True):
            seconds = _seconds(work)
            if at:
                times.append(seconds)
    return [Times(tuple(times)) for times in found]


def _seconds(work: Callable[[], object]) -> float:
    """CPU time of one repetition, the collector off as in the command, what was made let go outside the time."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    kept: Any = work()
    seconds = time.process_time() - start
    gc.enable()
    del kept
    return seconds


def processes(commands: Sequence[Sequence[str]], repetitions: int) -> list[Times]:
    """The CPU time of whole processes, in turn; the first round is not counted."""
    found: list[list[float]] = [[] for _ in commands]
    for at in range(repetitions + 1):
        for command, times in zip(commands, found, strict=True):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if at:
                times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return [Times(tuple(times)) for times in found]


class Comparison(Struct, frozen=True):
    """Ours beside a peer's: what each was asked to do, and below which ratio ours is promised to stay, if it is."""

    title: str
    peer: str
    ours: str
    peer_times: Times
    our_times: Times
    promised: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        return self.our_times.least / self.peer_times.least

    def lines(self) -> list[str]:
        median = self.our_times.median / self.peer_times.median
        verdict = ""
        if self.promised is not None:
            verdict = f"   promised < {self.promised:g}: {'kept' if self.ratio < self.promised else 'NOT KEPT'}"
        return [
            self.title,
            f"  peer  {self.peer_times.told()}   {self.peer}",
            f"  ours  {self.our_times.told()}   {self.ours}",
            f"  ratio {self.ratio:.2f} (of medians {median:.2f}){verdict}",
            *(f"  {note}" for note in self.notes),
        ]
