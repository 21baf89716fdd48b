"""One file per kind of location, each two SQL expressions over a row; every file here registers itself."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from minimize.locations.derive import (
    carries_removable,
    carries_unexempt,
    exempt,
    held,
    proof,
    resends_own_value,
    unremovable,
)
from minimize.locations.predicate import columns_of
from minimize.locations.row import TableRow

__all__ = [
    "TableRow",
    "carries_removable",
    "carries_unexempt",
    "columns_of",
    "exempt",
    "held",
    "proof",
    "resends_own_value",
    "unremovable",
]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
