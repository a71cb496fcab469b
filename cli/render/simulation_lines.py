"""What a simulation says in sentences: how many change, which way, and who is open now and why."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from cli.render.columns import as_read
from cli.render.explanation_rows import reason_text
from cli.render.simulation_tables import gained, largest_sheets
from cli.render.simulation_words import word
from interpreter.simulating import Simulation
from interpreter.simulating.compare import DISPLACED, HIT
from interpreter.simulating.direction import Ways, places_only, renamed, ways


def lines(found: Simulation, language: str) -> list[str]:
    """All of it, what matters most at the top."""
    return [summary(found, language), *way_lines(found, language), *opened_lines(found, language)]


def summary(found: Simulation, language: str) -> str:
    """How many people's results change, and by what."""
    if not found.changes:
        compared = set(found.before.policy.results) <= set(found.after.policy.results)
        return word("nobody" if compared else "nobody_else", language)
    counts = {cause: len(found.caused(cause)) for cause in (HIT, DISPLACED)}
    return word("summary", language, all=len(found.before.cases), changed=len(found.changes), **counts)


def way_lines(found: Simulation, language: str) -> list[str]:
    """Which way people move, and which results cannot be compared by name."""
    pairs, added, dropped = renamed(found.before.policy, found.after.policy)
    joint = "、" if language == "zh" else ", "
    lines = [word("renamed", language, old=old, new=new) for old, new in pairs]
    lines += [word("added", language, names=joint.join(added))] if added else []
    lines += [word("dropped", language, names=joint.join(dropped))] if dropped else []
    if not found.changes:
        return lines
    lines += [_way_line(name, each, language) for name, each in ways(found).items() if any(structs.astuple(each))]
    for name in found.sums:
        more, less = gained(found, name)
        lines += [word("gained", language, name=name, more=more, less=less)] if more or less else []
    only = places_only(found)
    return lines + ([word("places_only", language, count=len(only))] if only else [])


MOST_LINES = 16
"""Lines of edits on the screen; longer ones stand in the files."""


def edit_lines(edits: Sequence[tuple[str, str, str]], language: str) -> list[str]:
    """What an amendment or another text changes: the lines that go and those that come."""
    told = [(name, _lines_of(old), _lines_of(new)) for name, old, new in edits]
    lines = []
    for name, old, new in told:
        gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
        lines += [f"  {name}", *(f"    − {line}" for line in gone), *(f"    + {line}" for line in come)]
    if len(lines) > MOST_LINES:
        lines = [f"  {name}" for name, _, _ in told] if len(told) <= MOST_LINES else []
    return [word("edits_line", language, count=len(told)), *lines]


def _lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def largest_lines(found: Simulation, few: int, language: str) -> list[str]:
    """Whose numbers and places moved the most, a line each."""
    joint = "，" if language == "zh" else ", "
    told = []
    for sheet in largest_sheets(found, language, few):
        moves = (f"{key} {old} → {new} ({difference})" for key, old, new, difference in as_read(sheet))
        name = sheet.title.removeprefix(word("largest", language)).strip()
        told.append(word("largest_line", language, name=name, moves=joint.join(moves)))
    return told


def any_open(found: Simulation) -> bool:
    """Whether a case is open under either rule."""
    return any(case.outcome != "decided" for decisions in (found.before, found.after) for case in decisions.cases)


def _way_line(name: str, each: Ways, language: str) -> str:
    parts = [word(way, language, count=count) for way, count in structs.asdict(each).items() if count]
    return f"{name}：{'，'.join(parts)}" if language == "zh" else f"{name}: {', '.join(parts)}"


def opened_lines(found: Simulation, language: str) -> list[str]:
    """Why cases that were decided are open now, the commonest reason first."""
    if not found.opened:
        return []
    joint = "：" if language == "zh" else ":"
    told = [word("because", language, count=n, reason=reason_text(reason, language)) for reason, n in found.opened]
    return [word("opened", language) + joint, *(f"  {line}" for line in told)]
