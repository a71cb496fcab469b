"""How long things take beside something known, in one run on one machine: only the ratios mean anything.

In: the names of benchmarks (`python -m benchmarks deciding`), none for all.
Out: times of ours and of a peer that does the same or less, their ratio, and whether it stays below what is promised.
Each benchmark first makes sure that both did the same work. Never here: tests; whether something is right is theirs.
"""
