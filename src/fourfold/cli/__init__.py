"""The `fourfold` command: thin, each command a call into a floor, the folder or the engine.

A room for each question, a file for each command, called as it is typed. Beside a command that analyses a file stand
its `document` (what was asked and found, as `--json` prints it), its `table` for people and its `picture`.
"""
