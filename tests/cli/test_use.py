"""Use of the command: exit codes, options, languages, and files that are not what they should be."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import CANDIDATES, COMMAND, EXAM, PEOPLE, ZH, environment, wrote, zhunsheng


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    wrote(tmp_path, "people.csv", PEOPLE)
    return wrote(tmp_path, "exam.policy", EXAM)


# -- exit codes -----------------------------------------------------------------------------------------------------


def test_everything_decided_is_0(exam: Path, tmp_path: Path) -> None:
    ended = zhunsheng("run", exam, tmp_path / "people.csv")
    assert (ended.code, ended.last) == (0, "核对：读入 2 = 决定 2 + 转人工 0 + 未决 0 + 搁置 0")


@pytest.mark.parametrize("command", ["check", "run", "template", "test"])
def test_a_policy_with_errors_is_1(tmp_path: Path, command: str) -> None:
    policy = wrote(tmp_path, "bad.policy", EXAM.replace("分数 ≥ 线", "分 ≥ 线"))
    data = [wrote(tmp_path, "people.csv", PEOPLE)] if command == "run" else []
    ended = zhunsheng(command, policy, *data)
    assert ended.code == 1
    assert "bad.policy:7:" in ended.out + ended.err


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("003,丙,", "读入 3 = 决定 2 + 转人工 0 + 未决 1 + 搁置 0"),
        ("003,丙,缺考", "读入 3 = 决定 2 + 转人工 0 + 未决 1 + 搁置 0"),
        ("003,丙,很好", "读入 3 = 决定 2 + 转人工 0 + 未决 0 + 搁置 1"),
        ("002,丙,60", "读入 3 = 决定 1 + 转人工 0 + 未决 0 + 搁置 2"),
    ],
)
def test_open_cases_are_3_and_all_are_counted(exam: Path, tmp_path: Path, row: str, line: str) -> None:
    ended = zhunsheng("run", exam, wrote(tmp_path, "more.csv", PEOPLE + row + "\n"))
    assert (ended.code, ended.last) == (3, "核对：" + line)


def test_a_choice_that_nobody_has_takes_no_line(tmp_path: Path) -> None:
    graded = EXAM.replace("结果 分数", "定义 档：\n    当 合格：甲等\n    否则：乙等\n结果 档").replace(
        "数据 人：", "选项 档 = 甲等 > 乙等\n数据 人："
    )
    policy = wrote(tmp_path, "graded.policy", graded)
    lines = [
        zhunsheng("run", policy, wrote(tmp_path, "p.csv", text)).out.splitlines()
        for text in (PEOPLE, "编号,姓名,分数\n001,甲,\n")
    ]
    assert [[line for line in each if line.startswith("档")] for each in lines] == [["档  甲等 1  乙等 1"], []]


def test_a_row_that_stands_there_twice_counts_once(exam: Path, tmp_path: Path) -> None:
    ended = zhunsheng("run", exam, wrote(tmp_path, "twice.csv", PEOPLE + "002,乙,59.9\n"))
    assert ended.code == 0
    assert ended.last.startswith("核对：读入 2 = 决定 2 + 转人工 0 + 未决 0 + 搁置 0；")


@pytest.mark.parametrize(
    "words",
    [
        ["nope"],
        ["run"],
        ["run", "exam.policy"],
        ["run", "exam.policy", "people.csv", "--nope"],
        ["run", "exam.policy", "people.csv", "--format", "xml"],
        ["run", "exam.policy", "people.csv", "--engine", "fast"],
        ["run", "exam.policy", "people.csv", "--engine", "batch"],
        ["run", "exam.policy", "people.csv", "--set", "线"],
        ["run", "exam.policy", "people.csv", "--as-of", "2025-13-01"],
        ["run", "exam.policy", "nobody=people.csv"],
        ["run", "exam.policy", "none.csv"],
        ["run", "none.policy", "people.csv"],
        ["run", ".", "people.csv"],
        ["run", "exam.policy", "exam.policy"],
        ["run", "exam.policy", "y" * 300 + ".csv"],
        ["check", "none.policy"],
        ["check", "."],
        ["check", "exam.policy", "--format", "xml"],
        ["template", "exam.policy", "--format", "xml"],
        ["template", "exam.policy", "-o", "data.json"],
        ["simulate", "exam.policy", "people.csv"],
        ["explain", "exam.policy", "people.csv", "--for", "nobody"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_2(exam: Path, tmp_path: Path, words: list[str]) -> None:
    ended = zhunsheng(*words, cwd=tmp_path)
    assert ended.code == 2
    assert ended.err.strip()


def test_a_document_of_another_kind_is_no_policy(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "scheme.docx")  # an archive, as every .docx is
    ended = zhunsheng("check", tmp_path / "scheme.docx")
    assert ended.code in (1, 2)
    assert "scheme.docx" in ended.out + ended.err


# -- options --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["线=59.9", "线=59.9 分", "线＝59.9", " 线 = 59.9 分 "])
def test_a_parameter_is_set(exam: Path, tmp_path: Path, given: str) -> None:
    ended = zhunsheng("run", exam, tmp_path / "people.csv", "--set", given, "--format", "json")
    assert [case["results"]["合格"] for case in json.loads(ended.out)["decisions"]] == ["是", "是"]


@pytest.mark.parametrize("given", ["县=55", "线=高", "线=55 元"])
def test_a_setting_that_cannot_be_stops_everything(exam: Path, tmp_path: Path, given: str) -> None:
    ended = zhunsheng("run", exam, tmp_path / "people.csv", "--set", given, "-o", tmp_path / "out.csv")
    assert ended.code in (1, 2)
    assert ended.err.strip()
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", ZH),
        ("run", ZH, CANDIDATES),
        ("simulate", ZH, CANDIDATES, "--set", "合格线=55"),
        ("explain", ZH, CANDIDATES, "--for", "H0100008"),
        ("test", ZH),
        ("template", ZH),
        ("codes",),
        ("run", "none.policy", CANDIDATES),
        ("run", ZH, "none.csv"),
    ],
    ids=lambda words: f"{words[0]}-{len(words)}",
)
def test_json_is_json(words: tuple[str | Path, ...]) -> None:
    ended = zhunsheng(*words, "--format", "json")
    assert json.loads(ended.out)
    assert not ended.err


def test_json_holds_the_whole_run(exam: Path, tmp_path: Path) -> None:
    told = json.loads(zhunsheng("run", exam, tmp_path / "people.csv", "--format", "json").out)
    assert told["counts"] == {"read": 2, "decided": 2, "referred": 0, "undecided": 0, "rejected": 0, "repeats": 0}
    assert told["decisions"][1]["results"] == {"分数": "59.9", "合格": "否"}


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_nothing_is_coloured_where_nobody_looks(tmp_path: Path, more: dict[str, str]) -> None:
    policy = wrote(tmp_path, "bad.policy", EXAM.replace("分数 ≥ 线", "分 ≥ 线"))
    assert "\x1b" not in zhunsheng("check", policy, **more).out


def test_no_color_is_honoured_where_colours_are_forced(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "bad.policy", EXAM.replace("分数 ≥ 线", "分 ≥ 线"))
    assert "\x1b[1;31m" in zhunsheng("check", policy, FORCE_COLOR="1", TERM="xterm-256color").out
    shown = zhunsheng("check", policy, FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1").out
    assert "31m" not in shown


@pytest.mark.parametrize("command", ["check", "run", "simulate", "template"])
def test_ascii_draws_no_lines_of_its_own(command: str, exam: Path, tmp_path: Path) -> None:
    bad = wrote(tmp_path, "bad.policy", EXAM.replace("分数 ≥ 线", "分 ≥ 线"))
    more = {"run": [tmp_path / "people.csv"], "simulate": [tmp_path / "people.csv", "--set", "线=59"]}
    ended = zhunsheng(command, bad if command == "check" else exam, *more.get(command, []), "--ascii")
    assert not set("─│┌└├╭╰") & set(ended.out + ended.err)


# -- languages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "more", "language"),
    [
        ([], {}, "zh"),
        (["--lang", "en"], {}, "en"),
        (["--lang", "zh"], {"ZHUNSHENG_LANG": "en"}, "zh"),
        ([], {"ZHUNSHENG_LANG": "en"}, "en"),
        ([], {"ZHUNSHENG_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
    ],
)
def test_messages_follow_the_reader_and_results_the_document(
    exam: Path, tmp_path: Path, words: list[str], more: dict[str, str], language: str
) -> None:
    ended = zhunsheng("run", exam, tmp_path / "people.csv", *words, **more)
    assert ended.last.startswith("核对：" if language == "zh" else "reconciled: ")
    assert "合格" in ended.out
    assert "  否" in ended.out


def test_an_encoding_without_chinese_ends_nothing(exam: Path, tmp_path: Path) -> None:
    ended = zhunsheng("run", exam, tmp_path / "people.csv", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ended.code == 0
    assert "59.9" in ended.out


# -- outputs that close ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("run", ZH, CANDIDATES), ("run", ZH, CANDIDATES, "--format", "json"), ("check", ZH)])
def test_a_reader_that_leaves_is_no_fault(words: tuple[str | Path, ...]) -> None:
    running = subprocess.Popen(
        [*COMMAND, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait() == 0


def test_an_output_that_is_full_is_told() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        ran = subprocess.run(
            [*COMMAND, "run", ZH, CANDIDATES], stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"zhunsheng: ")
    assert ran.stderr.count(b"\n") == 1


def test_a_closed_output_is_no_fault(exam: Path, tmp_path: Path) -> None:
    line = " ".join([*COMMAND, "run", str(exam), str(tmp_path / "people.csv"), ">&-"])
    ran = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_more_than_ninety_nine_steps_are_numbered(tmp_path: Path) -> None:
    lines = [f"定义 步{n} = {f'步{n - 1}' if n else '分'} + 1" for n in range(120)]
    head = "政策 “长链”\n数据 人：\n    号：文本，主键\n    分：数 0..9 分，1 位小数\n"
    policy = wrote(tmp_path, "long.policy", head + "\n".join(lines) + "\n结果 步119\n")
    ended = zhunsheng("explain", policy, wrote(tmp_path, "人.csv", "号,分\na,1\n"), "--for", "a")
    assert (ended.code, "120、步" in ended.out) == (0, True)


def test_quotas_are_told_with_the_signs_of_the_language(tmp_path: Path) -> None:
    policy = wrote(
        tmp_path,
        "quota.policy",
        'policy "Places"\nchoice grade = good > fair\ndata staff:\n    id: text, key\n    branch: text\n'
        "    mark: number 0..9 points, 1 decimal, optional\nquota award same branch:\n    by mark highest first\n"
        "    good at most 1 place\n    otherwise: fair\n    ties at the cut all in\n    overflow dropped\n"
        "    vacancies stay empty\n    missing undecided\nresult award\n",
    )
    ended = zhunsheng("run", policy, wrote(tmp_path, "staff.csv", "id,branch,mark\na,x,1\nb,x,\n"), "--lang", "en")
    assert "award (x): 1 case" in ended.out or "award (x): 1 cases" in ended.out
    assert not set("（）、，") & set(ended.out)


def test_a_day_that_no_line_covers_is_named(tmp_path: Path) -> None:
    text = "政策 “线”\n数据 人：\n    号：文本，主键\n参数 线 按 基准日：\n    自 2024-07：60 分\n结果 线\n"
    policy, people = wrote(tmp_path, "线.policy", text), wrote(tmp_path, "人.csv", "号\na\n")
    assert "没有一种情形适用（基准日 = 2024-06-01）" in zhunsheng("run", policy, people, "--as-of=2024-06-01").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["coverage", "x.policy"], "少了选项“--source”"),
        (["chek", "x.policy"], "没有“chek”这个命令，是不是“check”？"),
        (["check", "--frmat", "json", "x.policy"], "没有“--frmat”这个选项，是不是“--format”？"),
        (["run"], "少了“POLICY”"),
        (["run", "x.policy", "x.csv", "--set"], "选项“--set”后面要写一个值"),
        (["codes", "A", "B"], "多了“B”"),
    ],
)
def test_wrong_use_is_told_in_the_language_of_messages(words: list[str], said: str) -> None:
    ended = zhunsheng(*words, ZHUNSHENG_LANG="zh")
    assert ended.code == 2
    assert said in ended.err
    assert "Missing" not in ended.err + ended.out
    english = zhunsheng(*words, ZHUNSHENG_LANG="en")
    assert english.code == 2
    assert "Error" in english.err
