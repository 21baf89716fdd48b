"""The architecture page names files and packages that are there."""

from __future__ import annotations

import re

import pytest

from tests.markdown import DOCS, ROOT, code_spans, fenced_blocks, read, section, table_rows

PAGE = read(DOCS / "architecture.md")
PACKAGE = ROOT / "src" / "minimize"
PATHS = sorted({span for span in code_spans(PAGE) if re.fullmatch(r"[\w.-]+(/[\w.-]*)+", span)})
CALLS = [line.split()[0] for block in fenced_blocks(PAGE) for line in block.splitlines() if "/" in line.split()[0]]


def exists(path: str) -> bool:
    """Whether a path of the page is a file, a folder or a module, from the root or from the package."""
    pattern = re.sub(r"NAME|nnn", "*", path).rstrip("/")
    return any(list(base.glob(f"{pattern}{end}")) for base in (ROOT, PACKAGE) for end in ("", ".py"))


@pytest.mark.parametrize("path", [path for path in PATHS if "NAME" not in path])
def test_a_path_exists(path: str) -> None:
    """A file that is moved or renamed has to be changed in the page."""
    assert exists(path)


@pytest.mark.parametrize("path", sorted(set(CALLS)))
def test_a_module_of_the_calls_exists(path: str) -> None:
    """The calls of a purge name modules that are there."""
    assert exists(path)


def test_every_layer_is_listed() -> None:
    """A package or module that is added has to be described, and one that is not there is not described."""
    listed = {name for row in table_rows(section(PAGE, "Layers")) for name in re.findall(r"`([\w/]+)`", row[1])}
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert {name for name in listed if "/" not in name} == packages | modules
    inner = {path.parent for path in (PACKAGE / "purge").glob("*/__init__.py")}
    inner |= {path.with_suffix("") for path in (PACKAGE / "purge").glob("*.py") if path.stem != "__init__"}
    assert {name for name in listed if "/" in name} == {f"purge/{path.name}" for path in inner}


def test_there_are_answers_to_twenty_questions() -> None:
    """The table that a newcomer reads first has enough in it, and no file twice under the same question."""
    rows = table_rows(section(PAGE, "Where is …"))
    assert len({row[0] for row in rows}) == len(rows) >= 20


def test_a_path_that_is_not_there_is_found() -> None:
    """The check above fails for a file that does not exist."""
    assert not exists("src/minimize/purge/planner.py")
    assert exists("purge/strategy/choice")
