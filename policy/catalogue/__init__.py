"""Every code with its name and its texts in Chinese and English: the one registry of what can be said.

In: nothing. Out: entries, and a message or advice of one in a language, its arguments put in.
An entry's `zh`/`en` are templates with `{arguments}`; only our templates are ever formatted, arguments are inserted as
plain text. `name_zh`/`name_en` is what an author writes in `认可 “…”` to accept a finding.
Codes are stable and never reused: ZS1xx text and syntax, ZS2xx names, ZS3xx types and units, ZS4xx totals, bands and
cases, ZS5xx ranks and outcomes, ZS6xx files of data, ZS7xx values of data, ZS8xx why a value is undecided or referred,
ZS9xx use of the command.
Never here: deciding whether something is wrong, how a message looks.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

from msgspec import Struct

from policy.catalogue.system import SYSTEM
from policy.diagnostic import Argument, Severity
from policy.plurals import Put
from policy.units import named

_GUESS = re.compile(r"[，；;] ?(?:是不是|is it ) ?[“`]\{near\}[”`][？?]")
"""The end of a template that guesses what was meant; it is not said where nothing is near."""

_CODE = re.compile(r"ZS\d{3}")

PHASES = ("syntax", "names", "types", "findings", "ranks", "data", "reasons", "command")


class Entry(Struct, frozen=True):
    """One code: its weight, its name, its message and its advice (empty where the message suffices)."""

    code: str
    severity: Severity
    name_zh: str
    name_en: str
    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""


@cache
def entries() -> dict[str, Entry]:
    """All entries by code."""
    found: dict[str, Entry] = {}
    for phase in PHASES:
        for entry in import_module(f"policy.catalogue.{phase}").ENTRIES:
            if entry.code in found:
                raise ValueError(f"code {entry.code} is registered twice")
            found[entry.code] = entry
    return found


@cache
def phase_entries(phase: str) -> dict[str, Entry]:
    """The entries of one phase by code, without loading the others."""
    return {entry.code: entry for entry in import_module(f"policy.catalogue.{phase}").ENTRIES}


def entry(code: str) -> Entry:
    """The entry of `code`; KeyError if there is none."""
    return entries()[code]


def message(code: str, arguments: dict[str, Argument], language: str) -> str:
    """The sentence for a code in a language ("zh" or "en")."""
    found = entry(code)
    return fill(found.zh if language == "zh" else found.en, arguments, language)


def advice(code: str, arguments: dict[str, Argument], language: str) -> str:
    """The advice that goes with a code, empty where there is none."""
    found = entry(code)
    return fill(found.help_zh if language == "zh" else found.help_en, arguments, language)


def fill(template: str, arguments: dict[str, Argument], language: str) -> str:
    """A template with its arguments put in; a tuple is joined as a list. `why` may be a code, with arguments of its own
    that are called `why.…`; or the system's name of an error; `known_unit` is spelled in the language."""
    joint = "、" if language == "zh" else ", "
    if not arguments.get("near", "-"):
        template = _GUESS.sub("", template)
    plain = {k: joint.join(v) if isinstance(v, tuple) else str(v) for k, v in arguments.items()}
    if _CODE.fullmatch(why := plain.get("why", "")):
        inner = {k.removeprefix("why."): v for k, v in arguments.items() if k.startswith("why.")}
        plain["why"] = message(why, inner, language)
    if why in SYSTEM:
        plain["why"] = SYSTEM[why][0 if language == "zh" else 1]
    if "known_unit" in plain:
        plain["known_unit"] = named(plain["known_unit"]).spelled(language)
    return template.format_map({name: Put(text) for name, text in plain.items()})
