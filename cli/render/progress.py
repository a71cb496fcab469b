"""How a division comes along, on a terminal: the goal, what it comes to so far and what is still possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cli import terminal


@contextmanager
def following(language: str) -> Iterator[Callable[[int, int, int], None] | None]:
    """What is told of each step, shown on one line of standard error; nothing where that is no terminal."""
    console = terminal.console(error=True)
    if not console.is_terminal:
        yield None
        return
    with console.status("") as status:

        def tell(goal: int, value: int, bound: int) -> None:
            gap = abs(value - bound) * 100 // max(abs(bound), abs(value), 1)
            words = (f"第 {goal + 1} 步：{value}，最好可能 {bound}，差距 {gap}%" if language == "zh"
                     else f"step {goal + 1}: {value}, best possible {bound}, gap {gap}%")  # fmt: skip
            status.update(words)

        yield tell
