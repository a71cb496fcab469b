"""The words of the language: keywords and units as the lexer, the formatter and the messages need them.

Read from keywords.yaml when the tables are built (dsl/syntax/build.py) and kept with them: no YAML is read on start.
"""

from __future__ import annotations

from msgspec import Struct

from policy.units import KNOWN, SINGULAR


class Keyword(Struct, frozen=True):
    """One keyword: its terminal, its spellings, its family and when it is a keyword (word, call, path, post)."""

    token: str
    zh: str
    en: str
    family: str
    use: str

    def spelled(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


UNITS_ZH = tuple(sorted((u.zh for u in KNOWN), key=len, reverse=True))
UNITS_EN = frozenset(u.en for u in KNOWN) | frozenset(SINGULAR)


class Lexicon:
    """All keywords, findable by how a word starts."""

    def __init__(self, keywords: tuple[Keyword, ...]) -> None:
        self.keywords = keywords
        self.by_token = {k.token: k for k in keywords}
        self.zh: dict[str, list[tuple[str, Keyword]]] = {}
        self.en: dict[str, list[tuple[tuple[str, ...], Keyword]]] = {}
        for keyword in keywords:
            self.zh.setdefault(keyword.zh[0], []).append((keyword.zh, keyword))
            words = tuple(keyword.en.split())
            self.en.setdefault(words[0], []).append((words, keyword))
        for chinese in self.zh.values():
            chinese.sort(key=lambda pair: -len(pair[0]))
        for english in self.en.values():
            english.sort(key=lambda pair: -len(pair[0]))
