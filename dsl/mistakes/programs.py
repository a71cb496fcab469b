"""Statements written as in a program: `total = a + b`, and under it `if x: total = total + 5`.

A name that is given a value is a definition; what changes it afterwards under a condition becomes its cases.
"""

from __future__ import annotations

import re

from dsl.mistakes.sections import Section
from dsl.mistakes.spot import CITES, code
from dsl.syntax import parser

_GIVEN = re.compile(
    r"(?P<indent>\s*)(?:(?:let|var|set|const|令|设)\s+)?(?P<name>[「`]?[^\W\d]\w*[」`]?)\s*(?::=|=(?!=))\s*(?P<value>.+)$"
)
_UNDER = re.compile(
    r"\s*(?P<if>(?:el)?if\b|when\b|else if\b|如果|若|当)\s*(?P<test>[^:：]+?)\s*[:：,，]?\s*(?:then\b|则|就)?\s*"
    r"(?P<name>[^\W\d]\w*)\s*(?P<sign>[+\-*]?=)(?!=)\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\s*(?:else|otherwise|否则)\s*[:：,，]?\s*(?P<name>[^\W\d]\w*)\s*=(?!=)\s*(?P<value>.+)$", re.IGNORECASE
)


def as_definition(section: Section, typed: list[str], language: str) -> str | None:
    """A statement that gives a name a value, as a definition; None where it is none, or more than can be told.

    `typed` are its lines as typed.
    """
    found = _GIVEN.match(code(typed[0]))
    if section.keyword or found is None or section.lines[0].columns:
        return None
    name, value = found.group("name"), found.group("value").strip()
    cites = CITES.search(value)
    value, cited = (value[: cites.start()], cites.group()) if cites else (value, "")
    word = parser.lexicon().by_token["DEFINE"].spelled(language)
    if len(typed) == 1:
        return f"{word} {name} = {value}{cited}"
    cases = _changed(name, value, typed[1:], language)
    colon = "：" if language == "zh" else ":"
    return f"{word} {name}{colon}{cited}\n" + "\n".join(cases) if cases else None


def _changed(name: str, value: str, lines: list[str], language: str) -> list[str] | None:
    """The cases that lines such as `if x: total = total + 5` make of a value; one line, and another for all else."""
    words = parser.lexicon().by_token
    when, otherwise = words["WHEN"].spelled(language), words["OTHERWISE"].spelled(language)
    colon = "：" if language == "zh" else ": "
    first = _UNDER.fullmatch(code(lines[0]))
    if first is None or first.group("name") != name or len(lines) > 2:
        return None
    other = value
    if len(lines) == 2:
        second = _OTHER.fullmatch(code(lines[1]))
        if second is None or second.group("name") != name:
            return None
        other = _with(name, value, second.group("value"))
    new = first.group("value").strip()
    if first.group("sign") != "=":
        new = f"{name} {first.group('sign')[0]} {new}"
    given = _with(name, value, new)
    return [f"    {when} {first.group('test')}{colon}{given}", f"    {otherwise}{colon}{other}"]


def _with(name: str, value: str, new: str) -> str:
    """A new value in which the name stands for the old one."""
    alone = re.fullmatch(rf"{re.escape(name)}\s*[+\-].*", new)
    old = value if alone or re.fullmatch(r"[\w.]+", value) else f"({value})"
    return re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", lambda _: old, new)
