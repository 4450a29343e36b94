"""Reads docs/traceability.md and says which of its claims the house does not bear out."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import our_files, parsed

MODULES = tuple(f"M{module}.{bullet}" for module in range(1, 8) for bullet in range(1, 7))
ARTICLE = ("A0", "A0c", *(f"A{heading}" for heading in range(1, 10)))
IDENTIFIERS = (*MODULES, *ARTICLE)
STATES = {"done", "part", "open"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the table; an empty cell is an empty string."""

    identifier: str
    state: str
    screen: str
    route: str
    test: str


def claims_in(page: Path) -> list[Claim]:
    claims = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if len(cells) == 6 and cells[0] in IDENTIFIERS:
            identifier, _, state, screen, route, test = cells
            claims.append(Claim(identifier, state, screen, route, test))
    return claims


def unborne(root: Path, *, routes: Collection[str]) -> list[str]:
    """Every claim of the page that the tree or the mounted routes do not bear out, as sentences."""
    claims = claims_in(root / "docs" / "traceability.md")
    listed = [claim.identifier for claim in claims]
    complaints = [f"{missing} is not listed" for missing in IDENTIFIERS if missing not in listed]
    complaints += [
        f"{twice} is listed twice" for twice in sorted({each for each in listed if listed.count(each) > 1})
    ]
    marked = tests_that_mark(root)
    for claim in claims:
        complaints += complaints_about(
            claim, root=root, routes=routes, marked=marked.get(claim.identifier, set())
        )
    complaints += [
        f"{unknown} is marked by a test and is no identifier"
        for unknown in sorted(set(marked) - set(IDENTIFIERS))
    ]
    return complaints


def complaints_about(claim: Claim, *, root: Path, routes: Collection[str], marked: set[str]) -> Iterator[str]:
    name = claim.identifier
    if claim.state not in STATES:
        yield f"{name}: `{claim.state}` is none of done, part, open"
    if claim.state == "open" and (claim.screen or claim.route or claim.test or marked):
        yield f"{name} is open, yet something is claimed or marked for it"
    for what in ("screen", "route", "test"):
        if claim.state == "done" and not getattr(claim, what):
            yield f"{name} is done without a {what}"
    if claim.screen and not has_template(root, name=claim.screen):
        yield f"{name}: there is no template {claim.screen}"
    if claim.route and claim.route not in routes:
        yield f"{name}: no route {claim.route} is mounted"
    if claim.test and claim.test not in marked:
        yield f"{name}: {claim.test} does not exist or does not mark {name}"


def has_template(root: Path, *, name: str) -> bool:
    return any(path.is_file() for path in (root / "src" / "fourfold").glob(f"**/templates/{name}"))


def tests_that_mark(root: Path) -> dict[str, set[str]]:
    """Identifier → the tests (`file::function`) that carry `@pytest.mark.method(identifier)`."""
    marked: dict[str, set[str]] = {}
    for file in our_files(root, ".py", under=("tests",)):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for identifier in identifiers_marked_on(node):
                    test = f"{file.relative_to(root).as_posix()}::{node.name}"
                    marked.setdefault(identifier, set()).add(test)
    return marked


def identifiers_marked_on(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.method":
            for argument in decorator.args:
                yield str(ast.literal_eval(argument))
