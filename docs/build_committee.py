"""The questions of a committee, each with its command and what the command says: `python docs/build_committee.py`.

Documents and data stand in `docs/committee/`. Of each output the parts that answer the question are shown as they are;
a test writes the pages again and compares.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
FOLDERS = {"zh": DOCS / "committee" / "zh", "en": DOCS / "committee" / "en"}
PAGES = {"zh": DOCS / "committee.zh.md", "en": DOCS / "committee.md"}
RULES = {"zh": "奖金办法.policy 员工.csv", "en": "bonus.policy employee.csv"}
TRIED = {"zh": ("甲案.policy", "乙案.policy", "丙案.policy"), "en": ("a.policy", "b.policy", "c.policy")}

# The question in Chinese and English; the options; where the parts shown start, in Chinese and English.
QUESTIONS: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("多少人会变？是规则改的，还是别人动了？", "How many change, by the rule or as others moved?", "simulate", "--against {b}", ("模拟",), ("simulation",)),
    ("各等级各多少人？", "How many in each grade?", "simulate", "--against {b}", ("等级 ",), ("grade ",)),
    ("从哪一级到哪一级？", "From where to where?", "simulate", "--against {b}", ("由（行）",), ("from (row)",)),
    ("都是谁？", "Who?", "simulate", "--against {b}", ("工号",), ("id ",)),
    ("升还是降？多拿还是少拿？只有名次变的多少？", "Up or down, more or less, or the place alone?", "simulate", "--against {a}", ("模拟",), ("simulation",)),
    ("一共多花多少钱？各等级多花多少？", "What does it cost, and in each grade?", "simulate", "--against {b}", ("数 ", "奖金（元） 按"), ("number", "bonus (yuan) by")),
    ("平均和中位数有什么变化？变动最大的是谁？", "How do average and median move, and who moves the most?", "simulate", "--against {a}", ("数 ", "模拟"), ("number", "simulation")),
    ("各支行多少人会变，多花多少？", "How many change in each branch, and at what cost?", "simulate", "--against {b} --by {branch}", ("支行 ", "奖金（元） 按支行"), ("branch ", "bonus (yuan) by branch")),
    ("男女得到的比率相当吗？", "Do women and men fare alike?", "simulate", "--against {b} --fair {sex}", ("按性别",), ("groups by sex",)),
    ("各年龄段呢？", "And by age?", "simulate", "--against {b} --fair {age}=35,45", ("按年龄",), ("groups by age",)),
    ("合格线定多少，正好 5 人评上三级？", "Which pass mark gives five people the third grade?", "simulate", "--sweep {mark}=50..70 --goal {goal}", ("模拟",), ("simulation",)),
    ("合格线到哪个数才有变化？各花多少？", "At which pass marks does anything change, and at what cost?", "simulate", "--sweep {mark}=50..70", ("合格线",), ("pass_mark",)),
    ("每一处改动各改变多少人？", "How many change because of each edit?", "simulate", "--against {a}", ("改动（改变",), ("edit (people",)),
    ("钱变了，各处改动各占多少？", "What part of the money is due to each edit?", "simulate", "--against {a} --set {base}=1100", ("改动（份额",), ("edit (share",)),
    ("新办法再改一个数呢？", "The new text, and another figure on top?", "simulate", "--against {a} --set {mark}=55", ("模拟", "等级 "), ("simulation", "grade ")),
    ("三个方案哪个好？", "Which of three proposals?", "simulate", "--against {a} --against {b} --against {c}", ("   ",), ("   ",)),
    ("谁会变成未定，为什么？", "Who becomes undecided, and why?", "simulate", "--against {c}", ("模拟",), ("simulation",)),
    ("为什么是这个人？", "Why this person?", "explain", "--for 02", ("",), ("",)),
    ("两份办法差在哪里？", "What differs between the versions?", "simulate", "--against {b}", ("模拟",), ("simulation",)),
    ("要带到会上的图表和文件", "Charts and paper for the meeting", "simulate", "--against {b} -o {out}", ("已写入",), ("written",)),
)  # fmt: skip
NAMES = {
    "zh": {"branch": "支行", "sex": "性别", "age": "年龄", "mark": "合格线", "base": "基数", "goal": '"三级人数 = 5"', "out": "试算.html"},
    "en": {"branch": "branch", "sex": "sex", "age": "age", "mark": "pass_mark", "base": "base_pay", "goal": '"third people = 5"', "out": "trial.html"},
}  # fmt: skip
HEADS = {
    "zh": """# 委员会的二十个问题

[English](committee.md)

每个问题一条命令，下面是它的输出里回答这个问题的部分，一字不改。用的是 [committee/zh](committee/zh) 里的办法、名单和三份修订。
""",
    "en": """# Twenty questions of a committee

[中文](committee.zh.md)

A command for each question, and the part of its output that answers it, as it is. The rules, the list and three amendments stand in
[committee/en](committee/en).
""",
}


def pages(out: Path) -> dict[str, str]:
    """Both pages by language; files that commands write go to `out`."""
    return {language: page(language, out) for language in ("zh", "en")}


def page(language: str, out: Path) -> str:
    at = 0 if language == "zh" else 1
    parts = [HEADS[language]]
    a, b, c = TRIED[language]
    for number, question in enumerate(QUESTIONS, 1):
        words = NAMES[language] | {"a": a, "b": b, "c": c}
        rules = RULES[language].split()[0] if question[2] == "amend" else RULES[language]
        command = f"{question[2]} {rules} {question[3].format(**words)}"
        shown = "\n\n".join(answered(command, language, out, question[4 + at]))
        parts.append(f"\n## {number}. {question[at]}\n\n```console\n$ zhunsheng {command}\n{shown}\n```\n")
    return "".join(parts)


def answered(command: str, language: str, out: Path, starts: tuple[str, ...]) -> list[str]:
    """The blocks of an output that start as named; all of it where the start is empty."""
    import shlex

    words = [str(out / w) if w == NAMES[language]["out"] else w for w in shlex.split(command)]
    ended = subprocess.run(
        [sys.executable, "-m", "zhunsheng", *words], cwd=FOLDERS[language], capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(DOCS.parent), "PYTHONUTF8": "1", "COLUMNS": "100", "ZHUNSHENG_LANG": language}, check=False,
    )  # fmt: skip
    if ended.returncode not in (0, 3):
        raise RuntimeError(f"{command}\n{ended.stdout}{ended.stderr}")
    text = ended.stdout.replace(f"{out}{os.sep}", "").rstrip()
    if starts == ("",):
        return [text]
    blocks = text.split("\n\n")
    found = [next(filter(None, (_from(block, start) for block in blocks)), "") for start in starts]
    if not all(found):
        raise RuntimeError(f"{command}: {starts} not in\n{text}")
    return found


def _from(block: str, start: str) -> str:
    """A block from the line that starts as named; empty where none does."""
    lines = [line.rstrip() for line in block.splitlines()]
    first = next((at for at, line in enumerate(lines) if line.startswith(start)), None)
    return "" if first is None else "\n".join(lines[first:])


def main() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as out:
        for language, text in pages(Path(out)).items():
            PAGES[language].write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
