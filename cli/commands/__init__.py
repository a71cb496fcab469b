"""The commands, a file each; only the one that is called is imported.

In: what the user typed, as typer takes it apart.
Out: an exit code (cli.terminal: 0 all decided, 1 the policy has errors, 2 wrong use or a file, 3 something is open), and
whatever cli.render shows or cli.writing writes on the way.
Each file has a function `command`, whose docstring and helps say it in Chinese and then in English.
Never here: what a policy means, how it is decided, how anything looks.
"""
