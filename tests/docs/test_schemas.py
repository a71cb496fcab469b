"""The published schemas are those of what is written, and what is written keeps to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docs.build_schemas import FOLDER, SCHEMAS, text_of
from tests.cli.command import zhunsheng
from tests.explaining.test_everyone import SHIPPED

COMMITTEE = FOLDER.parent / "committee"
RULES = {
    "zh": (COMMITTEE / "zh" / "奖金办法.policy", COMMITTEE / "zh" / "员工.csv", ("甲案", "丙案"), "支行", "性别", "合格线", "基数"),
    "en": (COMMITTEE / "en" / "bonus.policy", COMMITTEE / "en" / "employee.csv", ("a", "c"), "branch", "sex", "pass_mark", "base_pay"),
}  # fmt: skip


def valid(name: str, given: Any) -> None:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    form = given[0] if isinstance(given, list) else given
    validator = Draft202012Validator(schema)
    errors = sorted(validator.iter_errors(given), key=str)
    assert not errors, (
        f"{list(form)}: {[context.message for error in errors for context in error.context or [error]][:4]}"
    )


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_is_up_to_date(name: str) -> None:
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == text_of(name), "run docs/build_schemas.py"
    Draft202012Validator.check_schema(json.loads(text_of(name)))


@pytest.mark.parametrize(("policy", "data", "as_of"), SHIPPED)
def test_explanations_keep_to_it(policy: Path, data: list[str], as_of: str | None, tmp_path: Path) -> None:
    day = ("--as-of", as_of) if as_of else ()
    ended = zhunsheng("explain", policy, *data, *day, "--all", "--format", "json", "-o", tmp_path / "all")
    assert ended.code in (0, 3), ended.err
    files = sorted((tmp_path / "all").glob("*.json"))
    assert files
    for each in files:
        valid("explanation", json.loads(each.read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("way", range(9))
def test_simulations_keep_to_it(language: str, way: int) -> None:
    policy, data, amendments, branch, sex, mark, base = RULES[language]
    one, other = (policy.with_name(f"{name}.policy") for name in amendments)
    options = (
        ("--against", one, "--set", f"{base}=1100", "--by", branch, "--fair", sex),
        ("--against", other),
        ("--against", one, "--against", other),
        ("--sweep", f"{mark}=50..70"),
        ("--sweep", f"{mark}=50..70", "--goal", f"{'三级' if language == 'zh' else 'third'} = 1"),
        ("--sweep", f"{mark}=50..70:5", "--sweep", f"{base}=900..1100:100"),
        ("--fair", sex, "--near", f"{'总分' if language == 'zh' else 'total'}=2"),
        ("--set", f"{mark}=999"),
        ("--people", "30", "--set", f"{mark}=55"),
    )[way]
    given = () if "--people" in options else (data,)
    ended = zhunsheng("simulate", policy, *given, *options, "--format", "json", "--lang", language)
    if ended.code in (0, 3):
        valid("simulation", json.loads(ended.out))
    else:
        assert way == 7, ended.err
