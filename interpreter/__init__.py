"""A checked policy and data become decisions.

In: a Policy of the package `policy`, and data files.
Out: typed rows, decisions with their reasons, explanations, simulations and allocations, as data.
Never here: policy text (package `dsl`), printing (package `cli`), floats.
"""
