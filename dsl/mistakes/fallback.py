"""What to say of a mistake that nobody foresaw: which kind of thing should stand here.

The repair that gets the line furthest, by one thing added, left out or replaced, shows what was expected; the words
come from what kind of thing it is and from the statement around it.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from dsl.mistakes import forms
from dsl.mistakes.sections import statements
from dsl.mistakes.spot import Edit, Place, Slip, Spot, code, tried
from dsl.syntax import parser

Arguments: TypeAlias = "dict[str, str | int | tuple[str, ...]]"
Change: TypeAlias = "tuple[str, tuple[Edit, ...], str]"
"""What one repair brings in, its edits, and whether it is added, removed or replaced."""

CODES = {
    "line": "ZS179", "statement": "ZS180", "colon": "ZS172", "equals": "ZS173", "bar": "ZS183", "bars": "ZS184",
    "type": "ZS178", "date": "ZS177", "text": "ZS175", "condition": "ZS171", "value": "ZS170", "number": "ZS176",
    "name": "ZS174", "word": "ZS182", "end": "ZS181", "nothing": "ZS199",
}  # fmt: skip
GUESSES = "ZS170"
"""The codes from here on say what kind of thing is missing, not which mistake it is."""

GUESSED = frozenset(CODES[kind] for kind in ("condition", "value", "number", "name", "text", "date", "type", "word"))
"""Codes whose correction holds something made up: what follows is not read on from it."""

_SAMPLES = {
    "COLON": ":", "EQUAL": "=", "VBAR": "|", "BARS": "||", "COMMA": ",", "RPAR": ")", "LPAR": "(",
    "NAME": ("某项", "item"),
    "NUMBER": "1", "STRING": ("“…”", '"…"'), "DATE": "2025-01-01", "CMP": "≥", "PLUS": "+", "TIMES": "×", "DOTS": "..",
}  # fmt: skip
_UNMENDED = ("line", "statement", "type", "word")
"""Kinds that only the author can choose: a corrected line would decide for them."""

_FEW = 4
"""Words that may be named one by one as what should stand here; more are no help."""

_TYPES = {"TEXT", "NUM", "WHOLE", "YESNO"}
_GLUED = frozenset(("COLON", "COMMA", "RPAR"))
_CONDITIONS = frozenset(("WHEN", "AND", "OR", "NOT", "WHERE", "AMONG"))


def fallback(spot: Spot) -> Slip:
    """The nearest repair, told by kind; without one, what kind of thing should stand here."""
    allowed = parser.acceptable(f"{spot.place.before}{spot.plain}\n{spot.place.after}") or spot.allowed
    if "_NL" in allowed and spot.end > spot.at > spot.gap:
        return _too_much(spot)
    repair = _repair(spot, allowed)
    if repair and repair[2] == "removed" and not re.match(r"\w", spot.word):
        return Slip("ZS159", spot.at, spot.end, repair[1], {"word": spot.word}, sure=True)
    kind, token = _kind(spot, allowed, repair[0] if repair else "")
    arguments = _arguments(spot, allowed, kind, token)
    edits = repair[1] if repair and kind not in _UNMENDED else ()
    start, end = (spot.at, spot.end) if spot.end > spot.at else (spot.gap, spot.gap)
    if kind in ("colon", "equals", "bar", "bars") and repair and repair[2] == "added":
        start = end = spot.gap
    return Slip(CODES[kind], start, end, edits, arguments, sure=True)


def _too_much(spot: Spot) -> Slip:
    """The line was whole already: what follows is left out, if that makes it parse."""
    cut = (_removed(spot),)
    edits = cut if tried(spot, cut) is None else ()
    arguments: Arguments = {"word": spot.word, "before": _tail(spot)}
    return Slip(CODES["end"], spot.at, spot.end, edits, arguments, sure=True)


def sample(token: str, place: Place) -> str:
    """Something of a terminal's kind, in the document's language."""
    found = _SAMPLES.get(token)
    if found is None:
        keyword = parser.lexicon().by_token.get(token)
        return keyword.spelled(place.language) if keyword else ""
    text = found if isinstance(found, str) else found[0 if place.language == "zh" else 1]
    return place.sign(text)


def _repair(spot: Spot, allowed: frozenset[str]) -> Change | None:
    """The change of one thing that gets the line furthest: what it brings in, its edits, how."""
    best: tuple[int, int, str, tuple[Edit, ...], str] | None = None
    for rank, (token, edits, how) in enumerate(_changes(spot, allowed)):
        after = tried(spot, edits)
        if after is not None and after.remaining >= spot.remaining:
            continue
        merit = (0 if after is None else after.remaining, rank)
        if best is None or merit < best[:2]:
            best = (*merit, token, edits, how)
            if merit[0] == 0 and how == "added" and token in ("COLON", "EQUAL"):
                break
    if best is None or (best[0] and spot.remaining - best[0] <= len(spot.word)):
        return None
    return best[2:]


def _changes(spot: Spot, allowed: frozenset[str]) -> list[Change]:
    """All single changes worth trying, the likeliest first."""
    order = list(_SAMPLES)
    if "DATE" in allowed and "LPAR" not in allowed:  # a date alone may stand here; of numbers only a year would do
        allowed -= {"NUMBER"}
    tokens = sorted(allowed, key=lambda t: (order.index(t) if t in order else len(order), t))
    samples = [(token, text) for token in tokens if (text := sample(token, spot.place))]
    changes: list[Change] = [(token, (_added(spot, token, text),), "added") for token, text in samples]
    if spot.end > spot.at:
        changes.append(("", (_removed(spot),), "removed"))
        changes += [(token, (Edit(spot.at, spot.end, text),), "replaced") for token, text in samples]
    return changes


def _added(spot: Spot, token: str, text: str) -> Edit:
    """A thing put in after what stands before, with a blank where one belongs."""
    at = max(spot.gap, len(spot.indent))
    blank = "" if token in _GLUED or spot.gap <= len(spot.indent) or spot.line[at - 1] == "：" else " "
    after = " " if spot.plain[at : at + 1].strip(" \t\u3000:,)") and token not in _GLUED else ""
    end = spot.at if text == "：" or spot.plain[spot.at : spot.at + 1] in (":", ",", ")") else at
    return Edit(at, end, blank + text + after)


def _removed(spot: Spot) -> Edit:
    """The place left out, without joining the words on its sides."""
    left, right = spot.plain[spot.gap - 1 : spot.gap], spot.plain[spot.end : spot.end + 1]
    return Edit(max(spot.gap, len(spot.indent)), spot.end, " " if left.isalnum() and right.isalnum() else "")


def _kind(spot: Spot, allowed: frozenset[str], token: str) -> tuple[str, str]:
    """What kind of thing is missing: by the repair where it is one sign, else by what is allowed."""
    by_sign = {"COLON": "colon", "EQUAL": "equals", "VBAR": "bar", "BARS": "bars"}
    if token in by_sign:
        return by_sign[token], token
    if spot.at <= len(spot.indent) and spot.kind not in ("_NL", "$END"):
        if spot.place.head and allowed & set(statements()):
            return "statement", ""
        if forms.lines(spot.place.statement, spot.place.language):
            return "line", ""
    if allowed >= _TYPES:
        return "type", ""
    if {"NUMBER", "LPAR"} <= allowed:
        return ("condition" if _wants_condition(spot) else "value"), ""
    for wanted, kind in (("DATE", "date"), ("NUMBER", "number"), ("NAME", "name"), ("STRING", "text")):
        if wanted in allowed:
            return kind, ""
    if allowed & {"_NL", "$END"}:
        return "end", ""
    for wanted, kind in (("COLON", "colon"), ("EQUAL", "equals"), ("BARS", "bars"), ("VBAR", "bar")):
        if wanted in allowed:
            return kind, wanted
    if spot.plain.lstrip().startswith("|") and allowed & {"VBAR", "BARS"}:
        return ("bar", "VBAR") if "VBAR" in allowed else ("bars", "BARS")
    words = [t for t in allowed if sample(t, spot.place)]
    if len(words) > _FEW and forms.lines(spot.place.statement, spot.place.language):
        return "line", ""
    return ("word", token) if words else ("nothing", "")


def _wants_condition(spot: Spot) -> bool:
    """Whether the place asks for a condition: after 当, 且, 非 and the like, or first in a requirement's line."""
    before = code(spot.plain[: spot.at])
    words = (parser.lexicon().by_token[token] for token in _CONDITIONS)
    if any(re.search(rf"(?:{re.escape(w.zh)}|\b{re.escape(w.en)})[\s(]*$", before) for w in words):
        return True
    return spot.place.statement in ("REQUIRE", "CHECK") and not before.strip()


def _arguments(spot: Spot, allowed: frozenset[str], kind: str, token: str) -> Arguments:
    place = spot.place
    statement = place.statement or "POLICY"
    match kind:
        case "line":
            return {
                "statement": place.word(statement),
                "forms": forms.shown(forms.lines(statement, place.language), place.language),
            }
        case "statement":
            words = [place.word(token) for token in statements() if token in allowed]
            return {"word": spot.word, "words": tuple(words)}
        case "word":
            return {"words": tuple(sorted({sample(t, place) for t in allowed if sample(t, place)})[:8])}
        case "end":
            return {"word": spot.word.strip() or spot.line[spot.gap :].strip(), "before": _tail(spot)}
        case _:
            return {}


def _tail(spot: Spot) -> str:
    """The last words before the place, as typed."""
    before = spot.line[: spot.gap].strip()
    return before if len(before) <= 24 else "…" + before[-23:]
