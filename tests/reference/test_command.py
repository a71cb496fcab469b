"""Documents at random through the command: files read, everyone decided, in a process of its own."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policy import core
from policy.numerals import in_unit
from policy.reads import records_read
from policy.types import Number
from policy.values import Missing, Period
from tests.cli.command import Ended, wrote, zhunsheng
from tests.reference import deciding
from tests.reference.documents import Document, document
from tests.reference.trials import accepted

SEEDS = range(1000, 1012)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_command_decides_likewise(seed: int, tmp_path: Path) -> None:
    given, found = accepted(document(seed))
    if found.policy is None or not given.data[found.policy.main.name]:
        return
    ended = run(found.policy, given, tmp_path, "--as-of", given.as_of.isoformat())
    shown = {case["key"]: case["outcome"] for case in json.loads(ended.out)["decisions"]}
    assert shown == {case.key: case.outcome for case in deciding.decide(found.policy, given.data, given.as_of)}
    undated = run(found.policy, given, tmp_path)
    assert ("ZS912" in undated.out) is found.policy.dated


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_of_nobody_is_named(seed: int, tmp_path: Path) -> None:
    given, found = accepted(document(seed))
    if found.policy is None or not given.data[found.policy.main.name]:
        return
    for record in found.policy.records:
        owner = next(
            (f.name for f in record.fields if getattr(f.type.kind, "record", "") == found.policy.main.name), ""
        )
        rows = given.data[record.name]
        if owner and rows and record.name in records_read(found.policy):
            strange = given.with_data({**given.data, record.name: [*rows, {**rows[0], owner: "stranger7"}]})
            ended = run(found.policy, strange, tmp_path, "--as-of", given.as_of.isoformat())
            assert ended.code == 3
            assert "stranger7" in ended.out


def run(policy: core.Policy, given: Document, folder: Path, *words: str) -> Ended:
    text = wrote(folder, "random.policy", given.text)
    files = [f"{record.name}={table(record, given, folder / f'{at}.csv')}" for at, record in enumerate(policy.records)]
    return zhunsheng("run", text, *files, "--format", "json", *words)


def table(record: core.Record, given: Document, path: Path) -> Path:
    """A record's rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow([field.header for field in record.fields])
        write.writerows([cell(row[field.name], field) for field in record.fields] for row in given.data[record.name])
    return path


def cell(value: Any, field: core.Field) -> str:
    match value:
        case Missing(_, code):
            return str(code)
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case Period(year, part, grain):
            return f"{year}" if grain == "year" else f"{year}Q{part}" if grain == "quarter" else f"{year}-{part:02}"
        case str():
            return value
    kind = field.type.kind
    return in_unit(value, kind.unit if isinstance(kind, Number) else None)
