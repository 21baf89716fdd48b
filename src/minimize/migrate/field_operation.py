"""The base class of the operations on a retired field: equality for `alembic check`, and the reverse operation."""

from __future__ import annotations

from typing import Any, ClassVar

from alembic.operations import MigrateOperation

_CLASSES: dict[str, type[FieldOperation]] = {}


class FieldOperation(MigrateOperation):
    """An operation on one retired field.

    Operations name their reverse instead of importing it, because two operations that reverse each other cannot
    import each other. Importing `minimize.migrate` registers all of them.
    """

    name: ClassVar[str]
    """The method of `op`, such as `guard_field`."""

    reverse_name: ClassVar[str]
    """The `name` of the operation that reverses this one."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __init_subclass__(cls, **kw: Any) -> None:
        """Register the class by its name."""
        super().__init_subclass__(**kw)
        _CLASSES[cls.name] = cls

    def reverse(self) -> FieldOperation:
        """Return the operation that reverses this one, for the same field and with the default arguments."""
        return _CLASSES[self.reverse_name](self.field)

    def to_diff_tuple(self) -> tuple[str, str]:
        """Return the name of the operation and the field, which `alembic check` prints."""
        return (self.name, self.field)
