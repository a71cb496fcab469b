"""What `allocate` is asked: which division, what to keep of the last one, how long; and the division worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli import options, session
from policy.catalogue.system import why_of

if TYPE_CHECKING:
    from cli.render.allocation import Divided
    from cli.session import Run, Session
    from policy.core import Definition


def asked_for(opened: Session, of: str | None) -> Definition:
    """The division that is meant; ends the command where there is none, or several and none is named."""
    language, asked = opened.language, opened.asked
    found = [d for d in opened.policy.definitions if d.allocation is not None]
    named = [d for d in found if of in (d.name, f"{d.record}.{d.name}")] if of is not None else found
    if not found:
        why = "政策里没有“分配”" if language == "zh" else "the policy has no `allocate`"
        session.fault("ZS911", language, asked, why=why)
    own = [d for d in named if d.key not in opened.policy.below] or named
    if len(own) != 1:
        names = ("、" if language == "zh" else ", ").join(f"{d.record}.{d.name}" for d in found)
        why = f"用 --of 写明哪一项分配：{names}" if language == "zh" else f"say which division with --of: {names}"
        session.fault("ZS911", language, asked, why=why)
    return own[0]


def kept_in(path: Path, wanted: Definition, opened: Session) -> Mapping[str, str]:
    """The last division by item, as `allocate -o last.csv` wrote it."""
    import csv

    assert wanted.allocation is not None
    key = next((r.key for r in opened.policy.records if r.name == wanted.record and r.key is not None), None)
    assert key is not None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="gb18030")
    except OSError as error:
        session.fault("ZS905", opened.language, opened.asked, file=str(path), why=why_of(error))
        raise
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or key.name not in rows[0] or wanted.name not in rows[0]:
        why = (
            f"--keep {path}：要有“{key.name}”和“{wanted.name}”两列，即 allocate -o 写出的 csv"
            if opened.language == "zh"
            else f"--keep {path}: needs the columns `{key.name}` and `{wanted.name}`, as allocate -o writes them"
        )
        session.fault("ZS911", opened.language, opened.asked, why=why)
    return {row[key.name].strip(): (row[wanted.name] or "").strip() for row in rows}


def solved(
    opened: Session,
    wanted: Definition,
    data: Sequence[str],
    as_of: str | None,
    given: options.DataOptions,
    kept: Mapping[str, str],
    limit: float | None,
    why_not: tuple[str, str] | None,
) -> tuple[Run, Divided]:
    """The division worked out over the data, with why there is none, or why a pair is not so."""
    from cli.render.allocation import Divided
    from cli.render.progress import following
    from interpreter.allocating import solve, telling
    from interpreter.allocating.conflicts import conflict_of
    from interpreter.exact.compiled import Program

    with following(opened.language) as told:
        asked = solve.Asked(limit, told, {wanted.name: kept} if kept else {})
        with solve.asking(asked):
            try:
                run = session.decided(opened, data, as_of, given)
                program = Program(opened.policy, run.population.fresh(), run.as_of)
                values = {
                    subject.key: program.evaluate(subject, wanted.name).value
                    for subject in sorted(program.population.of(wanted.record), key=lambda each: each.key)
                }
            except solve.NotInstalledError as error:
                session.fault("ZS926", opened.language, opened.asked, pairs=error.pairs)
                raise
    division = program.cohorts.divisions.get(wanted.key)
    if division is None:
        why = f"数据里没有{wanted.record}" if opened.language == "zh" else f"the data has no {wanted.record}"
        session.fault("ZS911", opened.language, opened.asked, why=why)
    assert division is not None
    conflict = conflict_of(division, program)
    answer = telling.why_not(division, *why_not, program) if why_not is not None else None
    return run, Divided(division, program, values, opened.language, conflict, answer, kept)
