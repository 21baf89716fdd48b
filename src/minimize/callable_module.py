"""A package that can be called like the function of the same name in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


class CallableModule(ModuleType):
    """A module that passes a call on to its own function: `minimize.purge(...)` calls `minimize.purge.purge(...)`.

    `minimize.purge` has to be a package, for its submodules, and a function of the public API. The module of the
    package is both; see docs/adr/0016-packages-that-can-be-called.md.
    """

    def __call__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  the function has the types
        """Call the function of the same name."""
        return self._function(*arguments, **options)

    def __reduce__(self) -> tuple[Callable[[str], ModuleType], tuple[str]]:
        """Pickle the module by its name, so that a worker process can receive it as a function."""
        return import_module, (self.__name__,)

    @property
    def __signature__(self) -> inspect.Signature:
        """The signature of the function, for `help` and editors."""
        return inspect.signature(self._function)

    @property
    def _function(self) -> Any:  # noqa: ANN401  the function has the types
        return getattr(self, self.__name__.rpartition(".")[2])
