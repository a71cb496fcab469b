"""What a simulation compares with the rule in force: policies, amendments and set parameters, cut into their edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cli import session
from dsl import pipeline
from policy.likeness import key_of

if TYPE_CHECKING:
    from dsl.compose import Amended
    from interpreter.exact.population import Population
    from interpreter.simulating import Variant
    from policy.core import Policy


class Alternative(Struct, frozen=True, eq=False):
    """One rule that is tried. `edits` are what tells it from the rule in force: statements, then parameters set."""

    title: str
    rule: session.Session
    edits: tuple[str, ...]
    changed: Amended | None
    settings: Mapping[str, str]

    def words(self, force: Policy) -> list[tuple[str, str, str]]:
        """Each edit with what stands there before and after."""
        laid = [self.changed.words(at) for at in range(len(self.changed.edits))] if self.changed is not None else []
        from cli.sweeping import now

        values = [(now(force, name), value) for name, value in self.settings.items()]
        return [(name, *pair) for name, pair in zip(self.edits, [*laid, *values], strict=True)]

    def part(self, subset: frozenset[int], before: session.Session) -> Policy | None:
        """The rule with some of the edits, None where it would have errors."""
        statements = len(self.changed.edits) if self.changed is not None else 0
        base = before.loaded.whole
        assert base is not None
        source = self.changed.part([at for at in subset if at < statements]) if self.changed is not None else base
        names = list(self.settings)
        settings = {names[at - statements]: self.settings[names[at - statements]] for at in subset if at >= statements}
        return pipeline.compiled(source, pipeline.parse(source), settings).policy


def alternatives(
    before: session.Session, against: Sequence[Path], settings: Mapping[str, str], policy: Path, asked: session.Asked
) -> list[Alternative]:
    """Each rule to compare with, the settings put on top of each of them."""
    return [_alternative(before, path, dict(settings), policy, asked) for path in against or (policy,)]


def _alternative(
    before: session.Session, path: Path, settings: dict[str, str], policy: Path, asked: session.Asked
) -> Alternative:
    after = session.opened(path, asked, settings, before.loaded.whole)
    changed = after.loaded.amended or _differences(before, path, policy)
    edits = [_named(edit.name, edit.cites, before.language) for edit in changed.edits] if changed is not None else []
    sets = [f"{name}={value}" for name, value in settings.items()]
    title = ("，" if before.language == "zh" else ", ").join([*([path.name] if path != policy else []), *sets])
    return Alternative(title, after, (*edits, *sets), changed, settings)


def _named(name: str, cites: Sequence[str], language: str) -> str:
    marks = "".join(f"【{cite}】" if language == "zh" else f" [{cite}]" for cite in cites)
    return f"{name}{marks}"


def _differences(before: session.Session, path: Path, policy: Path) -> Amended | None:
    """The edits between two whole policies, statement by statement."""
    from dsl.compose import differences
    from dsl.syntax import text

    old, (new, _) = before.loaded.whole, text.read(path)
    if path == policy or old is None or new is None:
        return None
    return differences(old, new)


def deciders(
    alternative: Alternative,
    both: tuple[session.Session, session.Session],
    variants: tuple[Variant, Variant],
    reading: Callable[[session.Session], Population],
) -> Callable[[frozenset[int]], Variant | None]:
    """What gives the rule with some of the edits, over the people as it wants them read."""
    from msgspec import structs

    from interpreter.simulating import Variant

    known = {_records(v.policy): v.population for v in variants}

    def variant(subset: frozenset[int]) -> Variant | None:
        policy = alternative.part(subset, both[0])
        if policy is None or policy.main.name != both[0].policy.main.name:
            return None
        kind = _records(policy)
        if kind not in known:
            known[kind] = reading(structs.replace(both[1], policy=policy))
        return Variant(policy, known[kind])

    return variant


def _records(policy: Policy) -> object:
    """What a policy wants to be read; equal where the same data reads the same."""
    return tuple((r.name, tuple((key_of(f), repr(f.type)) for f in r.fields)) for r in policy.records)
