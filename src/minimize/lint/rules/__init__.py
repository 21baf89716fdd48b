"""One file per rule; every file here registers itself with its RULE."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from minimize.lint.rule import Rule


def _find_rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in iter_modules(__path__):
        rule: Rule = import_module(f"{__name__}.{module.name}").RULE
        if rule.id in found:
            raise TypeError(f"{type(found[rule.id]).__name__} and {type(rule).__name__} have the same id {rule.id}")
        found[rule.id] = rule
    return dict(sorted(found.items()))


RULES = _find_rules()
"""Every rule by its id, in the order of ids."""
