"""The house rules that import-linter cannot hold: sizes, forbidden calls, and the traps of the layout."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import PySide6
from PySide6.QtCore import QObject

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 600
LONGEST_FUNCTION = 60
LONGEST_MAIN = 60

# The one module that may make these: it sets plain text, so that a patient's name is never read as HTML.
TEXT_FACTORY = ROOT / "desk_app" / "ui" / "widgets" / "texts.py"
RICH_TEXT_WIDGETS = {"QLabel", "QMessageBox"}
RICH_TEXT_METHODS = {"setToolTip", "setWhatsThis", "showText"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def program() -> list[Path]:
    return [*sources("desk_app", "db"), ROOT / "main.py"]


def everything_shipped() -> list[Path]:
    return [*program(), *sources("packaging")]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def found(paths: list[Path], is_wrong: Callable[[ast.AST], bool]) -> list[str]:
    """Name each place where a node is wrong."""
    return [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in paths
        for node in ast.walk(tree(path))
        if is_wrong(node)
    ]


def called(node: ast.AST) -> tuple[str, ...]:
    """Give the dotted name of a call, as far as it is one: ("time", "sleep")."""
    if not isinstance(node, ast.Call):
        return ()
    names: list[str] = []
    target = node.func
    while isinstance(target, ast.Attribute):
        names.insert(0, target.attr)
        target = target.value
    return (target.id, *names) if isinstance(target, ast.Name) else ("", *names)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_file_grows_too_long() -> None:
    lengths = {
        path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*everything_shipped(), *sources("tests")]
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_grows_too_long() -> None:
    def is_long(node: ast.AST) -> bool:
        return isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION

    assert found(everything_shipped(), is_long) == []


def test_main_only_starts_the_program() -> None:
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) < LONGEST_MAIN


def test_nobody_waits_by_sleeping_or_by_processing_events() -> None:
    def is_waiting(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            return any(alias.name == "sleep" for alias in node.names)
        return called(node)[-1:] == ("processEvents",) or called(node) == ("time", "sleep")

    assert found(everything_shipped(), is_waiting) == []


def test_no_fault_is_swallowed_without_a_word() -> None:
    def is_swallowing(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        broad = node.type is None or (
            isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
        )
        return broad and all(isinstance(statement, ast.Pass) for statement in node.body)

    assert found(everything_shipped(), is_swallowing) == []


def test_texts_that_could_be_read_as_html_come_from_the_one_factory() -> None:
    def is_raw(node: ast.AST) -> bool:
        names = called(node)
        return bool(RICH_TEXT_WIDGETS.intersection(names)) or bool(RICH_TEXT_METHODS.intersection(names[-1:]))

    assert found([path for path in program() if path != TEXT_FACTORY], is_raw) == []


def test_domain_needs_the_standard_library_and_dateutil_only() -> None:
    allowed = sys.stdlib_module_names | {"dateutil"}
    strangers = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("desk_app/domain")
        for name in imported(path)
        if name.split(".")[0] not in allowed and not name.startswith("desk_app.domain")
    }
    assert strangers == set()


def test_no_package_of_ours_shadows_one_of_pypi() -> None:
    assert [path for folder in ("packaging", "tests") for path in (ROOT / folder).rglob("__init__.py")] == []


def test_qt_and_python_are_a_pair_that_counts_none_rightly() -> None:
    """PySide6 6.12 on Python 3.11 drops a reference to None with every call, and aborts soon after."""
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    assert sys.version_info >= (3, 12) or version < (6, 12)
    before = sys.getrefcount(None)
    thing = QObject()
    for _ in range(200_000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_dataclasses_are_made_by_the_quicker_way() -> None:
    """Several hundred are defined before the first day is on the screen, see ``domain.dataclass``."""
    own = ROOT / "desk_app" / "domain" / "dataclass.py"
    modules = [path for path in program() if path != own]
    slow = [str(path.relative_to(ROOT)) for path in modules if "dataclasses.dataclass" in set(imported(path))]
    assert slow == []
