"""How long a file and a function may be, and how many parameters may go without a name (STYLE 4 and 5)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import Breach, functions_of, our_files, parsed, place, source_files

FILE_CEILING = 400
FUNCTION_CEILING = 40
POSITIONAL_CEILING = 2

WRITTEN = ("src", "tests", "islands", "scripts", "benchmarks")
MACHINES = {"njit", "jit", "vectorize", "guvectorize", "command", "callback", "receiver", "v_args"}
MACHINES |= {"simple_tag", "inclusion_tag", "filter"}
ROUTES = {"get", "post", "put", "patch", "delete"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


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
    """Of what others call: module functions and methods. Kernels and formula rules are called by machines."""
    found = []
    for file in source_files(root):
        for function in offered_functions(parsed(file)):
            count = len(positional_parameters(function))
            if count > POSITIONAL_CEILING and not is_called_by_a_machine(function, file=file):
                what = f"{count} positional parameters; name all after the second"
                found.append(Breach(place(file, root=root, name=function.name), function.lineno, what))
    return found


def length_without_docstring(function: Function) -> int:
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def positional_parameters(function: Function) -> list[str]:
    names = [parameter.arg for parameter in [*function.args.posonlyargs, *function.args.args]]
    return names[1:] if names[:1] in (["self"], ["cls"], ["mcs"]) else names


def offered_functions(module: ast.Module) -> list[Function]:
    """Public functions of the module and public methods of its classes; not what is defined inside a function."""
    bodies = [module.body, *(node.body for node in module.body if isinstance(node, ast.ClassDef))]
    return [
        node
        for body in bodies
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]


def is_command(function: Function, *, file: Path) -> bool:
    """What `cli/main.py` gives to Typer: `app.command("name")(function)`."""
    main = file.parents[1] / "main.py"
    if file.parents[1].name != "cli" or not main.exists():
        return False
    given = (node.args for node in ast.walk(parsed(main)) if isinstance(node, ast.Call))
    return any(getattr(argument, "id", "") == function.name for arguments in given for argument in arguments)


def is_called_by_a_machine(function: Function, *, file: Path) -> bool:
    """Numba and a template know no keyword-only parameter; Typer and Ninja pass by name whatever the kind."""
    if file.stem == "kernels" or is_command(function, file=file):
        return True
    for decorator in function.decorator_list:
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
        is_route = file.parent.name == "api" and name in ROUTES
        if name in MACHINES or is_route:
            return True
    return False
