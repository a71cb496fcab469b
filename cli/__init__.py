"""The outermost layer: commands, and everything that is shown or written.

In: what the user typed. Out: text on the terminal, HTML, Excel, JSON, exit codes.
One file a command in commands/, rendering apart in render/; nothing else in the project prints.
Never here: what a policy means, how it is decided.
"""
