"""The exact evaluator: the meaning of the language.

In: a checked policy, a population of subjects (population), an as-of date.
Out: decisions (decide), each value with the Step that says what it came from (trace), which is all that explanations
read; and what an example expects that does not come (examples).
How: every core node is turned once per run into a closure `(scope) -> Step` (compiled; by topic in arithmetic, logic,
choosing, limits, dates, lists, ranking, quotas, exceptions). Definitions are worked out when first asked for, once a
subject; ranks and quotas for the whole cohort at once.
Never here: reading files, wording for a screen, rounding that the text does not ask for.
"""
