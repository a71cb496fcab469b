"""Which key was meant by one that nobody has: 001 for 1, a01 for A01, full-width digits, O for 0, a slip of the finger.

Only what is told apart from all other keys is a guess worth making: where many are as near, none is named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

_FEW = 3
"""Keys named at most."""
_SHORTEST = 3
"""Shorter keys are one slip away from too many others."""
_ALIKE = str.maketrans({"o": "0", "i": "1", "l": "1", "|": "1"})
_INVISIBLE = ("Cf", "Cc", "Zs", "Pd", "Pc", "Po")


class Keys:
    """The keys of a record, to be asked for those like another."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = dict.fromkeys(keys)
        self._plain: dict[str, list[str]] = {}
        self._alike: dict[str, list[str]] = {}
        for key in self._keys:
            plain = _plain(key)
            self._plain.setdefault(plain, []).append(key)
            self._alike.setdefault(_alike(plain), []).append(key)
        self._letters = sorted({letter for plain in self._plain for letter in plain})

    def like(self, key: str) -> tuple[str, ...]:
        """The keys that the other most likely stands for, none where that cannot be told."""
        plain = _plain(key)
        if not plain:
            return ()
        found = self._plain.get(plain) or self._alike.get(_alike(plain)) or self._slips(plain)
        return tuple(sorted(found)) if len(found) <= _FEW else ()

    def _slips(self, plain: str) -> list[str]:
        if len(plain) < _SHORTEST or len(plain) > 40:
            return []
        found = {key for each in _one_off(plain, self._letters) for key in self._plain.get(each, ())}
        return list(found)


def _plain(key: str) -> str:
    """A key without what people and programs change about it: width, case, blanks, dashes."""
    folded = unicodedata.normalize("NFKC", key).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in _INVISIBLE)


def _alike(plain: str) -> str:
    """The same without leading zeros, and with one sign for those that look alike."""
    text = plain.translate(_ALIKE)
    head = text.rstrip("0123456789")
    tail = text[len(head) :]
    return head + (tail.lstrip("0") or tail[:1])


def _one_off(text: str, letters: Iterable[str]) -> Iterator[str]:
    """All texts that one letter left out, put in, changed or swapped with the next makes of a text."""
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
