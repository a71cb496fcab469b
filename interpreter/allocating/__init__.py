"""Allocation: which items go to which owners, under hard lines and goals strictly in order.

In: a division of the checked core and the people of a run. Out: the best division there is, reckoned again by code of
its own; what another choice would cost; why not; and where no division meets all lines, a smallest set of those that
cannot all hold. Solvers stand behind `solve.py` and see whole numbers alone (`model.py`).
Never here: words for people, and what a policy means beyond its divisions.
"""
