"""Location kinds, one file each, and the SQL conditions that follow from them.

Importing this package registers every kind, because it imports every module in it. `load_policy` and `parse_policy`
from here therefore accept all kinds.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from minimize.locations.conditions import (
    carries_removable,
    carries_unexempt,
    proof,
    resends_own_value,
    unremovable,
)
from minimize.locations.exceptions import exempt
from minimize.locations.holds import held
from minimize.locations.predicate import columns_of
from minimize.locations.row import TableRow
from minimize.policy import Policy, load_policy, parse_policy

__all__ = [
    "Policy",
    "TableRow",
    "carries_removable",
    "carries_unexempt",
    "columns_of",
    "exempt",
    "held",
    "load_policy",
    "parse_policy",
    "proof",
    "resends_own_value",
    "unremovable",
]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
