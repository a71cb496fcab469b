"""Words that go with a number: `{count} {count:row repeats|rows repeat}` says the first of one, the second else."""

from __future__ import annotations


class Put(str):
    """What is put into a sentence; asked for one of two wordings, the first if it is the number one."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return (one if self == "1" else many) if bar else super().__format__(spec)
