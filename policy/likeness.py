"""Whether two expressions say the same, wherever they stand."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from policy import core

Key: TypeAlias = tuple[object, ...]
_LEFT_OUT = frozenset(("type", "span", "clause", "clauses"))
"""Where an expression stands and of what type it is; neither is what it says."""


def key_of(expr: object) -> Key:
    """What an expression says; equal keys say the same."""
    if isinstance(expr, core.Named):
        return key_of(expr.of)
    if isinstance(expr, Struct):
        fields = (name for name in expr.__struct_fields__ if name not in _LEFT_OUT)
        return (type(expr).__name__, *(key_of(getattr(expr, name)) for name in fields))
    if isinstance(expr, tuple):
        return ("", *map(key_of, expr))
    return (type(expr).__name__, expr)
