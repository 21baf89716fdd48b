"""The predicates of a location's exceptions: an immutable mapping that can be hashed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class KeepWhere(Mapping[str, str]):
    """Predicates by exception id. Unlike a dict, it cannot be changed and can be hashed."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, str] | None = None) -> None:
        """Copy the items."""
        self._items = dict(items or {})

    def __getitem__(self, key: str) -> str:
        """Return the predicate of one exception."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the exception ids in the order of the file."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of exceptions."""
        return len(self._items)

    def __hash__(self) -> int:
        """Return a hash that agrees with equality, which ignores order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """Name the exceptions only, because predicates may contain personal values."""
        return f"KeepWhere({', '.join(self._items)})"
