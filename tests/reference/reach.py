"""What the documents at random reach: every node of the core, every value of its closed kinds, every rule of the grammar."""

from __future__ import annotations

import inspect
from collections import Counter
from typing import Any, get_args

from msgspec import Struct

from dsl.syntax import build, text
from dsl.syntax.parser import parse
from policy import core
from policy.source import Source

UNDECIDED_STATEMENTS = {"allocate", "aline", "arity", "goal", "guarantee", "amendment", "supplement", "change", "edit",
                        "changed_field", "free_line", "aline_cases"}  # fmt: skip
"""Rules of statements that are read and not decided by yet."""


def nodes() -> set[str]:
    """Every class of expression of the core."""
    return {each.__name__ for each in get_args(core.Expr)}


def closed_kinds() -> dict[tuple[str, str], tuple[str, ...]]:
    """The closed kinds that the core declares, by class and field."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, each in inspect.getmembers(core, inspect.isclass):
        if issubclass(each, Struct):
            for field, annotation in inspect.get_annotations(each, eval_str=True).items():
                values = [value for part in (annotation, *get_args(annotation)) for value in literal(part)]
                if values:
                    found[name, field] = tuple(values)
    return found


def literal(annotation: Any) -> tuple[str, ...]:
    from typing import Literal, get_origin

    return tuple(v for v in get_args(annotation) if isinstance(v, str)) if get_origin(annotation) is Literal else ()


def of_policy(policy: core.Policy) -> Counter[Any]:
    """How often each class of the core, and each value of a closed kind, stands in a policy."""
    found: Counter[Any] = Counter()
    waiting: list[Any] = [policy.definitions, policy.overall, policy.examples]
    kinds = closed_kinds()
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting += item
        elif isinstance(item, Struct) and type(item).__module__ == core.__name__:
            name = type(item).__name__
            found[name] += 1
            for field in item.__struct_fields__:
                value = getattr(item, field)
                if (name, field) in kinds:
                    for each in value if isinstance(value, tuple) else (value,):
                        found[name, field, each] += isinstance(each, str)
                if field not in ("type", "span", "clause"):
                    waiting.append(value)
    return found


def rules() -> set[str]:
    """The rules of the grammar that a document can use."""
    named = {rule.alias or rule.origin.name for rule in build.rules()}
    return {name for name in named if not name.startswith("_")} - UNDECIDED_STATEMENTS


def of_text(written: str) -> Counter[str]:
    """How often each rule of the grammar stands in a text."""
    found: Counter[str] = Counter()
    waiting: list[Any] = [parse(text.plain(Source("random.policy", written).text))]
    while waiting:
        item = waiting.pop()
        if hasattr(item, "children"):
            found[str(item.data)] += 1
            waiting += item.children
        elif item is not None:
            found[str(item.type)] += 1
    return found
