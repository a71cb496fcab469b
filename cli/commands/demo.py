"""`zhunsheng demo`: the shipped selection policy on its data: checked, run, one person explained, one change simulated."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from cli import session, terminal
from cli.speech import chosen

WORDS = {
    "zh": (
        "一、检查政策（原文自相矛盾之处，检查得出，已注明认可）",
        "二、裁定 90 名候选人",
        "三、{who}为什么是这一档",
        "四、如果合格线由 60 分改为 55 分",
        "接下来，换成您自己的文件：",
    ),
    "en": (
        "1. Check the policy (where the source contradicts itself is found, and accepted with reasons)",
        "2. Decide 90 candidates",
        "3. Why {who} is in this grade",
        "4. If the pass mark went from 60 to 55 points",
        "Next, with your own files:",
    ),
}
PARAMETER = {"zh": "合格线", "en": "pass_mark"}
NEXT = (
    ("check", "{policy}"),
    ("run", "{policy} {data} -o out.xlsx"),
    ("explain", "{policy} {data} --for H0100008 --why-not {grade}"),
    ("simulate", "{policy} {data} --set {parameter}=55"),
    ("template", "{policy} -o data.xlsx"),
)


def command(
    lang: Annotated[str | None, typer.Option("--lang", help="zh, en")] = None,
    ascii: Annotated[bool, typer.Option("--ascii", help="只用 ASCII 线条 draw with ASCII")] = False,  # noqa: A002
) -> None:
    """演示 Show what the command does, on shipped data."""
    language = chosen(lang)
    with as_file(files("policy").joinpath("library", "selection")) as folder:
        _demonstrated(folder, language, session.Asked(language, ascii=ascii))


def _demonstrated(folder: Path, language: str, asked: session.Asked) -> None:
    from cli.alternatives import alternatives
    from cli.commands.check import told
    from cli.commands.explain import explained_text
    from cli.render import simulation
    from cli.render.run import Shown, show
    from cli.simulating import simulated

    name = "selection.policy" if language == "zh" else "selection.en.policy"
    policy, data = folder / name, str(folder / "candidates.csv")
    _heading(WORDS[language][0])
    opened = session.opened(policy, asked)
    told(policy, opened.loaded, asked, read_back=False)
    _heading(WORDS[language][1])
    run = session.decided(opened, [data], None)
    show(run, Shown(None, False, [], asked.ascii, few=15))
    _heading(WORDS[language][2].format(who="H0100008"))
    terminal.raw(explained_text(run, "H0100008"))
    _heading(WORDS[language][3])
    edit = f"{PARAMETER[language]}=55"
    tried = alternatives(opened, [], session.settings_of([edit], asked), policy, asked)[0]
    simulation.show(simulated(opened, tried, [data], None).found, opened, edit, simulation.Shown(few=8))
    _heading(WORDS[language][4])
    _next(run, policy, data, language)


def _heading(text: str) -> None:
    terminal.line()
    terminal.line(f"== {text} ==")
    terminal.line()


def _next(run: session.Run, policy: Path, data: str, language: str) -> None:
    from policy.types import Choice

    kinds = (d.type.kind for d in run.session.policy.definitions if d.name in run.session.policy.results)
    grade = next(k.values[0] for k in kinds if isinstance(k, Choice))
    quoted = f'"{grade}"' if " " in grade else grade
    for command_name, arguments in NEXT:
        told = arguments.format(policy=policy, data=data, grade=quoted, parameter=PARAMETER[language])
        terminal.line(f"  zhunsheng {command_name} {told}")
