"""What a room of an app may not do with the database and the clock, where an import alone does not show it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.tree import FLOORS, Breach, floor_of, parsed, place, room_of, source_files

Function = ast.FunctionDef | ast.AsyncFunctionDef

SURFACES = ("web", "api")
UNSCOPED = re.compile(r"^_?known_|_by_key$")
# What brings a new row into the world has no scope to start from.
BIRTHS = {"create", "bulk_create", "get_or_create", "update_or_create"}
WRITES = BIRTHS | {"save", "delete", "bulk_update"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("datetime", "today"),
    ("timezone", "now"),
}
CLOCKS |= {("time", "time"), ("time", "time_ns")}
CLOCK_FIELDS = {"auto_now", "auto_now_add"}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "get_model"}

# Inside the scorecard floor the apps have an order of their own (DESIGN §1).
SCORECARD = ("measures", "initiatives", "strategy", "evaluation")


def queries_start_from_the_viewers_scope(root: Path) -> list[Breach]:
    """A query starts `.objects.visible_to(scope)`, and so does an action that was handed a scope.

    What the whole organisation is compiled from is read without one, by a query that says so in its name:
    `known_units`, `unit_ids_by_key`. `nobody_is_shown_the_unscoped` keeps those from the surfaces.
    """
    found = []
    for file in source_files(root, "queries", "actions", "jobs", "admin"):
        module = parsed(file)
        in_queries = room_of(file, root=root) == "queries"
        allowed = {"visible_to"} if in_queries else {"visible_to"} | BIRTHS
        scoped = {id(node.value) for node in attributes(module) if node.attr in allowed}
        for node, function in managers_named_in(module):
            bound = not UNSCOPED.search(name_of(function)) if in_queries else has_scope(function)
            if bound and id(node) not in scoped:
                what = "`.objects` without `.visible_to(scope)`"
                found.append(Breach(place(file, root=root, name=name_of(function)), node.lineno, what))
    return found


def nobody_is_shown_the_unscoped(root: Path) -> list[Breach]:
    """A surface may not import a query that reads past the viewer's scope."""
    found = []
    for file in source_files(root, *SURFACES):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ImportFrom) and ".queries" in (node.module or ""):
                names = [alias.name for alias in node.names if UNSCOPED.search(alias.name)]
                found += [
                    Breach(place(file, root=root), node.lineno, f"{name} knows no scope") for name in names
                ]
    return found


def surfaces_ask_no_database(root: Path) -> list[Breach]:
    found = []
    for file in source_files(root, *SURFACES):
        for node, function in managers_named_in(parsed(file)):
            what = "a surface makes one domain call; this is a query"
            found.append(Breach(place(file, root=root, name=name_of(function)), node.lineno, what))
    return found


def models_and_queries_save_nothing(root: Path) -> list[Breach]:
    """Models change their own row in memory, queries only read: an action writes."""
    found = []
    for file in source_files(root, "models", "queries"):
        forbidden = WRITES if room_of(file, root=root) == "queries" else {"save"}
        for node in ast.walk(parsed(file)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in forbidden
            ):
                if (
                    isinstance(node.func.value, ast.Call)
                    and getattr(node.func.value.func, "id", "") == "super"
                ):
                    continue
                found.append(
                    Breach(place(file, root=root), node.lineno, f"`.{node.func.attr}()` belongs in an action")
                )
    return found


def time_is_an_argument(root: Path) -> list[Breach]:
    """The clock is read at the edge only: surfaces, jobs, the command, middleware."""
    found = []
    inner = [*source_files(root, "models", "queries", "actions")]
    inner += [file for file in source_files(root) if floor_of(file, root=root) in {"engine", "folder"}]
    for file in inner:
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in CLOCKS:
                found.append(
                    Breach(
                        place(file, root=root),
                        node.lineno,
                        "the clock is read here; take `at` as an argument",
                    )
                )
            if isinstance(node, ast.keyword) and node.arg in CLOCK_FIELDS:
                found.append(
                    Breach(place(file, root=root), node.value.lineno, f"`{node.arg}` reads the clock on save")
                )
    return found


def foreign_keys_point_down(root: Path) -> list[Breach]:
    """A relation written as a string escapes the import contracts, so its floor is looked up here."""
    heights = heights_of_apps(root)
    found = []
    for file in source_files(root):
        here = heights.get(app_of(file, root=root))
        for node in ast.walk(parsed(file)):
            target = relation_named_by(node)
            there = heights.get(target.split(".")[0]) if target else None
            if here is not None and there is not None and there > here:
                found.append(Breach(place(file, root=root), node.lineno, f"points up to {target}"))  # type: ignore[attr-defined]
    return found


def heights_of_apps(root: Path) -> dict[str, tuple[int, int]]:
    """App label → how high it stands. A label is an app's folder unless apps.py says otherwise."""
    heights = {}
    for file in source_files(root):
        if file.name == "apps.py" and len(file.relative_to(root).parts) == 5:
            app = file.parent.name
            inner = SCORECARD.index(app) if app in SCORECARD else 0
            heights[label_of(file)] = (FLOORS.index(floor_of(file, root=root)), inner)
    return heights


def label_of(apps: Path) -> str:
    for node in ast.walk(parsed(apps)):
        if isinstance(node, ast.Assign) and "label" in [getattr(target, "id", "") for target in node.targets]:
            return str(ast.literal_eval(node.value))
    return apps.parent.name


def app_of(file: Path, *, root: Path) -> str:
    """The label of the app a file stands in; empty outside the apps."""
    steps = file.relative_to(root / "src" / "fourfold").parts
    apps = root.joinpath("src", "fourfold", *steps[:2], "apps.py")
    return label_of(apps) if len(steps) > 2 and apps.is_file() else ""


def relation_named_by(node: ast.AST) -> str:
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0]
    if name in RELATIONS and isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value if "." in first.value else ""
    return ""


def attributes(module: ast.Module) -> list[ast.Attribute]:
    return [node for node in ast.walk(module) if isinstance(node, ast.Attribute)]


def managers_named_in(module: ast.Module) -> list[tuple[ast.Attribute, Function | None]]:
    """Every `Something.objects`, with the function it stands in."""
    found: list[tuple[ast.Attribute, Function | None]] = []

    def visit(node: ast.AST, function: Function | None) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = node
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            found.append((node, function))
        for child in ast.iter_child_nodes(node):
            visit(child, function)

    visit(module, None)
    return found


def name_of(function: Function | None) -> str:
    return function.name if function else ""


def has_scope(function: Function | None) -> bool:
    if function is None:
        return False
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(parameter.arg == "scope" for parameter in parameters)
