"""The written scheme behind a policy: what the policy cites of it, and which of its sentences no rule covers.

In: a surface document with its quoted lines and citations, and the text of the scheme. Out: the scheme's sentences,
each ruled, declared or open, and the quotes that do not stand in it word for word.
quoting collects what a document quotes and where; marking lays that over the scheme's text.
Never here: judging whether a rule says what the sentence says, rendering, and reading of files.
"""
