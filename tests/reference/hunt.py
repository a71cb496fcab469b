"""Documents that are worked out once and judged often: what this evaluator makes of them is kept in a file.

`python -m tests.reference.hunt FILE` decides them with whichever evaluator Python finds first, and ends with 1 where
one disagrees, which it shows.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from tests.reference.documents import document
from tests.reference.judged import disagreements, wanted
from tests.reference.trials import accepted


def prepare(path: Path, seeds: range) -> None:
    """Keeps the accepted documents of some seeds with what should come out."""
    kept = [(found.policy, given, wanted(found.policy, given)) for given, found in map(accepted, map(document, seeds))
            if found.policy is not None]  # fmt: skip
    path.write_bytes(pickle.dumps(kept))


def judge(path: Path) -> str:
    """The first disagreement; empty if there is none."""
    for policy, given, ours in pickle.loads(path.read_bytes()):
        if seen := disagreements(policy, given, ours):
            return f"document {given.seed}: {seen[0]}"
    return ""


if __name__ == "__main__":
    shown = judge(Path(sys.argv[1]))
    sys.stdout.write(shown + "\n")
    sys.exit(1 if shown else 0)
