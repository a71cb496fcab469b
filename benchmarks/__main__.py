"""`python -m benchmarks [deciding] [starting] [reading] [allocating]`: all or some; exit code 1 if a promise breaks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks.measuring import Comparison


def deciding() -> list[Comparison]:
    from benchmarks.deciding import compared

    return [compared(repetitions=15)]


def starting() -> list[Comparison]:
    from benchmarks.starting import compared

    return compared(repetitions=9)


def reading() -> list[Comparison]:
    from benchmarks.loading import compared

    return [compared(repetitions=3)]


def allocating() -> list[Comparison]:
    from benchmarks.allocating import compared

    return compared(repetitions=3)


ALL: dict[str, Callable[[], list[Comparison]]] = {
    "deciding": deciding,
    "starting": starting,
    "reading": reading,
    "allocating": allocating,
}


def main(wanted: Sequence[str]) -> int:
    unknown = [name for name in wanted if name not in ALL]
    if unknown:
        sys.stderr.write(f"no benchmark called {', '.join(unknown)}; there are {', '.join(ALL)}\n")
        return 2
    kept = True
    sys.stdout.write("CPU time of one machine in one run: compare within it only.\n")
    for name in wanted or ALL:
        for comparison in ALL[name]():
            sys.stdout.write("\n" + "\n".join(comparison.lines()) + "\n")
            sys.stdout.flush()
            kept = kept and (comparison.promised is None or comparison.ratio < comparison.promised)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
