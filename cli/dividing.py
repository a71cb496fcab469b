"""What `allocate` is asked: which division, what to keep of the last one, how long; and the division worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cli import session
from policy.catalogue.system import why_of

if TYPE_CHECKING:
    from cli.render.allocation import Divided
    from cli.session import Run, Session
    from interpreter.exact.compiled import Program
    from policy.core import Definition


def asked_for(opened: Session, of: str | None) -> list[Definition]:
    """The divisions that are meant, those of what the policy is about first; ends the command where there is none."""
    language, asked = opened.language, opened.asked
    found = [d for d in opened.policy.definitions if d.allocation is not None]
    if not found:
        why = "政策里没有“分配”" if language == "zh" else "the policy has no `allocate`"
        session.fault("ZS911", language, asked, why=why)
    own = [d for d in found if d.key not in opened.policy.below] or found
    named = [d for d in found if of in (d.name, f"{d.record}.{d.name}")] if of is not None else own
    if not named:
        names = ("、" if language == "zh" else ", ").join(f"{d.record}.{d.name}" for d in found)
        why = (
            f"没有叫“{of}”的分配；有：{names}" if language == "zh" else f"no division is called {of}; there are {names}"
        )
        session.fault("ZS911", language, asked, why=why)
    return sorted(named, key=lambda d: d.record != opened.policy.main.name)


def kept_in(path: Path, wanted: Sequence[Definition], opened: Session) -> tuple[str, Mapping[str, str]]:
    """The division that is kept, by name, and the last one by item, as `allocate -o last.csv` wrote it."""
    import csv

    try:
        data = path.read_bytes()
    except OSError as error:
        session.fault("ZS905", opened.language, opened.asked, file=str(path), why=why_of(error))
        raise
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    rows = list(csv.DictReader(text.splitlines()))
    heads = set(rows[0]) if rows else set()
    keys = {r.name: r.key.name for r in opened.policy.records if r.key is not None}
    meant = next((d for d in wanted if {keys[d.record], d.name} <= heads), None)
    if meant is None:
        first = wanted[0]
        why = (
            f"--keep {path}：要有“{keys[first.record]}”和“{first.name}”两列，即 allocate -o 写出的 csv"
            if opened.language == "zh"
            else f"--keep {path}: needs columns `{keys[first.record]}` and `{first.name}`, as allocate -o writes them"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)
    assert meant is not None
    return meant.name, {row[keys[meant.record]].strip(): (row[meant.name] or "").strip() for row in rows}


class Wish(Struct, frozen=True, eq=False):
    """How a run is to divide: the division to keep and what it was, seconds at most, the pair that is asked about."""

    kept: tuple[str, Mapping[str, str]] | None = None
    limit: float | None = None
    why_not: tuple[str, str] | None = None


def solved(
    opened: Session, wanted: Sequence[Definition], run: Callable[[], Run], wish: Wish
) -> tuple[Run, list[Divided]]:
    """The divisions worked out over the data, with why there is none, or why a pair is not so."""
    from cli.render.progress import following
    from interpreter.allocating import solve
    from interpreter.exact.compiled import Program

    with following(opened.language) as told:
        asked = solve.Asked(wish.limit, told, dict([wish.kept]) if wish.kept is not None else {})
        with solve.asking(asked):
            found = run()
            program = Program(opened.policy, found.population.fresh(), found.as_of)
            return found, [_divided(each, program, opened, wish) for each in wanted]


def _divided(wanted: Definition, program: Program, opened: Session, wish: Wish) -> Divided:
    from cli.render.allocation import Divided
    from interpreter.allocating import telling
    from interpreter.allocating.conflicts import conflict_of

    subjects = sorted(program.population.of(wanted.record), key=lambda each: each.key)
    values = {subject.key: program.evaluate(subject, wanted.name).value for subject in subjects}
    division = program.cohorts.divisions.get(wanted.key)
    if division is None:
        why = f"数据里没有{wanted.record}" if opened.language == "zh" else f"the data has no {wanted.record}"
        session.fault("ZS911", opened.language, opened.asked, why=why)
    assert division is not None
    asked = wish.why_not if wish.why_not is not None and wish.why_not[0] in values else None
    answer = telling.why_not(division, *asked, program) if asked is not None else None
    kept = wish.kept[1] if wish.kept is not None and wish.kept[0] == wanted.name else {}
    return Divided(division, program, values, opened.language, conflict_of(division, program), answer, kept)
