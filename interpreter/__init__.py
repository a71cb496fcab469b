"""A policy and data become decisions.

In: a checked `policy.core.Policy` and files of data.
Out: typed rows with what was set aside and why (reading/), decisions with the record of how each came about (exact/).
Never here: policy text, printing, floats. What depends on the order of rows, on threads, clock or locale has no place
in this package: the same policy and data give the same decisions everywhere.
"""
