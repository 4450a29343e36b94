"""How long a file and a function may be, and how many parameters may go without a name (STYLE 4 and 5)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import Breach, functions_of, our_files, parsed, place, source_files

FILE_CEILING = 400
FUNCTION_CEILING = 40
POSITIONAL_CEILING = 2

WRITTEN = ("src", "tests", "islands", "scripts", "benchmarks")
COMPILED = {"njit", "jit", "vectorize", "guvectorize"}


def files_stay_below_their_ceiling(root: Path) -> list[Breach]:
    found = []
    for file in our_files(root, ".py", ".ts", ".mjs", ".html", ".css", ".lark", under=WRITTEN):
        length = len(file.read_text(encoding="utf-8").splitlines())
        if length > FILE_CEILING and "migrations" not in file.parts:
            found.append(Breach(place(file, root=root), 1, f"{length} lines; the ceiling is {FILE_CEILING}"))
    return found


def functions_stay_below_their_ceiling(root: Path) -> list[Breach]:
    """A docstring is documentation, so it is not counted."""
    found = []
    for file in our_files(root, ".py", under=WRITTEN):
        if "migrations" in file.parts:
            continue
        for function in functions_of(parsed(file)):
            length = length_without_docstring(function)
            if length > FUNCTION_CEILING:
                what = f"{length} lines; the ceiling is {FUNCTION_CEILING}"
                found.append(Breach(place(file, root=root, name=function.name), function.lineno, what))
    return found


def parameters_beyond_two_are_named(root: Path) -> list[Breach]:
    """Of what others call. Kernels are exempt: Numba knows no keyword-only parameter."""
    found = []
    for file in source_files(root):
        for function in functions_of(parsed(file)):
            count = len(positional_parameters(function))
            if count > POSITIONAL_CEILING and not function.name.startswith("_") and not is_compiled(function):
                what = f"{count} positional parameters; name all after the second"
                found.append(Breach(place(file, root=root, name=function.name), function.lineno, what))
    return found


def length_without_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def positional_parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [parameter.arg for parameter in [*function.args.posonlyargs, *function.args.args]]
    return names[1:] if names[:1] in (["self"], ["cls"], ["mcs"]) else names


def is_compiled(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for decorator in function.decorator_list:
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
        if name in COMPILED or "kernel" in name:
            return True
    return False
