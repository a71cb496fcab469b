"""The command from a cold start, as a process, beside one that only imports the libraries it stands on."""

from __future__ import annotations

import compileall
import sys
from pathlib import Path

from benchmarks import people
from benchmarks.measuring import Comparison, processes

ROOT = Path(__file__).parents[1]
PEER = [sys.executable, "-c", "import lark, rich, typer"]
OURS = [sys.executable, "-m", "zhunsheng"]


def compared(repetitions: int) -> list[Comparison]:
    """`check` and `run`, each beside the same peer; sources are compiled first, as `make install` leaves them."""
    for folder in ("policy", "dsl", "interpreter", "cli", "zhunsheng"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    check = [*OURS, "check", str(people.POLICY)]
    run = [*OURS, "run", str(people.POLICY), str(people.CANDIDATES)]
    peer, checked, ran = processes([PEER, check, run], repetitions)
    asked = 'python -c "import lark, rich, typer"'
    return [
        Comparison("cold start: check", asked, "check the selection policy", peer, checked, 2.5),
        Comparison("cold start: run", asked, "run it over the 90 candidates, table on stdout", peer, ran, 3.0),
    ]
