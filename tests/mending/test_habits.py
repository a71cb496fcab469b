"""What people type, in documents that are otherwise sound: the offered lines say what they mean."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dsl import pipeline
from policy.source import Source
from tests.mending.robot import mended, open_codes, same_meaning

HABITS: dict[str, list[dict[str, str]]] = yaml.safe_load(Path(__file__).with_name("habits.yaml").read_text("utf-8"))
BASE = {
    "zh": """政策 “例子”
选项 档 = 优秀 > 合格
数据 员工：
    工号：文本，主键
    笔试：数 0..100 分，1 位小数
    面试：数 0..100 分，1 位小数
    完成率：数 0..300 %，1 位小数
    存款：数 0..1000 万元，2 位小数
    入职日期：日期
    党员：是否
数据 课程：
    员工：员工，归属
    类别：选项 (内训、外训、线上)
    学时：数 0..200 学时，1 位小数
    成绩：整数 0..100 分
""",
    "en": """policy "Example"
choice band = best > fair
data person:
    id: text, key
    written: number 0..100 points, 1 decimal
    oral: number 0..100 points, 1 decimal
    completion: number 0..300 %, 1 decimal
    hired: date
    member: yes or no
data course:
    person: person, belongs
    kind: choice (inside, outside)
    hours: number 0..200 hours, 1 decimal
    mark: whole 0..100 points
""",
}
RESULT = {"zh": "结果 {names}\n", "en": "result {names}\n"}
NAME = re.compile(
    r"^(?:\S+ )?(甲|乙|档|x|band)(?=\s*[:：=]|\s+(?:依次|in order|满分|out of|全部|all of|累进|分段累进))", re.MULTILINE
)


def document(language: str, lines: str) -> str:
    names = list(dict.fromkeys(NAME.findall(lines)))
    joint = "，" if language == "zh" else ", "
    return BASE[language] + lines + "\n" + RESULT[language].format(names=joint.join(names))


def told(text: str) -> str:
    found = pipeline.compile_text(Source("broken.policy", text))
    return " ".join(f"{d.code}:{d.span.line}" for d in found.diagnostics)


EACH = [
    pytest.param(language, habit, id=f"{language}-{number}")
    for language, habits in HABITS.items()
    for number, habit in enumerate(habits, 1)
]


@pytest.mark.parametrize(("language", "habit"), EACH)
def test_what_is_typed_is_mended_as_meant(language: str, habit: dict[str, Any]) -> None:
    text = document(language, habit["typed"])
    found = mended(text)
    if "none" in habit:
        assert open_codes(found), "no line can be offered, so something must be said"
        assert habit["none"] in ("", *open_codes(found)), told(text)
        return
    meant = pipeline.compile_text(Source("meant.policy", document(language, habit["meant"])))
    assert meant.policy is not None, [(d.code, d.arguments) for d in meant.diagnostics]
    assert open_codes(found) == open_codes(meant), told(text)
    assert found.policy is not None
    assert same_meaning(found.policy, meant.policy)
