"""Whether bytes that are not UTF-8 were meant to be: nearly any bytes are some GB18030 text, in other words than meant.

Chinese text in GB18030 holds few sequences that happen to be UTF-8, and damaged UTF-8 holds little else. In a text of
the 3,755 commonest characters, as most are, no byte opens a character as those of UTF-8 do.
"""

from __future__ import annotations

import re

_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
    rb"|[\xe1-\xef][\x80-\xbf](?![\x80-\xff])"
)
"""Characters of UTF-8, whole ones and those of which the last byte is lost."""
_COMMON = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xd7][\xa1-\xfe])*")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LOOKED_AT = 1 << 20


def mostly_utf8(data: bytes) -> bool:
    """Whether half or more of the bytes beyond ASCII belong to characters of UTF-8, in no text of common characters."""
    if _COMMON.fullmatch(data):
        return False
    head = data[:_LOOKED_AT]
    beyond = len(_BEYOND_ASCII.findall(head))
    return beyond > 0 and 2 * sum(map(len, _CHARACTER.findall(head))) >= beyond
