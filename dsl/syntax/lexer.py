"""Plain text to tokens, in step with the parser: a word is a keyword only where the grammar allows that keyword.

Words are looked up in a table. A regular expression for each of the parser's states would do the same, and compiling
those takes longer than everything else the command does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dsl.syntax.automaton import Automaton
from dsl.syntax.tables import Row
from dsl.syntax.tree import Token
from dsl.syntax.words import UNITS_EN, UNITS_ZH, Keyword, Lexicon

_BLANK = r"[ \t\u3000]"
_TOKEN = re.compile(
    rf"""(?P<_SKIP>{_BLANK}+|\#[^\n]*)
    |(?P<_NL>(?:\n{_BLANK}*(?:>[^\n]*|\#[^\n]*)?)+)
    |(?P<DATE>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d)|\d{{4}}-\d{{2}}(?!\d)|\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?
        |\d{{4}}÷\d{{1,2}}÷\d{{1,2}}(?!\d)|\d{{4}}\.\d{{1,2}}\.\d{{1,2}}(?!\d)|\d{{4}}Q[1-4](?!\w))
    |(?P<DECIMALS_N>\d+{_BLANK}*(?:位小数|decimals?(?!\w)))
    |(?P<NUMBER>\d+(?:\.\d+)?)
    |(?P<WORD>[^\W\d]\w*)
    |(?P<NAME>「[^」\n]+」|`[^`\n]+`)
    |(?P<STRING>[“”"＂][^“”"＂\n]*[“”"＂])
    |(?P<CITE>【[^】\n]*】|\[[^\]\n]*\])
    |(?P<SIGN>\|\||\.\.+|…+|>=|<=|!=|<>|==|.)""",
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"[ \t]+([^\W\d]\w*)")
_BEFORE = {"call": re.compile(r"[ \t\u3000]*\("), "path": re.compile(r"[ \t\u3000]*\.")}
_AFTER_UNIT = re.compile(r"以上|以下|至|不满|之?间")

SIGNS = {
    "||": "BARS", "|": "VBAR", "..": "DOTS", "…": "DOTS", "~": "DOTS", "—": "DOTS", "–": "DOTS", ".": "DOT",
    ":": "COLON", ",": "COMMA", "(": "LPAR", ")": "RPAR", "=": "EQUAL", "==": "EQUAL", ">": "MORETHAN",
    "≥": "CMP", "≤": "CMP", "≠": "CMP", "<": "CMP", ">=": "CMP", "<=": "CMP", "!=": "CMP", "<>": "CMP",
    "+": "PLUS", "-": "MINUS", "×": "TIMES", "÷": "TIMES", "%": "UNIT", "‰": "UNIT",
}  # fmt: skip
UNKNOWN = "UNKNOWN"
BAD_DEDENT = "BAD_DEDENT"


_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def lexed(text: str, lexicon: Lexicon, automaton: Automaton) -> Iterator[Token]:
    """The tokens of a text; each is cut when the automaton has taken the one before."""
    match = _TOKEN.match
    at, end = 0, len(text)
    if (lead := re.match(r"[ \t\u3000]*>[^\n]*", text)) is not None:
        at = lead.end()
    while at < end:
        found = match(text, at)
        assert found is not None, "the last alternative takes any character but a line break, which _NL takes"
        kind, stop = str(found.lastgroup), found.end()
        if kind == "_SKIP":
            at = stop
            continue
        if kind == "WORD":
            kind, stop = _word(lexicon, text, at, stop, automaton.allowed)
        elif kind == "SIGN":
            kind = SIGNS.get(found.group(), SIGNS.get(text[at], UNKNOWN))
        elif kind in ("DATE", "DECIMALS_N") and kind not in automaton.allowed:
            kind, stop = _plain_number(text, at, kind, automaton.allowed)
        yield Token(kind, text[at:stop], at, stop)
        at = stop


def _word(lexicon: Lexicon, text: str, at: int, stop: int, allowed: Row) -> tuple[str, int]:
    """The terminal of the word at `at` and where it ends, given what the parser allows."""
    for keyword, end in keywords_at(lexicon, text, at, stop):
        if keyword.token in allowed:
            return keyword.token, end
    if "UNIT" in allowed:
        if unit_end := _unit(text, at, stop):
            return "UNIT", unit_end
        if "LABEL" in allowed:
            return "LABEL", _label_end(text, at, stop)
    if "NAME" in allowed:
        return "NAME", stop
    for keyword, end in keywords_at(lexicon, text, at, stop):
        return keyword.token, end
    return "NAME", stop


def _plain_number(text: str, at: int, kind: str, allowed: Row) -> tuple[str, int]:
    found = _PLAIN_NUMBER.match(text, at)
    assert found is not None
    return ("NUMBER" if "NUMBER" in allowed else kind), found.end()


def keywords_at(lexicon: Lexicon, text: str, at: int, stop: int) -> Iterator[tuple[Keyword, int]]:
    """The keywords that the word from `at` to `stop` can be, longest first, each with where it ends."""
    for spelling, keyword in lexicon.zh.get(text[at], ()):
        end = at + len(spelling)
        if text.startswith(spelling, at) and (keyword.use == "post" or end >= stop or not _letter(text[end])):
            yield from ((keyword, end),) if _stands(keyword, text, end) else ()
    for words, keyword in lexicon.en.get(text[at:stop], ()):
        end = stop
        for word in words[1:]:
            found = _NEXT_WORD.match(text, end)
            if found is None or found.group(1) != word:
                break
            end = found.end()
        else:
            if _stands(keyword, text, end):
                yield keyword, end


def _letter(character: str) -> bool:
    return character.isalpha() or character == "_"


def _stands(keyword: Keyword, text: str, end: int) -> bool:
    before = _BEFORE.get(keyword.use)
    return before is None or before.match(text, end) is not None


def _unit(text: str, at: int, stop: int) -> int | None:
    if text[at:stop] in UNITS_EN:
        return stop
    for unit in UNITS_ZH:
        end = at + len(unit)
        if text.startswith(unit, at) and (end >= stop or _AFTER_UNIT.match(text, end) or text[end].isdigit()):
            return end
    return None


def _label_end(text: str, at: int, stop: int) -> int:
    cut = _AFTER_UNIT.search(text, at + 1, stop)
    return cut.start() if cut else stop


def indented(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with indentation as _INDENT and _DEDENT.

    A line inside brackets goes on only if it stands deeper than its statement.
    """
    levels = [0]
    brackets = 0
    token = None
    for token in tokens:
        if token.type != "_NL":
            yield token
            brackets += (token.type == "LPAR") - (token.type == "RPAR")
            continue
        indent = width(token.rsplit("\n", 1)[1])
        if brackets > 0 and indent > levels[-1]:
            continue
        brackets = 0
        yield token
        if indent > levels[-1]:
            levels.append(indent)
            yield token.followed_by("_INDENT")
            continue
        while indent < levels[-1]:
            levels.pop()
            yield token.followed_by("_DEDENT")
        if indent != levels[-1]:
            yield token.followed_by(BAD_DEDENT)
    for _ in levels[1:]:
        assert token is not None, "a level was opened by a token"
        yield token.followed_by("_DEDENT")


def width(blanks: str) -> int:
    """Columns that leading blanks take: a tab goes to the next multiple of four, an ideographic space takes two."""
    columns = 0
    for blank in blanks:
        columns += 4 - columns % 4 if blank == "\t" else 2 if blank == "\u3000" else 1
    return columns
