"""The JSON Schemas of what the command gives to programs: `python docs/build_schemas.py`.

That of an explanation is read off the structs that are written, so that the two cannot part; that of a simulation is
written here, and held by a test against what the command writes.
"""

from __future__ import annotations

import json
import sys
import types
import typing
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from msgspec import Struct

from interpreter.explaining.model import Explanation, Figure, Item, Remark
from interpreter.explaining.whynot import WhyNot
from policy.diagnostic import Reason
from policy.source import Clause

FOLDER = Path(__file__).resolve().parent / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer"}
YES: dict[str, Any] = {"type": "boolean"}
EXACT: dict[str, Any] = {
    "type": "string",
    "pattern": r"^-?\d+(\.\d+)?$|^-?\d+/\d+$",
    "description": "an exact number; one without end as a fraction",
}


def entry(required: dict[str, Any], optional: dict[str, Any] | None = None, said: str = "") -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        **({"description": said} if said else {}),
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def listed(of: dict[str, Any], said: str = "") -> dict[str, Any]:
    return {"type": "array", "items": of, **({"description": said} if said else {})}


def fixed(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """A list of just these."""
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}


def keyed(of: dict[str, Any], said: str = "") -> dict[str, Any]:
    return {"type": "object", "additionalProperties": of, **({"description": said} if said else {})}


def maybe(of: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [of, {"type": "null"}]}


def named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


# -- explanations ----------------------------------------------------------------------------------------------------

PERIOD = entry({"year": COUNT, "part": COUNT, "grain": {"enum": ["year", "quarter", "month"]}})
CLAUSE = entry({"cites": listed(TEXT), "text": TEXT, "quote": TEXT}, said="where the document says so")
REASON = entry({"code": TEXT, "arguments": keyed({}), "text": TEXT}, said="why something is not decided")
REMARK = entry(
    {"code": TEXT, "arguments": keyed({}), "text": TEXT},
    said="something said of a line: its code, what is put into it, and the sentence",
)
FIGURE = entry(
    {"value": {"anyOf": [{"type": ["string", "boolean", "null"]}, named("period")]}},
    {
        "unit": TEXT,
        "absent": {"enum": ["none", "missing", "none_listed", "undecided", "referred"]},
        "field": TEXT,
        "code": TEXT,
        "list": TEXT,
        "reasons": listed(named("reason")),
    },
    "a value: an exact number in its unit, a word, yes or no, a day; what is absent says in which way",
)
TOKEN = {
    "anyOf": [named("figure"), entry({"word": TEXT}), entry({"sign": TEXT})],
    "description": "a piece of a formula: a figure, a word of the document, a sign",
}
ITEM = entry(
    {"role": TEXT, "label": TEXT},
    {
        "formula": {**TEXT, "description": "how the value came about, as a line of text"},
        "tokens": listed(named("token"), "the same, piece by piece"),
        "holds": {"type": ["boolean", "null"], "description": "of a condition, row or exception: what it came to"},
        "number": COUNT,
        "kind": TEXT,
        "value": named("figure"),
        "full": named("figure"),
        "remarks": listed(named("remark")),
        "items": listed(named("item")),
        "skipped": listed(TEXT, "lines that did not apply"),
        "clause": named("clause"),
    },
    "one line of what was worked out, and the lines that it was worked out from",
)
SPECIAL = {Figure: "figure", Clause: "clause", Reason: "reason", Remark: "remark", Item: "item"}


class Reader:
    """Structs as schemas, each defined once."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {
            "period": PERIOD,
            "clause": CLAUSE,
            "reason": REASON,
            "remark": REMARK,
            "figure": FIGURE,
            "token": TOKEN,
            "item": ITEM,
        }

    def of(self, hint: Any) -> dict[str, Any]:
        """What a type is in JSON."""
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if hint in SPECIAL:
            return named(SPECIAL[hint])
        if isinstance(hint, type) and issubclass(hint, Struct):
            return self.struct(hint)
        if hint is date:
            return {"type": "string", "format": "date"}
        if origin in (typing.Union, types.UnionType):
            kinds = [self.of(each) for each in parts if each is not type(None)]
            return {"anyOf": [*kinds, *([{"type": "null"}] if type(None) in parts else [])]}
        if origin is tuple and parts[1:] == (...,):
            return listed(self.of(parts[0]))
        if origin is tuple:
            return {
                "type": "array",
                "prefixItems": [self.of(each) for each in parts],
                "items": False,
                "minItems": len(parts),
            }
        return {str: TEXT, int: COUNT, bool: YES}[hint]

    def struct(self, kind: type[Struct]) -> dict[str, Any]:
        name = kind.__name__.lower()
        if name not in self.found:
            self.found[name] = {}
            self.found[name] = entry(self.keys(kind), said=" ".join((kind.__doc__ or "").split()))
        return named(name)

    def keys(self, kind: type[Struct]) -> dict[str, Any]:
        hints = typing.get_type_hints(kind)
        return {key: self.of(hints[key]) for key in kind.__struct_fields__}


ACCOUNT = listed(
    entry(
        {
            "record": TEXT, "file": TEXT, "sheet": TEXT, "none": YES, "read": COUNT, "taken": COUNT,
            "set_aside": listed(COUNT), "nobody": listed(COUNT), "repeated": listed(COUNT),
            "owner_unread": listed(COUNT),
        }
    ),
    "of each table: how many rows were read and taken, and the numbers of those that were not",
)  # fmt: skip


def explanation() -> dict[str, Any]:
    """Of `explain --format json`: one explanation, or a list where several people are asked for."""
    reader = Reader()
    answer = reader.struct(WhyNot)
    keys = reader.keys(Explanation)
    one = entry({**keys, "account": ACCOUNT}, {"why_not": answer}, "why one person got this")
    return {
        "$schema": DIALECT,
        "title": "zhunsheng explain --format json",
        "anyOf": [named("explanation"), listed(named("explanation"))],
        "$defs": {"explanation": one, **reader.found},
    }


# -- simulations -----------------------------------------------------------------------------------------------------

SUM = entry({"total": EXACT, "people": COUNT, "average": maybe(EXACT)}, said="a number of some people added up")
PART = entry(
    {"group": TEXT, "before": named("sum"), "after": named("sum")}, said="a number of one group under each rule"
)
SPREAD = entry({"people": COUNT, **dict.fromkeys(("least", "lower", "median", "upper", "most"), EXACT)},
               said="how a number is spread: the least, the quartiles, the most")  # fmt: skip
MOVED = entry({"key": TEXT, "before": EXACT, "after": EXACT, "difference": EXACT})
RESULTS = {
    "type": ["object", "null"],
    "additionalProperties": {"type": ["string", "null"]},
    "description": "each result as it is shown, and the outcome; nothing where the row is set aside",
}
CHANGE = entry(
    {
        "key": TEXT,
        "cause": {"enum": ["hit", "displaced"]},
        "own": listed(TEXT, "values of their own that changed"),
        "before": RESULTS,
        "after": RESULTS,
        "places": keyed(listed(maybe(TEXT))),
    },
    said="one person whose case comes out differently",
)
WAYS = entry(dict.fromkeys(("up", "down", "entered", "left", "others"), COUNT))
CAUSES = entry(
    {
        "edits": listed(TEXT),
        "orders_drawn": COUNT,
        "people": keyed(keyed(listed(listed(COUNT)))),
        "shares": keyed(listed(maybe(EXACT))),
        "shares_of_people": keyed(keyed(listed(maybe(EXACT)))),
    },
    said="because of which edits, told by number from 0; shares add up to the change",
)
RATE = entry({"group": TEXT, "good": COUNT, "decided": COUNT, "open": COUNT, "ratio": maybe(TEXT),
              "under_four_fifths": YES, "small": YES, "fisher_p": maybe(TEXT)})  # fmt: skip
FAIR = entry({"result": TEXT, "least": TEXT, "field": TEXT, "before": listed(RATE)}, {"after": listed(RATE)})


def comparison() -> tuple[dict[str, Any], dict[str, Any]]:
    """The keys of a comparison, and those that stand there where they are asked for."""
    always = {
        "policy": TEXT,
        "edit": TEXT,
        "people": COUNT,
        "sums": keyed(
            {"type": "array", "prefixItems": [named("sum"), named("sum")], "items": False}, "before and after"
        ),
        "by_grade": keyed(keyed(listed(named("part")))),
        "spread": keyed(listed(maybe(named("spread")))),
        "largest": keyed(listed(named("moved"))),
        "opened": listed(entry({"code": TEXT, "arguments": keyed({}), "people": COUNT})),
        "ways": keyed(WAYS),
        "places_only": COUNT,
        "renamed": listed(listed(TEXT)),
        "added": listed(TEXT),
        "dropped": listed(TEXT),
        "heads": keyed(listed(entry({"value": TEXT, "before": COUNT, "after": COUNT}))),
        "moves": keyed(listed(entry({"from": TEXT, "to": TEXT, "people": COUNT}))),
        "changes": listed(named("change")),
    }
    asked = {
        "made_up": TEXT,
        "by": entry({"field": TEXT, "sums": keyed(listed(named("part")))}),
        "causes": CAUSES,
        "fairness": listed(FAIR),
        "near": listed(keyed({})),
    }
    return always, asked


def simulation() -> dict[str, Any]:
    """Of `simulate --format json`: one comparison, several alternatives, a sweep or a grid."""
    always, asked = comparison()
    measured = {
        "refused": YES,
        "changed": COUNT,
        "open": COUNT,
        "heads": keyed(keyed(COUNT)),
        "sums": keyed(maybe(EXACT)),
    }
    stretch = entry({"first": TEXT, "last": TEXT, "moved": listed(TEXT), **measured})
    near = entry({"first": TEXT, "last": TEXT, "figure": EXACT})
    goal = {"goal": TEXT, "reached": listed(listed(TEXT)), "nearest": listed(near)}
    forms = {
        "comparison": entry({**always, "account": ACCOUNT}, asked, "one rule beside the rule in force"),
        "alternatives": entry({"alternatives": listed(entry(always)), "account": ACCOUNT}),
        "sweep": entry({"parameter": TEXT, "stretches": listed(stretch)}, goal),
        "grid": entry({"parameters": listed(TEXT), "cells": listed(entry({"values": keyed(TEXT), **measured}))}, goal),
        "views": entry({"account": ACCOUNT}, {"fairness": listed(FAIR), "near": listed(keyed({}))}),
    }
    parts = {"sum": SUM, "part": PART, "spread": SPREAD, "moved": MOVED, "change": CHANGE}
    return {
        "$schema": DIALECT,
        "title": "zhunsheng simulate --format json",
        "anyOf": [named(form) for form in forms],
        "$defs": {**forms, **parts},
    }


def allocation() -> dict[str, Any]:
    """Of `allocate --format json`: every division of the policy."""
    goal = {
        "number": COUNT, "kind": TEXT, "text": TEXT, "cites": listed(TEXT), "value": EXACT, "bound": EXACT,
        "unit": maybe(TEXT), "proven": YES, "of": maybe(COUNT),
    }  # fmt: skip
    item = {
        "key": TEXT, "name": TEXT, "owner": maybe(TEXT), "owner_name": maybe(TEXT),
        "outcome": {"enum": ["decided", "referred", "undecided"]}, "reasons": TEXT, "may_take": listed(TEXT),
    }  # fmt: skip
    member = {"kind": TEXT, "line": TEXT, "of": listed(TEXT), "short": maybe(COUNT), "would_do": TEXT}
    price = {"goal": maybe(COUNT), "was": EXACT, "now": EXACT, "moved": listed(fixed([TEXT, TEXT, TEXT])), "text": TEXT}
    answer = {
        "item": TEXT, "owner": TEXT,
        "standing": {"enum": ["given", "outside", "open", "unknown", "refused", "doubtful", "could"]},
        "refusals": listed(entry({"text": TEXT, "cites": listed(TEXT)})),
        "reasons": listed(entry({"code": TEXT, "arguments": keyed(TEXT), "text": TEXT})),
        "price": maybe(entry(price)), "instead": maybe(TEXT),
    }  # fmt: skip
    heads = dict.fromkeys(("count", "given", "left", "open", "outside"), COUNT)
    division = {
        "name": TEXT, "item": TEXT, "owner": TEXT, "state": {"enum": ["best", "gap", "none"]}, "others": maybe(YES),
        "counts": entry(heads), "goals": listed(entry(goal)), "items": listed(entry(item)),
        "open_owners": listed(TEXT), "doubtful": listed(fixed([TEXT, TEXT])),
        "conflict": maybe(entry({"members": listed(entry(member)), "unplaced": maybe(COUNT)})),
        "why_not": maybe(entry(answer)), "kept": keyed(TEXT),
    }  # fmt: skip
    whole = entry({"policy": TEXT, "version": TEXT, "language": TEXT, "divisions": listed(entry(division))})
    return {"$schema": DIALECT, "title": "zhunsheng allocate --format json", **whole}


SCHEMAS = {"explanation": explanation, "simulation": simulation, "allocation": allocation}


def text_of(name: str) -> str:
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / f"{name}.schema.json").write_text(text_of(name), encoding="utf-8")


if __name__ == "__main__":
    main()
