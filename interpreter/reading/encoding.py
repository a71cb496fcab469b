"""Bytes to text: UTF-8, UTF-16 and GB18030 are told apart by evidence, and what cannot be told is asked.

The order: a byte order mark; zero bytes on one side of every pair (UTF-16 without a mark); valid UTF-8; GB18030. A
file whose first line is UTF-8 beyond doubt is not read as GB18030 because of one damaged byte further down: nearly any
bytes are some GB18030 text, and the rest of the file would silently turn into other words.
"""

from __future__ import annotations

import codecs

from interpreter.reading.dataset import Place, stop
from policy.encodings import mostly_utf8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_WIDE = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"))


def decode(data: bytes, place: Place, told: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; DataError where the bytes are damaged or could be several.

    `told` is the encoding that the user names; it is taken at its word.
    """
    if told:
        return _strict(data, 0, told, place), told.upper()
    if any(data.startswith(mark) for mark, _ in _WIDE):
        raise stop("ZS606", place)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, len(mark), codec, place), name
    wide = _unmarked_utf16(data)
    if wide:
        return _strict(data, 0, wide, place), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        return _gb18030(data, error, place), "GB18030"


def _strict(data: bytes, start: int, codec: str, place: Place) -> str:
    try:
        return str(data[start:], codec)
    except UnicodeDecodeError as error:
        raise _damaged(data, start + error.start, codec, place) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 gives every ASCII character (separators, digits, line ends) a zero byte, always on the same side. What is
    UTF-8 as well has hardly anything else; a few zero bytes in it are damage."""
    head = data[:65536]
    pairs = len(head) // 2
    if not pairs or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few = pairs if _is_utf8(head) else pairs // 5
    if odd * 2 > few and even * 20 <= odd:
        return "utf-16-le"
    if even * 2 > few and odd * 20 <= even:
        return "utf-16-be"
    return None


def _is_utf8(head: bytes) -> bool:
    """Whether the beginning of a text is UTF-8; its last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _gb18030(data: bytes, error: UnicodeDecodeError, place: Place) -> str:
    if _header_is_utf8(data):
        raise _damaged(data, error.start, "utf-8", place) from error
    if mostly_utf8(data):
        at = Place(place.file, place.sheet, data.count(b"\n", 0, error.start) + 1)
        raise stop("ZS691", at, offset=error.start) from error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as other:
        raise stop("ZS606", place) from other
    if any("\ue000" <= c <= "\uf8ff" for c in text[:100_000]):
        raise stop("ZS606", place)
    return text


def _header_is_utf8(data: bytes) -> bool:
    """The first line has characters beyond ASCII, and all of them are UTF-8."""
    first = data.partition(b"\n")[0]
    try:
        return not first.isascii() and len(first.decode("utf-8")) > 0
    except UnicodeDecodeError:
        return False


def _damaged(data: bytes, offset: int, codec: str, place: Place) -> Exception:
    wide = codec.startswith("utf-16")
    breaks = b"\n\0" if codec == "utf-16-le" else b"\0\n" if wide else b"\n"
    line = data.count(breaks, 0, offset) + 1
    at = Place(place.file, place.sheet, line)
    return stop("ZS607", at, offset=offset, encoding=codec.upper().removesuffix("-LE").removesuffix("-BE"))
