"""Decides documents at random until one disagrees: `python -m tests.reference.hunt FIRST COUNT [TRIAL]`.

Ends with 1 where it found one, which it shows. The evaluator under test is whichever Python finds first.
"""

from __future__ import annotations

import sys

from tests.reference.documents import document
from tests.reference.trials import accepted, tried

EVALUATORS = "the other evaluator"


def hunt(first: int, count: int, trial: str = EVALUATORS) -> str:
    """The first disagreement among some documents; empty if there is none."""
    for seed in range(first, first + count):
        given, found = accepted(document(seed))
        if found.policy is not None and (seen := tried(trial, found.policy, given)):
            return f"document {seed}: {seen[0]}"
    return ""


def main(words: list[str]) -> int:
    shown = hunt(int(words[0]), int(words[1]), *words[2:])
    sys.stdout.write(shown + "\n")
    return 1 if shown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
