"""Bytes to policy text: encodings, characters that must not be there, and the plain form that the lexer reads.

The plain form has the same length as the text, character for character, so that every offset holds in both.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from policy.diagnostic import Argument, Diagnostic, Severity
from policy.encodings import mostly_utf8
from policy.source import Source, Span

LONGEST_TEXT = 2_000_000
_MOST_BYTES = 4 * LONGEST_TEXT
LONGEST_TOKEN = 4_000
"""Characters; no scheme comes near, and what does is a mistake or an attack."""

_OFFICE = ((b"PK\x03\x04", ".docx"), (b"\xd0\xcf\x11\xe0", ".doc"), (b"%PDF", ".pdf"), (b"{\\rtf", ".rtf"))
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""Controls, format characters, fillers, variation selectors and tags: two names that differ in these look the same."""
_APART = r"\s|,，、:：()（）+＋×÷*＊/／=＝<>＜＞-"
_LONG_TOKEN = re.compile(rf"(?<![^{_APART}])[^{_APART}]{{{LONGEST_TOKEN}}}")

# What is quoted keeps its characters; everything else is folded to plain signs. A bracket left open keeps the rest of
# its line: searching on from each of a million open brackets would never end.
_KEPT = re.compile(
    r"""^[ \t\u3000\u00a0]*>[^\n]*|^[ \t\u3000\u00a0]*＞[^\n]*|[#＃][^\n]*"""
    r"""|[“”"＂][^“”"＂\n]*[“”"＂]|【[^】\n]*(?:】|$)|\[[^\]\n]*(?:\]|$)|［[^］\n]*(?:］|$)|「[^」\n]*(?:」|$)|`[^`\n]*`""",
    re.MULTILINE,
)
_FOLD = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | str.maketrans("；;、，≧≦−＊*／/\u00a0\r", ",,,,≥≤-××÷÷  ")
_FULL_STOP = re.compile(r"(?<![.．])[。．.](?=[ \t\u3000]*$)", re.MULTILINE)
_INNER_STOP = re.compile(r"(?<![.．])[。．.](?=[ \t\u3000]*\n)")
"""The same in text that goes on with a quoted name or string: the dot before `「` is none that ends a line."""


def read(path: Path) -> tuple[Source | None, list[Diagnostic]]:
    """The text of a policy file; None with the reason if it cannot be read as one.

    What is no ordinary file, such as a pipe or a device, is never opened, and what is too large never read.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return None, [_error("ZS116", Source(str(path), ""), 0)]
    if status.st_size > _MOST_BYTES:
        return None, [_error("ZS102", Source(str(path), ""), 0, limit=LONGEST_TEXT)]
    return decode(path.read_bytes(), str(path))


def decode(data: bytes, name: str) -> tuple[Source | None, list[Diagnostic]]:
    """Bytes as text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030 (said in a note)."""
    for magic, kind in _OFFICE:
        if data.startswith(magic):
            return None, [_error("ZS101", Source(name, ""), 0, kind=kind)]
    if len(data) > _MOST_BYTES:
        return None, [_error("ZS102", Source(name, ""), 0, limit=LONGEST_TEXT)]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, name, "utf-16")
    if (at := data.find(b"\0")) >= 0:
        return None, [_error("ZS103", Source(name, ""), 0, offset=at)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if mostly_utf8(data):
            return None, [_error("ZS117", Source(name, ""), 0, offset=error.start)]
        return _decoded(data, name, "gb18030")
    return Source(name, text), []


def _decoded(data: bytes, name: str, encoding: str) -> tuple[Source | None, list[Diagnostic]]:
    try:
        source = Source(name, data.decode(encoding), encoding)
    except UnicodeDecodeError:
        try:
            data.decode("utf-8-sig")
            offset = 0
        except UnicodeDecodeError as error:
            offset = error.start
        return None, [_error("ZS104", Source(name, ""), 0, offset=offset)]
    note = Diagnostic("ZS105", Severity.NOTE, Span(source, 0, 0), {"encoding": encoding.upper()})
    return source, [note]


def objections(source: Source) -> list[Diagnostic]:
    """What must be mended before the text can be parsed at all."""
    text = source.text
    if len(text) > LONGEST_TEXT:
        return [_error("ZS102", source, 0, limit=LONGEST_TEXT)]
    if found := _LONG_TOKEN.search(text):
        return [_error("ZS106", source, found.start(), limit=LONGEST_TOKEN)]
    return [_error("ZS107", source, m.start(), code=f"U+{ord(m.group()):04X}") for m in _HIDDEN.finditer(text)][:10]


def plain(text: str) -> str:
    """The text with full-width signs as their ASCII twins, the same length, quoted parts untouched."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    parts, end = [], 0
    for kept in _KEPT.finditer(text):
        stop = _INNER_STOP if kept.group()[0] in '「`“”"＂' else _FULL_STOP
        parts.append(_folded(text[end : kept.start()], stop))
        parts.append(_bracketed(kept.group()))
        end = kept.end()
    parts.append(_folded(text[end:], _FULL_STOP))
    return "".join(parts)


def _folded(text: str, stop: re.Pattern[str]) -> str:
    return stop.sub(" ", text).translate(_FOLD)


def _bracketed(kept: str) -> str:
    first = kept.lstrip(" \t\u3000\u00a0")[:1]
    if first in "＞＃":
        return kept.replace(first, ">" if first == "＞" else "#", 1)
    return kept.replace("［", "[").replace("］", "]") if first == "［" else kept


def _error(code: str, source: Source, at: int, /, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Span(source, at, min(at + 1, len(source.text))), arguments)
