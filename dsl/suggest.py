"""Did-you-mean: the one place that says which known name an unknown word was meant to be.

Chinese is mistyped by sound (`计效` for `绩效`), English by letters (`wriiten` for `written`), and both by saying more
than the name does (`合规得分` for `合规`). So candidates are judged in this order: the same but for width, case and
separators; the same sound without tones; nearly the same sound (the syllables that many speakers do not tell apart, or
one letter of typed pinyin); few letters apart for the length; one contained in the other; a Chinese character or two
replaced. What passes none of these is not suggested at all: a silly suggestion is worse than none.

Pinyin is loaded only when Chinese is in play, since most runs never need a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

Merit: TypeAlias = "tuple[int, float, int]"

SAME, SOUND, NEAR_SOUND, LETTERS, CONTAINED, REPLACED = range(6)

HAN = re.compile("[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SEPARATORS = re.compile(r"[\s_\-]+")
ALIKE_SYLLABLES = str.maketrans({"l": "n"})

LOOKS_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТХУԚԜҮаеѕіјорсухԛԝһԁӏүԌ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ",
    "ABESIJKMHOPCTXYQWYaesijopcyxqwhdlyG" + "ABEZHIKMNOPTYXaikvopux",
)


class Form(Struct, frozen=True):
    """A word as it is compared: `text` without width, case and separators' kind, `sound` its pinyin without tones."""

    text: str
    sound: str
    han: bool


def nearest(word: str, candidates: Iterable[str], limit: int = 1) -> list[str]:
    """The names among `candidates` that `word` was probably meant to be, best first; equals keep the given order."""
    names = [name for name in dict.fromkeys(candidates) if name and name != word]
    meant, *forms = _forms([word, *names])
    judged = [(_merit(meant, form), at) for at, form in enumerate(forms)]
    ranked = sorted((merit, at) for merit, at in judged if merit is not None)
    return [names[at] for _, at in ranked[:limit]]


def skeleton(word: str) -> str:
    """`word` with look-alike Cyrillic and Greek letters made Latin: names of one skeleton look the same."""
    return unicodedata.normalize("NFKC", word).translate(LOOKS_LATIN)


def spelled_like(word: str) -> str | None:
    """The Latin spelling that a name of mixed scripts only looks like (Cyrillic in `score`), None for honest names."""
    plain = unicodedata.normalize("NFKC", word)
    latin = plain.translate(LOOKS_LATIN)
    mixed = latin != plain and "LATIN" in _scripts(plain)
    return latin if mixed and not _scripts(latin) & {"CYRILLIC", "GREEK"} else None


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}


def _forms(words: list[str]) -> list[Form]:
    """How each word is compared, in the given order."""
    texts = [SEPARATORS.sub(" ", unicodedata.normalize("NFKC", word).casefold().strip()) for word in words]
    chinese = [bool(HAN.search(text)) for text in texts]
    sounds = _sounds(texts) if any(chinese) else texts
    return [Form(*parts) for parts in zip(texts, sounds, chinese, strict=True)]


def _sounds(texts: list[str]) -> list[str]:
    """The pinyin of each text; what is not Chinese stands for itself, without tone marks."""
    from pypinyin import lazy_pinyin

    return [_bare("".join(lazy_pinyin(text))) for text in texts]


def _bare(letters: str) -> str:
    apart = unicodedata.normalize("NFD", letters.replace(" ", ""))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _merit(meant: Form, name: Form) -> Merit | None:
    """How near a name is, smaller is nearer; None if it is not."""
    if meant.text.replace(" ", "") == name.text.replace(" ", ""):
        return (SAME, 0, 0)
    return _by_sound(meant, name) or _by_letters(meant, name) or _by_part(meant.text, name.text)


def _by_sound(meant: Form, name: Form) -> Merit | None:
    """Chinese against Chinese or against typed pinyin."""
    if not (meant.han or name.han):
        return None
    if meant.sound == name.sound:
        return (SOUND, _replaced(meant.text, name.text), 0)
    short = min(len(meant.sound), len(name.sound))
    if short >= 4 and _alike(meant.sound) == _alike(name.sound):
        return (NEAR_SOUND, 0, 0)
    typed = meant.han != name.han
    if short >= 5 and (typed or _half_shared(meant.text, name.text)) and _edits(meant.sound, name.sound, 1) <= 1:
        return (NEAR_SOUND, 1, 0)
    return None


def _alike(sound: str) -> str:
    """The sound with the syllables made one that many speakers do not tell apart: zh and z, ng and n, l and n."""
    for told, heard in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
        sound = sound.replace(told, heard)
    return sound.translate(ALIKE_SYLLABLES)


def _replaced(left: str, right: str) -> int:
    """In how many places two words differ."""
    return abs(len(left) - len(right)) + sum(a != b for a, b in zip(left, right, strict=False))


def _half_shared(left: str, right: str) -> bool:
    return len(left) == len(right) and _replaced(left, right) * 2 <= len(left)


def _by_letters(meant: Form, name: Form) -> Merit | None:
    """Few letters apart for the length; a Chinese character replaced by one that sounds otherwise waits for later."""
    if meant.han != name.han:
        return None
    longer = max(len(meant.text), len(name.text))
    most = min(longer // 3, 2) if meant.han else min(longer // 4, 3)
    apart = _edits(meant.text, name.text, most)
    if not 0 < apart <= most:
        return None
    same_length = len(meant.text) == len(name.text)
    replaced = meant.han and same_length and sorted(meant.text) != sorted(name.text)
    part = _by_part(meant.text, name.text)
    return part if meant.han and part else (REPLACED if replaced else LETTERS, apart / longer, 0)


def _by_part(left: str, right: str) -> Merit | None:
    """One word inside the other, the head before the tail, and a third of it at least."""
    part, whole = sorted((left, right), key=len)
    if len(part) * 3 < len(whole):
        return None
    chinese = HAN.search(part)
    inside = len(part) >= 2 and part in whole if chinese else len(part) >= 4 and f" {part} " in f" {whole} "
    if not inside:
        return None
    return (CONTAINED, len(whole) - len(part), 0 if whole.startswith(part) else 1)


def _edits(left: str, right: str, most: int) -> int:
    """Letters added, left out, replaced or swapped with a neighbour from word to word; `most` + 1 stands for more."""
    if abs(len(left) - len(right)) > most or len(set(left) - set(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            step = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                step = min(step, older[j - 2] + 1)
            row.append(step)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)
