"""A hundred thousand rows of CSV read, judged cell by cell, beside csv.DictReader and a Fraction a number."""

from __future__ import annotations

import csv
import tempfile
from fractions import Fraction
from pathlib import Path

from benchmarks import people
from benchmarks.measuring import Comparison, side_by_side
from dsl import pipeline
from interpreter.reading import Dataset, read
from policy.types import Number

COUNT = 100_000


def compared(repetitions: int) -> Comparison:
    """Both measured over the same file, after the number of rows was found equal."""
    policy = pipeline.load(people.POLICY).policy
    assert policy is not None, "the selection policy has errors"
    numbers = {field.header for field in policy.main.fields if isinstance(field.type.kind, Number)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "candidates.csv"
        people.write(path, COUNT)

        def ours() -> Dataset:
            return read([str(path)], policy.records, policy.main.name)

        def plain() -> list[dict[str, str | Fraction]]:
            return _plain(path, numbers)

        assert len(ours().tables[policy.main.name].rows) == len(plain()) == COUNT, "the two read different rows"
        peer_times, our_times = side_by_side([plain, ours], repetitions)
    return Comparison(
        f"reading {COUNT:,} rows of CSV, {len(numbers)} numbers in each",
        "csv.DictReader and fractions.Fraction(cell) for each number",
        "read(): encoding, titles, type, range, decimals and words of every cell; ids held against each other",
        peer_times,
        our_times,
    )


def _plain(path: Path, numbers: set[str]) -> list[dict[str, str | Fraction]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {title: Fraction(cell) if title in numbers else cell for title, cell in row.items()}
            for row in csv.DictReader(file)
        ]
