"""Names that name nothing, and the synonyms METHOD §6 forbids."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import Breach, lines_of, our_files, parsed, place

NAMES_OF_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "base"}

# Forbidden word → the word of the glossary.
SYNONYMS = {
    r"metrics?": "measure",
    r"indicators?": "measure",
    r"kpis?": "measure",
    r"goals?": "objective (or target)",
    r"projects?": "initiative",
    r"traffic[ _-]?lights?": "status",
    r"manual[ _-]?fix(?:es)?": "restatement",
    r"real[ _-]?time": "a freshness class",
}

# Somebody else's names, and the one term METHOD §2.2 itself uses.
NOT_SYNONYMS = re.compile(
    r"goal[ _-]?types?|`goal`|goal:|\.goal\b|goals?/red[- ]?flags?|goal and red[ -]flag"
    r"|composite indicators|hx-indicator|htmx-indicator|htmx-request|includeIndicatorStyles"
    r"|pyproject|django[_ ]project|project\.scripts|\[project\]|tsconfig",
    re.IGNORECASE,
)

# The definitions call the field that holds a GoalType `goal`; a person never reads that word.
GOAL_OF_A_VERSION = re.compile(r"(?<![A-Za-z])(?:goal|GOALS?)(?![A-Za-z])")

SPOKEN = ("src", "islands", "docs", "tests", "benchmarks", "README.md", "ARCHITECTURE.md", "CHANGELOG.md")
# Importers meet other people's words, and so do the tests of them and the mappings of real files.
IMPORTERS = re.compile(
    r"data/imports/|data/sources/|folder/mapping|tests/real/|tests/house/|tests/folder/test_mapped|tests/data/imports/"
)


NOT_ADDRESSED = ("engine", "folder", "connectors", "cli")
"""Floors without Django: what they say is wrapped by whoever shows it, or printed on a console."""
TOLD = {"sentence", "remedy"}
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def refusals_can_be_translated(root: Path) -> list[Breach]:
    """What a refusal tells a person goes through gettext: its sentence, its remedy, and words handed to it."""
    found = []
    for file in our_files(root, ".py", under=("src/fourfold",)):
        if file.relative_to(root).parts[2] in NOT_ADDRESSED:
            continue
        for node in ast.walk(parsed(file)):
            for said in told_by(node):
                if (
                    isinstance(said, ast.Constant | ast.JoinedStr)
                    and PLACEHOLDER.sub("", words_of(said)).strip()
                ):
                    found.append(
                        Breach(place(file, root=root), said.lineno, "told to a person without gettext")
                    )
    return found


def told_by(node: ast.AST) -> Iterator[ast.expr]:
    """What a class says as its sentence and remedy, and what a raised refusal is given as its reason or advice."""
    if isinstance(node, ast.ClassDef):
        for line in node.body:
            if isinstance(line, ast.Assign) and any(ast.unparse(each) in TOLD for each in line.targets):
                yield line.value
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield from (each.value for each in node.exc.keywords if each.arg in {"reason", "advice", "message"})


def words_of(said: ast.Constant | ast.JoinedStr) -> str:
    """The letters that stand in the code itself."""
    if isinstance(said, ast.Constant):
        return said.value if isinstance(said.value, str) else ""
    return "".join(str(part.value) for part in said.values if isinstance(part, ast.Constant))


def nothing_is_named_for_nothing(root: Path) -> list[Breach]:
    found = []
    for file in our_files(root, under=("src", "tests", "islands", "scripts", "benchmarks")):
        # allauth looks its layouts up by these names.
        steps = (
            () if "allauth" in file.parts else (*file.relative_to(root).parts[:-1], file.name.split(".")[0])
        )
        for name in NAMES_OF_NOTHING.intersection(step.strip("_") for step in steps):
            found.append(Breach(place(file, root=root), 1, f"`{name}` names no concept"))
    return found


def words_come_from_the_glossary(root: Path) -> list[Breach]:
    found = []
    for file in spoken_files(root):
        for number, line in lines_of(file):
            spoken = GOAL_OF_A_VERSION.sub("", line) if file.suffix == ".py" else line
            for word, wanted in forbidden_words(spoken):
                found.append(Breach(place(file, root=root), number, f"say {wanted}, not “{word}”"))
    return found


def spoken_files(root: Path) -> list[Path]:
    files = list(our_files(root, ".py", ".html", ".ts", ".css", ".md", ".txt", under=SPOKEN))
    files += [root / name for name in SPOKEN if (root / name).is_file()]
    return [file for file in files if not IMPORTERS.search(file.relative_to(root).as_posix())]


def forbidden_words(line: str) -> list[tuple[str, str]]:
    """Whole words, in prose and inside snake_case and CamelCase names alike."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", NOT_SYNONYMS.sub("", line))
    hits = []
    for synonym, wanted in SYNONYMS.items():
        for match in re.finditer(rf"(?<![A-Za-z]){synonym}(?![A-Za-z])", spaced, re.IGNORECASE):
            hits.append((match.group(), wanted))
    return hits
