"""Plain text to tokens, in step with the parser: a word is a keyword only where the grammar allows that keyword.

This is Lark's contextual lexer with the words looked up in a table instead of in one regular expression for each of
three hundred parser states; compiling those took longer than everything else the command does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lark.indenter import Indenter
from lark.lexer import Lexer, Token

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


class PolicyLexer(Lexer):
    """The lexer that Lark drives; `lexicon` is set once the keyword table is known."""

    __future_interface__ = 2
    lexicon: Lexicon

    def __init__(self, lexer_conf: Any) -> None:
        del lexer_conf

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        text = lexer_state.text.text
        states = parser_state.parse_conf.states
        match = _TOKEN.match
        line, line_start, at, end = 1, 0, 0, len(text)
        if (lead := re.match(r"[ \t\u3000]*>[^\n]*", text)) is not None:
            at = lead.end()
        while at < end:
            found = match(text, at)
            assert found is not None, "the last alternative takes any character but a line break, which _NL takes"
            kind, stop = found.lastgroup, found.end()
            if kind == "_SKIP":
                at = stop
                continue
            if kind == "WORD":
                kind, stop = self._word(text, at, stop, states[parser_state.position])
            elif kind == "SIGN":
                kind = SIGNS.get(found.group(), SIGNS.get(text[at], UNKNOWN))
            elif kind in ("DATE", "DECIMALS_N") and kind not in states[parser_state.position]:
                kind, stop = self._plain_number(text, at, kind, states[parser_state.position])
            token = Token(str(kind), text[at:stop], at, line, at - line_start + 1, line, stop - line_start + 1, stop)
            if kind == "_NL":
                line += text.count("\n", at, stop)
                line_start = text.rindex("\n", at, stop) + 1
            at = stop
            yield token

    def _word(self, text: str, at: int, stop: int, allowed: Any) -> tuple[str, int]:
        """The terminal of the word at `at` and where it ends, given what the parser allows."""
        for keyword, end in keywords_at(self.lexicon, text, at, stop):
            if keyword.token in allowed:
                return keyword.token, end
        if "UNIT" in allowed:
            if unit_end := _unit(text, at, stop):
                return "UNIT", unit_end
            if "LABEL" in allowed:
                return "LABEL", _label_end(text, at, stop)
        if "NAME" in allowed:
            return "NAME", stop
        for keyword, end in keywords_at(self.lexicon, text, at, stop):
            return keyword.token, end
        return "NAME", stop

    @staticmethod
    def _plain_number(text: str, at: int, kind: str, allowed: Any) -> tuple[str, int]:
        found = re.compile(r"\d+(?:\.\d+)?").match(text, at)
        assert found is not None
        return ("NUMBER", found.end()) if "NUMBER" in allowed else (kind, found.end())


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


class PolicyIndenter(Indenter):
    """Indentation as INDENT and DEDENT; a line inside brackets goes on only if it stands deeper than its statement."""

    NL_type = "_NL"
    OPEN_PAREN_types = ["LPAR"]  # noqa: RUF012
    CLOSE_PAREN_types = ["RPAR"]  # noqa: RUF012
    INDENT_type = "_INDENT"
    DEDENT_type = "_DEDENT"
    tab_len = 4

    def handle_NL(self, token: Token) -> Iterator[Token]:  # noqa: N802
        indent = width(token.rsplit("\n", 1)[1])
        if self.paren_level > 0 and indent > self.indent_level[-1]:
            return
        self.paren_level = 0
        yield token
        if indent > self.indent_level[-1]:
            self.indent_level.append(indent)
            yield Token.new_borrow_pos(self.INDENT_type, "", token)
            return
        while indent < self.indent_level[-1]:
            self.indent_level.pop()
            yield Token.new_borrow_pos(self.DEDENT_type, "", token)
        if indent != self.indent_level[-1]:
            yield Token.new_borrow_pos(BAD_DEDENT, "", token)


def width(blanks: str) -> int:
    """Columns that leading blanks take: a tab goes to the next multiple of four, an ideographic space takes two."""
    columns = 0
    for blank in blanks:
        columns += 4 - columns % 4 if blank == "\t" else 2 if blank == "\u3000" else 1
    return columns
