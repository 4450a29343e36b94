"""What is written beside the code: settings, decisions, the README, the locks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.house.tree import Breach, lines_of, our_files, parsed, place, source_files, text_constants

DECISION_CEILING = 40
SETTING = re.compile(r"\bFOURFOLD_[A-Z0-9_]*[A-Z0-9]\b")
TARGET = re.compile(r"^([a-z][\w-]*):.*##", re.MULTILINE)
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:org|com)|registry\.yarnpkg|--(?:extra-)?index-url|proxy\.golang\.org"
)
MACHINE_PATHS = re.compile(r"""(?<![\w.\-/*$}])/(?:work|home/\w+|Users|opt|root)/\w""")


LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)==\S+(.*)$", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def every_setting_is_documented(root: Path) -> list[Breach]:
    page = root / "docs" / "settings.md"
    documented = set(SETTING.findall(page.read_text(encoding="utf-8"))) if page.is_file() else set()
    read: set[str] = set()
    found = []
    for file in source_files(root):
        for constant in text_constants(parsed(file)):
            if SETTING.fullmatch(str(constant.value)):
                read.add(str(constant.value))
                if constant.value not in documented:
                    what = f"{constant.value} is not in docs/settings.md"
                    found.append(Breach(place(file, root=root), constant.lineno, what))
    found += [Breach("docs/settings.md", 1, f"{name} is read nowhere") for name in sorted(documented - read)]
    return found


def decisions_are_short_and_numbered(root: Path) -> list[Breach]:
    found = []
    for file in our_files(root, ".md", under=("docs/decisions",)):
        length = len(file.read_text(encoding="utf-8").splitlines())
        if length > DECISION_CEILING:
            found.append(
                Breach(place(file, root=root), 1, f"{length} lines; the ceiling is {DECISION_CEILING}")
            )
        if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", file.name):
            found.append(Breach(place(file, root=root), 1, "a decision is named NNNN-title.md"))
    return found


def readme_names_every_make_target(root: Path) -> list[Breach]:
    targets = TARGET.findall((root / "Makefile").read_text(encoding="utf-8"))
    readme = (root / "README.md").read_text(encoding="utf-8")
    missing = [target for target in targets if f"make {target}" not in readme]
    return [Breach("README.md", 1, f"`make {target}` is not mentioned") for target in missing]


def no_file_names_a_registry(root: Path) -> list[Breach]:
    return found_in_lines(root, REGISTRIES, what="names a package registry")


def no_file_names_a_place_on_one_machine(root: Path) -> list[Breach]:
    return found_in_lines(root, MACHINE_PATHS, what="an absolute path of one machine")


def found_in_lines(root: Path, pattern: re.Pattern[str], *, what: str) -> list[Breach]:
    found = []
    for file in our_files(root):
        if file.suffix in {".png", ".woff2", ".npy", ".gz", ".pdf", ".pyc"} or "sqlite3" in file.name:
            continue
        for number, line in lines_of(file):
            if pattern.search(line):
                found.append(Breach(place(file, root=root), number, what))
    return found


def every_dependency_is_locked_with_a_hash(root: Path) -> list[Breach]:
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = declared.get("project", {}).get("dependencies", [])
    tools = declared.get("dependency-groups", {}).get("dev", [])
    return locked_wrongly(root, "requirements/runtime.txt", wanted=runtime) + locked_wrongly(
        root, "requirements/dev.txt", wanted=[*runtime, *tools]
    )


def locked_wrongly(root: Path, lock: str, *, wanted: list[str]) -> list[Breach]:
    text = (root / lock).read_text(encoding="utf-8") if (root / lock).is_file() else ""
    locked = {bare(name): rest for name, rest in LOCKED.findall(text)}
    names = [bare(match.group()) for match in map(NAME.match, wanted) if match]
    found = [
        Breach(lock, 1, f"{name} is not locked: run `make lock`") for name in names if name not in locked
    ]
    return found + [
        Breach(lock, 1, f"{name} has no hash") for name, rest in locked.items() if not rest.endswith("\\")
    ]


def bare(name: str) -> str:
    """A distribution has many spellings and one name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pages_link_to_what_exists(root: Path) -> list[Breach]:
    pages = [*our_files(root, ".md", under=("docs",)), *sorted(root.glob("*.md"))]
    found = []
    for page in pages:
        for number, line in lines_of(page):
            for target in LINK.findall(line):
                if not (page.parent / target).exists():
                    found.append(
                        Breach(place(page, root=root), number, f"links to {target}, which is not there")
                    )
    return found
