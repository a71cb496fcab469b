"""Which items of a problem go to one at most."""

from interpreter.allocating.model import Problem


def singles(problem: Problem) -> frozenset[int]:
    """The items of which a line says that they go to one at most, and those that have one pair alone."""
    mine: dict[int, set[int]] = {}
    for k, (item, _) in enumerate(problem.pairs):
        mine.setdefault(item, set()).add(k)
    found = {item for item, pairs in mine.items() if len(pairs) == 1}
    for line in problem.lines:
        if line.order is None and line.high == 1 and line.terms and all(c == 1 for _, c in line.terms):
            item = problem.pairs[line.terms[0][0]][0]
            if mine[item] <= {k for k, _ in line.terms}:
                found.add(item)
    return frozenset(found)
