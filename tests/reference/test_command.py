"""Documents at random through the command: files read, everyone decided, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policy import core
from policy.reads import records_read
from tests.cli.command import Ended, wrote, zhunsheng
from tests.reference import deciding, files
from tests.reference.account import taken
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
        rows = taken(found.policy, given.data)[record.name]
        if owner and rows and record.name in records_read(found.policy):
            strange = given.with_data(
                {**given.data, record.name: [*given.data[record.name], {**rows[0], owner: "stranger7"}]}
            )
            ended = run(found.policy, strange, tmp_path, "--as-of", given.as_of.isoformat())
            assert ended.code == 3
            assert "stranger7" in ended.out


def run(policy: core.Policy, given: Document, folder: Path, *words: str) -> Ended:
    text = wrote(folder, "random.policy", given.text)
    return zhunsheng("run", text, *files.written(policy, given, folder), "--format", "json", *words)
