"""How the engine documents itself (STYLE 6), and what a test may lean on (STYLE 14)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import Breach, our_files, parsed, place


def engine_functions_have_a_docstring(root: Path) -> list[Breach]:
    return [
        Breach(place(file, root=root, name=function.name), function.lineno, "no docstring")
        for file, function in functions_offered(root)
        if not ast.get_docstring(function)
    ]


def engine_arithmetic_cites_and_shows(root: Path) -> list[Breach]:
    """What computes a number names where the formula comes from and shows one example."""
    found = []
    for file, function in functions_offered(root):
        if lacking := what_is_lacking(ast.get_docstring(function) or ""):
            found.append(Breach(place(file, root=root, name=function.name), function.lineno, f"no {lacking}"))
    return found


STAND_INS = ("unittest.mock", "mock", "pytest_mock")


def tests_use_real_things(root: Path) -> list[Breach]:
    """No stand-ins, and no sleeping: a test waits for an event or drives the clock it passed in."""
    found = []
    for file in our_files(root, ".py", under=("tests",)):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Import | ast.ImportFrom) and names_a_stand_in(node):
                found.append(Breach(place(file, root=root), node.lineno, "a stand-in; use the real thing"))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"}:
                found.append(Breach(place(file, root=root), node.lineno, "sleeps; wait for the event"))
    return found


def names_a_stand_in(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name in STAND_INS for alias in node.names)
    return node.module in STAND_INS or (
        node.module == "unittest" and any(alias.name == "mock" for alias in node.names)
    )


def functions_offered(root: Path) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """A concept is a module or, where it is a package, what its `__init__` offers from the modules inside."""
    engine = root / "src" / "fourfold" / "engine"
    concepts = {file: [file] for file in sorted(engine.glob("*.py"))}
    concepts |= {file: sorted(file.parent.rglob("*.py")) for file in sorted(engine.glob("*/__init__.py"))}
    for concept, files in concepts.items():
        offered = names_offered(parsed(concept))
        for file in files:
            for node in parsed(file).body:
                if isinstance(node, ast.FunctionDef) and node.name in offered:
                    yield file, node


def names_offered(module: ast.Module) -> set[str]:
    for node in module.body:
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "__all__" for target in node.targets
        ):
            return set(ast.literal_eval(node.value))
    return set()


def what_is_lacking(docstring: str) -> str:
    signs = (("`Source:`", "Source:"), ("doctest", ">>>"))
    return " and no ".join(name for name, sign in signs if sign not in docstring)
