"""What a text that cannot be read still tells: its records and their fields, the values of its choices, its names."""

from __future__ import annotations

import re
from functools import lru_cache

from dsl.mistakes.declared import Known
from dsl.mistakes.sections import Section, sections
from dsl.mistakes.spot import code
from dsl.syntax import parser
from dsl.syntax.text import plain as plain_form

_WORD = re.compile(r"[「`][^」`]+[」`]|“[^”]*”|\"[^\"]*\"|[^\W\d]\w*")
_FIELD = re.compile(r"\s*([「`]?[^\W\d][^:|」`]*)[」`]?\s*:\s*(.*)")


def known(plain: str) -> Known:
    """What a plain text declares."""
    fields: dict[str, tuple[str, ...]] = {}
    values: set[str] = set()
    names: set[str] = set()
    _, found = sections(plain)
    for section in found:
        head = code(section.lines[0].plain)
        if section.keyword == "CHOICE":
            values.update(words(head.partition("=")[2]))
        if section.keyword == "DATA":
            record = next(iter(words(_behind_keyword(section))), "")
            fields[record] = tuple(_fields(section, values))
            names.update((record, *fields[record]))
        else:
            names.update(words(re.split(r"[:=]", _behind_keyword(section), maxsplit=1)[0])[:1])
    return Known(fields, frozenset(values), frozenset(names))


@lru_cache(maxsize=4)
def known_of(typed: str) -> Known:
    """What a text as typed declares."""
    return known(plain_form(typed))


def words(text: str) -> list[str]:
    """The names in a piece of text, without quotation marks."""
    return [word.strip('「」`“”"') for word in _WORD.findall(text)]


def _behind_keyword(section: Section) -> str:
    head = code(section.lines[0].plain).strip()
    if not section.keyword:
        return head
    keyword = parser.lexicon().by_token[section.keyword]
    spelled = next((s for s in (keyword.zh, keyword.en) if head.startswith(s)), "")
    return head[len(spelled) :]


def _fields(section: Section, values: set[str]) -> list[str]:
    """The fields of a record; the values that one lists are added to those known."""
    found = []
    for line in section.lines[1:]:
        if match := _FIELD.match(code(line.plain)):
            found.append(match.group(1).strip())
            if listed := re.match(r"(?:选项|choice)\s*\(([^)]*)\)", match.group(2)):
                values.update(words(listed.group(1)))
    return found
