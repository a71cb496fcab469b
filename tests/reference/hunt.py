"""Documents that are worked out once and judged often: what this evaluator makes of them is kept in a file.

`python -m tests.reference.hunt FILE SEED...` decides those of some seeds (all, if none is named) with whichever
evaluator Python finds first; `python -m tests.reference.hunt --trial NAME SEED...` puts documents through a trial, from
their text on. Both end with 1 where one disagrees, which they show.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.reference.documents import document
from tests.reference.judged import disagreements, wanted
from tests.reference.trials import accepted, tried


def prepare(path: Path, seeds: Iterable[int]) -> None:
    """Keeps the accepted documents of some seeds with what should come out."""
    kept = [(found.policy, given, wanted(found.policy, given)) for given, found in map(accepted, map(document, seeds))
            if found.policy is not None]  # fmt: skip
    path.write_bytes(pickle.dumps(kept))


def judge(path: Path, seeds: set[int]) -> str:
    """The first disagreement; empty if there is none."""
    for policy, given, ours in pickle.loads(path.read_bytes()):
        if seeds and given.seed not in seeds:
            continue
        if seen := disagreements(policy, given, ours):
            return f"document {given.seed}: {seen[0]}"
    return ""


def put_through(trial: str, seeds: list[int]) -> str:
    """The same of documents that are written, checked and put through a trial anew."""
    for given, found in map(accepted, map(document, seeds)):
        seen = tried(trial, found.policy, given) if found.policy is not None else []
        if seen or found.crash:
            return f"document {given.seed}: {found.crash or seen[0]}"
    return ""


if __name__ == "__main__":
    if sys.argv[1] == "--trial":
        shown = put_through(sys.argv[2], [int(seed) for seed in sys.argv[3:]])
    else:
        shown = judge(Path(sys.argv[1]), {int(seed) for seed in sys.argv[2:]})
    sys.stdout.write(shown + "\n")
    sys.exit(1 if shown else 0)
