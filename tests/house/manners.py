"""How the engine documents itself (STYLE 6)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import Breach, our_files, parsed, place


def engine_functions_say_what_they_answer(root: Path) -> list[Breach]:
    """Every public function of the engine has a docstring that names its source and shows one example."""
    found = []
    for file in our_files(root, ".py", under=("src/fourfold/engine",)):
        module = parsed(file)
        public = names_offered(module)
        for node in module.body:
            if isinstance(node, ast.FunctionDef) and node.name in public:
                lacking = what_is_lacking(ast.get_docstring(node) or "")
                if lacking:
                    found.append(Breach(place(file, root=root, name=node.name), node.lineno, f"no {lacking}"))
    return found


def names_offered(module: ast.Module) -> set[str]:
    for node in module.body:
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "__all__" for target in node.targets
        ):
            return set(ast.literal_eval(node.value))
    return set()


def what_is_lacking(docstring: str) -> str:
    if not docstring:
        return "docstring"
    return " and no ".join(
        name for name, sign in (("`Source:`", "Source:"), ("doctest", ">>>")) if sign not in docstring
    )
