"""JSON and YAML as data, by the items of the list of bad inputs."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from interpreter.reading import DataError, read
from policy.values import Missing
from tests.reading.reading_records import ACCOUNTS, PAIR, STAFF, csv, read_one, rejects, stops, table


def json_file(folder: Path, value: Any) -> Path:
    return csv(folder, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), "数据.json")


def yaml_file(folder: Path, text: str | bytes) -> Path:
    return csv(folder, text, "数据.yaml")


def test_a_list_of_entries(tmp_path: Path) -> None:
    text = '[{"工号": "001", "姓名": "甲", "笔试": 59.9, "行长": true}, {"工号": 2, "姓名": "乙", "系数": 0.1}]'
    first, second = table(json_file(tmp_path, text)).rows
    assert (first.values["笔试"], first.values["行长"]) == (Fraction(599, 10), True)
    assert (second.values["工号"], second.values["系数"], second.values["笔试"]) == (
        "2",
        Fraction(1, 10),
        Missing("笔试"),
    )
    assert second.place.row == 2


def test_lists_by_record(tmp_path: Path) -> None:
    path = json_file(tmp_path, {"职工": [{"工号": "1", "姓名": "甲"}], "账户": []})
    dataset = read([str(path)], (STAFF, ACCOUNTS), "职工")
    assert {name: found.read for name, found in dataset.tables.items()} == {"职工": 1, "账户": 0}


def test_30_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = json_file(tmp_path, {"职工": [{"工号": "1", "姓名": "甲"}], "帐户": []})
    with pytest.raises(DataError) as caught:
        read([str(path)], (STAFF, ACCOUNTS), "职工")
    assert (caught.value.reason.code, dict(caught.value.reason.arguments)["nearest"]) == ("ZS693", "账户")
    error = stops(json_file(tmp_path, [{"工号": "1", "姓名": "甲"}, {"工号": "2", "姓名": "乙", "比试": 5}]), "ZS692")
    assert dict(error.reason.arguments) == {"record": "职工", "name": "比试", "nearest": "笔试"}
    yaml = tmp_path / "数据.yaml"
    yaml.write_text("- {工号: 1, 姓名: 甲, 笔是: 5}\n", encoding="utf-8")
    assert dict(stops(yaml, "ZS692").reason.arguments)["nearest"] == "笔试"


def test_a_key_written_with_an_exponent_is_no_key(tmp_path: Path) -> None:
    found = table(json_file(tmp_path, '[{"工号": 3.30102e17, "姓名": "甲"}, {"工号": 330102, "姓名": "乙"}]'))
    assert rejects(found) == [(1, "工号", "ZS738")]


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("1e2", 100),
        ("1.5E-1", Fraction(3, 20)),
        ("1e309", "ZS708"),
        ("1e999999999", "ZS708"),
        ("9" * 6000, "ZS732"),
        ("[1]", "ZS730"),
        ('{"a": 1}', "ZS730"),
        ("true", "ZS708"),
    ],
)
def test_50_numbers(tmp_path: Path, number: str, value: Any) -> None:
    found = table(json_file(tmp_path, f'[{{"工号": "1", "姓名": "甲", "系数": {number}}}]'))
    assert (found.rejected[0].reason.code if found.rejected else found.rows[0].values["系数"]) == value


def test_61_empty_text_is_not_missing(tmp_path: Path) -> None:
    rows = [
        {"工号": "1", "姓名": "", "备注": "", "笔试": ""},
        {"工号": "2", "姓名": None},
        {"工号": "", "姓名": "丙"},
    ]
    found = table(json_file(tmp_path, rows))
    assert (found.rows[0].values["姓名"], found.rows[0].values["备注"]) == ("", "")
    assert found.rows[0].values["笔试"] == Missing("笔试")
    assert rejects(found) == [(2, "姓名", "ZS701"), (3, "工号", "ZS702")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"工号": "1", "工号": "2"}]', "ZS631"),
        ('[{"工号": NaN}]', "ZS633"),
        ('[{"工号": -Infinity}]', "ZS633"),
        ('[{"工号": "1"', "ZS630"),
        ("[" * 200_000, "ZS632"),
        ('{"a":' * 200_000, "ZS632"),
        ('{"a": 1}', "ZS634"),
        ("5", "ZS634"),
        ("  ", "ZS605"),
        ('[{"甲": 1}]', "ZS613"),
    ],
)
def test_json_that_stops(tmp_path: Path, text: str, code: str) -> None:
    stops(json_file(tmp_path, text), code)


def test_entries_that_are_none_are_set_aside(tmp_path: Path) -> None:
    found = table(json_file(tmp_path, '[{"工号": "1", "姓名": "甲"}, 5, [1], null]'))
    assert rejects(found) == [(2, "", "ZS731"), (3, "", "ZS731"), (4, "", "ZS731")]
    assert rejects(table(json_file(tmp_path, "[1, 2]"), PAIR)) == [(1, "", "ZS731"), (2, "", "ZS731")]


def test_29_yaml_words_stay_words(tmp_path: Path) -> None:
    text = "- {工号: 012, 姓名: no, 备注: 1:30, 行长: no}\n- 工号: 'x'\n  姓名: on\n  笔试: 59.9\n  备注: ~\n"
    first, second = table(yaml_file(tmp_path, text)).rows
    assert [first.values[name] for name in ("工号", "姓名", "备注", "行长")] == ["012", "no", "1:30", False]
    assert (second.values["姓名"], second.values["笔试"], second.place.row) == ("on", Fraction(599, 10), 2)
    assert second.values["备注"] == Missing("备注")


BOMB = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- !!python/object/apply:os.system [echo]", "ZS636"),
        (BOMB, "ZS635"),
        ("&a [*a]", "ZS635"),
        ("[" * 200_000, "ZS632"),
        ("- " * 50_000, "ZS632"),
        ("- {工号: 1, 工号: 2}", "ZS631"),
        ("- {工号: .inf}", "ZS633"),
        ("- {工号: .NaN}", "ZS633"),
        ("- {[a]: 1}", "ZS634"),
        ("a: 1", "ZS634"),
        ("- a: 1\n---\n- a: 2\n", "ZS634"),
        ('- "\\UFFFFFFFF"', "ZS630"),
        ("- {工号: 1", "ZS630"),
        ("- a\n\tb: c", "ZS630"),
        ("\x01", "ZS630"),
        ("# nur ein Wort\n", "ZS634"),
    ],
)
def test_25_to_31_yaml_that_stops(tmp_path: Path, text: str, code: str) -> None:
    stops(yaml_file(tmp_path, text), code)


def test_both_forms_agree(tmp_path: Path) -> None:
    rows = {"职工": [{"工号": "1", "姓名": "甲", "笔试": "8.5"}]}
    one, two = json_file(tmp_path, rows), yaml_file(tmp_path, yaml.safe_dump(rows, allow_unicode=True))
    assert table(one).rows[0].values == table(two).rows[0].values
    assert read_one(two).tables["职工"].rows[0].place.sheet == "职工"
