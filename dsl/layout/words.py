"""Pieces as words of one language: keywords, units, signs and quotes, and the blank between two of them.

Names are written bare wherever the lexer would read them as names again, else quoted; that is asked of the keyword
table with what the grammar allows there, so no list of reserved words is kept. Two words that would read as one longer
keyword (`every` and a field called `full`) are held apart the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dsl.layout.lines import Piece
from dsl.syntax.lexer import keywords_at
from dsl.syntax.parser import lexicon
from dsl.syntax.reader_values import unquoted
from dsl.syntax.text import plain
from policy.units import SINGULAR, named

_BARE = re.compile(r"[^\W\d]\w*")
_SIGNS = {"==": "=", ">=": "≥", "<=": "≤", "!=": "≠", "<>": "≠"}
_LISTED = ("CHOICE", "OPTIONAL")
"""After these a bracket holds values, which Chinese separates by `、`."""
_TIGHT_BEFORE = frozenset(("COMMA", "COLON", "RPAR", "DOT", "DOTS"))
_TIGHT_AFTER = frozenset(("LPAR", "DOT", "DOTS"))
_ONE = {plural: singular for singular, plural in SINGULAR.items()}


def words(pieces: Sequence[Piece], breaks: Iterable[int], language: str) -> tuple[list[str], list[str]]:
    """The text of each piece in `language`, and the gap before it: empty, a blank, or a line break at `breaks`."""
    texts = [_text(piece, pieces[at - 1] if at else None, language) for at, piece in enumerate(pieces)]
    _separate(pieces, texts, language)
    gaps = [_gap(pieces, at, language) for at in range(len(pieces))]
    for at in breaks:
        gaps[at] = "\n"
    for at in _unreadable(pieces, texts, gaps):
        texts[at] = _quoted(sense(pieces[at]), language)
    return texts, gaps


def sense(piece: Piece) -> str:
    """What a piece says, whatever the language and the signs it was written in."""
    match piece.terminal:
        case "NAME" | "STRING":
            return unquoted(piece.text)
        case "CITE":
            return piece.text[1:-1].strip()
        case "YES" | "NO" if not _computes(piece):
            return piece.text
        case _:
            return _text(piece, None, "zh")


def language_of(first: Piece) -> str:
    """The language of a document, by its first keyword."""
    return "en" if first.text == lexicon().by_token[first.terminal].en else "zh"


def _text(piece: Piece, before: Piece | None, language: str) -> str:
    text = piece.text
    match piece.terminal:
        case "NAME":
            content = sense(piece)
            return content if _BARE.fullmatch(content) and plain(content) == content else _quoted(content, language)
        case "STRING":
            return f"“{unquoted(text)}”" if language == "zh" else f'"{unquoted(text)}"'
        case "CITE":
            return _cite(sense(piece), language)
        case "UNIT":
            return _unit(text, before is not None and before.text == "1", language)
        case "DECIMALS_N":
            return _decimals(text, language)
        case "DATE":
            return text if "Q" in text else "-".join(number.zfill(2) for number in re.findall(r"\d+", text))
        case "COLON":
            return "：" if language == "zh" else ":"
        case "DOTS":
            return ".."
        case _:
            return _word(piece, language)


def _word(piece: Piece, language: str) -> str:
    """A keyword or a sign. Values of a choice and words for a missing value are the author's own and stay."""
    keyword = lexicon().by_token.get(piece.terminal)
    if keyword is None or _is_a_value(piece):
        return _SIGNS.get(piece.text, piece.text)
    return keyword.spelled(language)


def _is_a_value(piece: Piece) -> bool:
    """Yes and no where nothing is worked out; 不适用 where an example gives a value, which no effect is."""
    if piece.terminal == "VOID":
        return "MISSING" in piece.allowed
    return piece.terminal in ("YES", "NO") and not _computes(piece)


def _quoted(name: str, language: str) -> str:
    """A name in the quotes of the language, or in the other's where it holds the closing one itself."""
    if language == "zh":
        return f"「{name}」" if "」" not in name else f"`{name}`"
    return f"`{name}`" if "`" not in name else f"「{name}」"


def _cite(content: str, language: str) -> str:
    """A citation in the brackets of the language, or in the other's where it holds the closing one itself."""
    if language == "zh":
        return f"【{content}】" if "】" not in content else f"[{content}]"
    return f"[{content}]" if "]" not in content else f"【{content}】"


def _unit(text: str, one: bool, language: str) -> str:
    spelled = named(text).spelled(language)
    return _ONE.get(spelled, spelled) if one and language == "en" else spelled


def _decimals(text: str, language: str) -> str:
    digits = re.findall(r"\d+", text)[0]
    if language == "zh":
        return f"{digits} 位小数"
    return f"{digits} decimal" if digits == "1" else f"{digits} decimals"


def _computes(piece: Piece) -> bool:
    """Whether the piece stands where a value may be computed: there `-` is a sign, and `是` an answer."""
    return "NUMBER" in piece.allowed


def _separate(pieces: Sequence[Piece], texts: list[str], language: str) -> None:
    """Commas: `、` between the values of a Chinese list in brackets, `，` elsewhere in Chinese."""
    brackets: list[bool] = []
    for at, piece in enumerate(pieces):
        match piece.terminal:
            case "LPAR":
                brackets.append(pieces[at - 1].terminal in _LISTED)
            case "RPAR":
                brackets.pop()
            case "COMMA" if language == "zh":
                texts[at] = "、" if brackets and brackets[-1] else "，"


def _gap(pieces: Sequence[Piece], at: int, language: str) -> str:
    """The gap before the piece at `at`."""
    if at == 0:
        return ""
    before, piece = pieces[at - 1], pieces[at]
    tight = (
        piece.terminal in _TIGHT_BEFORE
        or before.terminal in _TIGHT_AFTER
        or (piece.terminal == "LPAR" and _called(before))
        or (piece.terminal == "UNIT" and piece.text in "%‰")
        or (before.terminal == "MINUS" and _computes(before))
        or (before.terminal in ("COMMA", "COLON") and language == "zh")
    )
    return "" if tight else " "


def _called(piece: Piece) -> bool:
    keyword = lexicon().by_token.get(piece.terminal)
    return piece.terminal == "NAME" or (keyword is not None and keyword.use == "call")


def _unreadable(pieces: Sequence[Piece], texts: Sequence[str], gaps: Sequence[str]) -> list[int]:
    """The bare names that would not be read as these names."""
    starts, text = [], ""
    for word, gap in zip(texts, gaps, strict=True):
        starts.append(len(text) + len(gap))
        text += gap + word
    found = []
    for at, piece in enumerate(pieces):
        read = _read(piece, text, starts[at])
        if piece.terminal == "NAME" and read:
            found.append(at)
        elif read > len(texts[at]) and at + 1 < len(pieces) and pieces[at + 1].terminal == "NAME":
            found.append(at + 1)
    return found


def _read(piece: Piece, text: str, start: int) -> int:
    """How many characters a keyword that is allowed where the piece stands takes from `start` of `text`; 0 for none."""
    word = _BARE.match(text, start)
    if word is None:
        return 0
    ends = (end for keyword, end in keywords_at(lexicon(), text, start, word.end()) if keyword.token in piece.allowed)
    return next(ends, start) - start
