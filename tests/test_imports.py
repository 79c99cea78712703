"""Who may import whom, read from the sources: data flow one way, and heavy libraries wait until they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "narrator"
FILES = sorted(PACKAGE.rglob("*.py"))

# Each part with the parts that it may know, itself left out. `files` and `workspace` are plain files on disk.
FOUNDATION = {"model", "errors", "records"}
MAY_KNOW: dict[str, set[str]] = {
    "records": set(),
    "model": {"records"},
    "errors": set(),
    "numerals": FOUNDATION,
    "files": {"errors"},
    "workspace": {"errors", "files"},
    "dataset": FOUNDATION | {"numerals"},
    "engine": FOUNDATION | {"numerals", "dataset"},
    "facts": FOUNDATION | {"numerals", "dataset", "engine"},
    "highlights": FOUNDATION | {"numerals", "dataset", "engine", "facts"},
    "prompts": FOUNDATION,
    "writers": FOUNDATION | {"numerals", "dataset", "engine", "facts", "highlights", "prompts"},
    "word": FOUNDATION | {"numerals"},
    "check": FOUNDATION | {"numerals", "dataset", "engine", "facts", "word"},
    "asking": FOUNDATION | {"numerals", "dataset", "engine", "facts", "highlights", "check"},
    "refresh": FOUNDATION | {"files", "numerals", "dataset", "engine", "facts", "highlights", "word", "check"},
}
# What a model wrote is judged by the check's own code, in the guard alone.
GUARD = PACKAGE / "writers" / "guard"
JUDGES = ("narrator.check.", "narrator.word.")
# Which part alone imports a library.
ONLY = {
    "docx": {"word"},
    "lxml": {"word"},
    "pptx": {"word"},
    "openai": {"writers"},
    "typer": {"cli"},
    "click": {"cli"},
    "jinja2": {"prompts"},
}
# Not at the head of a module, so that a command that needs none of them starts at once.
HEAVY = {"pandas", "numpy", "docx", "lxml", "pptx", "openai", "openpyxl", "xlsxwriter", "jinja2", "fastapi", "uvicorn"}


def part(file: Path) -> str:
    """`engine` for narrator/engine/compare.py, `model` for narrator/model.py."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(file: Path) -> tuple[tuple[str, bool, bool], ...]:
    """Every imported module with whether it stands at the head of the file and whether it is for types only."""
    tree = ast.parse(file.read_text(encoding="utf-8"))

    def walk(node: ast.AST, head: bool, typing: bool) -> Iterator[tuple[str, bool, bool]]:
        for child in ast.iter_child_nodes(node):
            inside = head and not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            only_types = typing or (
                isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and child in node.body
            )
            if isinstance(child, ast.Import):
                yield from ((alias.name, inside, only_types) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{file}: imports are absolute"
                if child.module == "narrator":
                    yield from ((f"narrator.{alias.name}", inside, only_types) for alias in child.names)
                else:
                    yield child.module or "", inside, only_types
            yield from walk(child, inside, only_types)

    return tuple(walk(tree, True, False))


@pytest.mark.parametrize("name", MAY_KNOW)
def test_a_part_knows_only_what_stands_below_it(name: str) -> None:
    mine = [file for file in FILES if part(file) == name]
    assert mine
    for file in mine:
        for module, _, _ in imports(file):
            root, _, rest = module.partition(".")
            if root == "narrator" and not (GUARD in file.parents and module.startswith(JUDGES)):
                other = rest.partition(".")[0]
                assert other in MAY_KNOW[name] | {name}, f"{file.relative_to(PACKAGE)} imports {module}"


def test_every_part_is_named_here_or_stands_on_top() -> None:
    on_top = {
        "__init__", "__main__", "cli", "render", "report", "manuscript", "revision", "conversation", "starter", "web",
        "share", "guide",
    }  # fmt: skip
    assert {part(file) for file in FILES} <= set(MAY_KNOW) | on_top


def test_the_check_and_the_writers_do_not_know_each_other() -> None:
    for file in FILES:
        for module, _, _ in imports(file):
            if part(file) == "check":
                assert not module.startswith(("narrator.writers", "narrator.prompts", "narrator.highlights"))
            if part(file) in ("writers", "word", "highlights", "facts", "engine") and GUARD not in file.parents:
                assert not module.startswith("narrator.check")


@pytest.mark.parametrize("library", ONLY)
def test_a_library_is_imported_by_its_part_alone(library: str) -> None:
    users = {part(f) for f in FILES for module, _, _ in imports(f) if module.split(".")[0] == library}
    assert users <= ONLY[library]


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    for file in FILES:
        for module, head, only_types in imports(file):
            if part(file) != "word" and head and not only_types:
                assert module.split(".")[0] not in HEAVY, f"{file.relative_to(PACKAGE)} imports {module} at its head"


def loaded(statement: str) -> set[str]:
    """The modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(shown.stdout.split())


def test_the_command_line_starts_without_heavy_libraries() -> None:
    there = loaded("import narrator.cli")
    assert "typer" in there
    assert there & (HEAVY | {"narrator.word.write", "narrator.check", "narrator.dataset", "narrator.engine"}) == set()


def test_help_needs_no_heavy_library() -> None:
    there = loaded("from narrator import cli\ncli.run(['draft', '--help'])")
    assert there & HEAVY == set()


def test_the_package_and_its_types_are_light() -> None:
    there = loaded("import narrator, narrator.model, narrator.errors, narrator.numerals")
    assert there & (HEAVY | {"typer", "narrator.engine"}) == set()


def test_nobody_prints_but_the_command_line() -> None:
    for file in FILES:
        if part(file) in ("cli", "web"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{file.relative_to(PACKAGE)}:{node.lineno} prints"
