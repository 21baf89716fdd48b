"""Adds the guard to an engine and the classes mapped to it, and removes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.sql import dml

from minimize.errors import UsageError
from minimize.guard.orm.mapped_classes import RESENT, MappedClasses, OnDropped
from minimize.guard.orm.refusals import translate_refusal
from minimize.guard.orm.retired_locations import RetiredLocations
from minimize.guard.orm.statements import assignments, nested_writes
from minimize.policy import Policy

if TYPE_CHECKING:
    # The import needs greenlet, which only asynchronous programs have.
    from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

    Target = sa.Engine | AsyncEngine | orm.sessionmaker[Any] | async_sessionmaker[Any] | orm.scoped_session[Any]

Mapped = orm.registry | type[Any]
"""A registry, or a declarative base or class that has one."""


def protect(
    target: Target,
    policy: Policy,
    *,
    mappers: Mapped | Iterable[Mapped] | None = None,
    dropped: OnDropped | None = None,
) -> Protection:
    """Refuse every write through an engine that certainly carries a retired field, before it is sent.

    Checked are assignments to mapped attributes, constructors, flushes, bulk operations and Core's INSERT and UPDATE
    in all their forms. NULL passes, and so does a loaded value that is sent again. Everything else is left to the
    guard in the database, whose refusal becomes the same exception: locations with `keep_where`, fields with another
    `on_write` than "reject", kinds that only SQL can evaluate, documents in arrays, documents that were changed in
    place or that the server computes, and SQL given as text. COPY and other connections are not seen at all.

    Args:
        target: The engine, or a session factory, which means the engines it is bound to. A second call with the same
            engines and policy returns the same handle.
        mappers: The base or registry whose classes refuse assignments; without it, all in the process.
        dropped: Set it when the drop is deployed. A class that still maps a plain column without exceptions is then an
            error, or a warning, when mappers are configured instead of at its first query. No connection is opened.

    Raises:
        UsageError: The session factory is bound to no engine.
        RefusedError: `dropped` is "error" and a configured class maps such a column.
    """
    engines = tuple(_engines(target))
    registries = None if mappers is None else frozenset(_registries(mappers))
    for protection in _active.get(engines[0], ()):
        if protection.is_for(engines, policy, registries, dropped):
            return protection
    protection = Protection(engines, policy, registries, dropped)
    protection.listen()
    return protection


class Protection:
    """The guard of one policy on some engines, until `remove()`."""

    def __init__(
        self,
        engines: Sequence[sa.Engine],
        policy: Policy,
        registries: frozenset[orm.registry] | None,
        dropped: OnDropped | None,
    ) -> None:
        self._engines = [ref(engine) for engine in engines]
        self._asked = (policy, registries, dropped)
        self._locations = RetiredLocations(policy)
        self._mapped = MappedClasses(self._locations, registries, self._default_schema, dropped)
        self._is_listening = False

    def listen(self) -> None:
        """Start to refuse; called by `protect`."""
        self._is_listening = True
        for engine in self._living():
            for name, function in self._events():
                event.listen(engine, name, function)
            _active.setdefault(engine, []).append(self)
        try:
            self._mapped.listen()
        except BaseException:
            self.remove()
            raise

    def remove(self) -> None:
        """Stop refusing. A second call does nothing."""
        if not self._is_listening:
            return
        self._is_listening = False
        self._mapped.remove()
        for engine in self._living():
            for name, function in self._events():
                event.remove(engine, name, function)
            _active[engine].remove(self)

    def is_for(self, engines: Sequence[sa.Engine], *asked: object) -> bool:
        """Whether `protect` was called with exactly these arguments."""
        return tuple(self._living()) == tuple(engines) and self._asked == asked

    def _living(self) -> Iterator[sa.Engine]:
        for reference in self._engines:
            engine = reference()
            if engine is not None:
                yield engine

    def _default_schema(self) -> str | None:
        return next((engine.dialect.default_schema_name for engine in self._living()), None)

    def _events(self) -> Iterator[tuple[str, Callable[..., None]]]:
        yield "before_execute", self._before_execute
        yield "before_cursor_execute", self._before_cursor_execute
        yield "handle_error", self._on_error
        yield "commit", _forget_resent
        yield "rollback", _forget_resent

    def _before_execute(
        self,
        conn: sa.Connection,
        statement: object,
        many: Sequence[Mapping[str, object]],
        one: Mapping[str, object],
        options: Mapping[str, Any],
    ) -> None:
        written = getattr(statement, "statement", statement)
        if isinstance(written, dml.Insert | dml.Update):
            self._check(conn, written, many or ((one,) if one else ()), options)

    def _before_cursor_execute(
        self,
        conn: sa.Connection,
        _cursor: object,
        _statement: str,
        _parameters: object,
        context: Any,  # noqa: ANN401  the attributes read are those of the default implementation, not the interface's
        _many: object,
    ) -> None:
        """Check the CTEs of a statement; only here is it known without a search whether it has any."""
        compiled = context.compiled if context is not None else None
        if compiled is None or not getattr(compiled, "ctes", None):
            return
        statement = context.invoked_statement if context.invoked_statement is not None else compiled.statement
        for nested in nested_writes(statement):
            self._check(conn, nested, context.compiled_parameters, context.execution_options, is_nested=True)

    def _check(
        self,
        conn: sa.Connection,
        statement: dml.Insert | dml.Update,
        sent: Sequence[Mapping[str, object]],
        options: Mapping[str, Any],
        *,
        is_nested: bool = False,
    ) -> None:
        if not self._locations.may_hold(statement.table):
            return
        schema, schema_map = conn.dialect.default_schema_name, options.get("schema_translate_map")
        resent = conn.info.get(RESENT, {}) if isinstance(statement, dml.Update) else {}
        for column, value in assignments(statement, sent, has_own_parameters=not is_nested):
            for retired in self._locations.at(column, schema, schema_map):
                if retired.is_certain and id(value) not in resent and retired.carried(value, column):
                    retired.refuse()

    def _on_error(self, context: ExceptionContext) -> None:
        translate_refusal(self._locations, context)


_active: WeakKeyDictionary[sa.Engine, list[Protection]] = WeakKeyDictionary()


def _forget_resent(conn: sa.Connection) -> None:
    # A failed flush leaves its values here.
    conn.info.pop(RESENT, None)


def _engines(target: Any) -> Iterator[sa.Engine]:  # noqa: ANN401  asynchronous classes are not imported
    """Yield the engines of a target; for an asynchronous one, its synchronous engine."""
    if isinstance(target, orm.scoped_session):
        target = target.session_factory
    if not hasattr(target, "kw"):
        yield getattr(target, "sync_engine", target).engine
        return
    binds = [target.kw.get("bind"), *(target.kw.get("binds") or {}).values()]
    engines = [getattr(bind, "sync_engine", bind).engine for bind in binds if bind is not None]
    if not engines:
        raise UsageError(
            "the session factory is bound to no engine", hint="Give protect() the engine, or bind the factory first."
        )
    yield from dict.fromkeys(engines)


def _registries(mappers: Mapped | Iterable[Mapped]) -> Iterator[orm.registry]:
    if isinstance(mappers, orm.registry):
        yield mappers
    elif hasattr(mappers, "registry"):
        yield mappers.registry
    else:
        assert isinstance(mappers, Iterable)
        for each in mappers:
            yield from _registries(each)
