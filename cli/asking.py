"""What `simulate` is asked for: options that are read, and refused where they do not go together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from cli import session, standing, values
from cli.speech import chosen

if TYPE_CHECKING:
    from interpreter.simulating.fairness import Groups
    from policy.units import Exact


def groups_of(text: str, opened: session.Session, option: str) -> tuple[str, Groups]:
    """`支行`, or `年龄=30,40` for bands of a number; `--by` takes the values of a number too."""
    from interpreter.simulating.fairness import banded
    from policy.numerals import decimal
    from policy.types import Number
    from policy.units import whole

    field, _, edges = text.replace("＝", "=").replace("，", ",").partition("=")
    known_field(field.strip(), opened, option)
    kind = next(f.type.kind for f in opened.policy.main.fields if f.name == field.strip())
    factor = kind.unit.factor if isinstance(kind, Number) and kind.unit is not None else 1
    written = [edge.strip() for edge in edges.split(",") if edge.strip()]
    plain = all(standing.PLAIN.fullmatch(edge) for edge in written)
    cut = sorted({whole(Fraction(edge) * Fraction(factor)) for edge in written}) if plain else []
    bare = option == "--by" and not edges.strip()
    if (isinstance(kind, Number) != bool(cut) and not bare) or (edges.strip() and not cut):
        zh = opened.language == "zh"
        why = (
            f"{option} {text}：数要写出分界，如 {field.strip()}=30,40；其他的栏只写名称"
            if zh
            else f"{option} {text}: a number needs edges, as in {field.strip()}=30,40; other fields are named alone"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)

    def number(edge: Exact) -> str:
        return decimal(whole(Fraction(edge) / Fraction(factor)))

    return field.strip(), banded(field.strip(), cut, lambda v: values.plain(v, opened.policy.language), number)


def known_field(by: str, opened: session.Session, option: str) -> None:
    """Ends the command where people have no such field."""
    from dsl.suggest import nearest

    names = [field.name for field in opened.policy.main.fields]
    if by not in names:
        offered = nearest(by, names) or names
        zh = opened.language == "zh"
        known = ("、" if zh else ", ").join(offered)
        why = (
            f"{option} {by}：没有这一栏，可以写 {known}"
            if zh
            else f"{option} {by}: there is no such field; there are {known}"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)


def one_goal(goals: Sequence[str], form: str, asked: session.Asked) -> str | None:
    """The goal, where there is one; ends the command where there are more, or the form of the answer is none."""
    language = chosen(asked.language)
    zh = language == "zh"
    if form not in ("text", "json"):
        why = (
            f"--format {form}：只能是 text、json；网页、工作簿和 Word 请写 -o 试算.html、.xlsx、.docx"
            if zh
            else f"--format {form}: text or json; for a page, a workbook or Word write -o trial.html, .xlsx, .docx"
        )
        session.fault("ZS911", language, asked, why=why)
    if len(goals) > 1:
        why = "--goal 只能写一个" if zh else "give one --goal"
        session.fault("ZS911", language, asked, why=why)
    return goals[0] if goals else None


class Wanted(Struct, frozen=True):
    """What is given of the options that do not all go together. `views` are those, by name, that look at something of
    their own; `ruled` says that another rule is tried, `several` that there is more than one."""

    data: Sequence[str]
    newer: Sequence[str]
    with_as_of: str | None
    people: int | None
    seed: int | None
    sweeps: Sequence[str]
    views: Sequence[str]
    ruled: bool
    several: bool


def refuse(wanted: Wanted, asked: session.Asked) -> None:
    """Ends the command where there is nobody to decide about, nothing to compare, or options do not go together."""
    why = refusal(wanted)
    if why is not None:
        language = chosen(asked.language)
        session.fault("ZS911", language, asked, why=why[0 if language == "zh" else 1])


def refusal(wanted: Wanted) -> tuple[str, str] | None:
    """What is wrong with the options, in Chinese and English; None where they go together."""
    views, people = set(wanted.views), wanted.people is not None
    beside = [*wanted.views, *(["--people"] if people else []), *(["--sweep"] if wanted.sweeps else [])]
    if not wanted.data and not people:
        return "请给数据，或用 --people 人数 虚构", "give DATA, or --people COUNT for made-up people"
    if wanted.newer and beside:
        return f"--with 不能与 {'、'.join(beside)} 一起用", f"--with does not go with {', '.join(beside)}"
    if people and wanted.sweeps:
        return "--people 不能与 --sweep 一起用", "--people does not go with --sweep"
    if wanted.several and (wanted.newer or people):
        return "--with 和 --people 一次看一种改法，请只写一个 --against", "--with and --people take one --against"
    if wanted.several and views & {"--by", "--fair", "--near"}:
        return (
            "--by、--fair 和 --near 一次看一种改法，请只写一个 --against",
            "--by, --fair and --near look at one rule at a time; give one --against",
        )
    if wanted.with_as_of is not None and not wanted.newer:
        return "--with-as-of 只与 --with 一起用", "--with-as-of goes with --with only"
    if wanted.seed is not None and not people:
        return "--seed 只与 --people 一起用", "--seed goes with --people only"
    if len(wanted.sweeps) > 2:
        return "一次最多试两个参数", "two parameters at most are tried together"
    return None if _something(wanted, views, people=people) else NOTHING


NOTHING = (
    "请写 --set 名称=值、--against 修订或另一份政策（可以再加 --set），--sweep 名称=从..到（可以加 --goal），"
    "或 --fair 栏、--near 名称=距离",
    "give --set NAME=VALUE, --against OTHER (with --set on top), --sweep NAME=FROM..TO (with --goal),"
    " or --fair FIELD, --near NAME=DISTANCE",
)
"""Said where nothing is asked that can be answered."""


def _something(wanted: Wanted, views: set[str], *, people: bool) -> bool:
    """Whether there is something to look at: a sweep by itself, a rule to compare with, or groups and edges."""
    if wanted.sweeps:
        return not wanted.ruled and not views - {"--goal"}
    if "--goal" in views:
        return False
    alone = bool(views) and not views - {"--fair", "--near"} and not people
    return wanted.ruled or bool(wanted.newer) or alone
