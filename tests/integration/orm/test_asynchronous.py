"""Asynchronous engines, by psycopg's asynchronous side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa

from minimize.errors import RetiredFieldError
from minimize.guard.orm import protect
from minimize.policy import Policy

from .conftest import SECRET

pytest.importorskip("greenlet", reason="asynchronous SQLAlchemy needs greenlet")

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

Work = Callable[[AsyncSession], Awaitable[Any]]


def run(url: str, policy: Policy, base: Any, work: Work, *, by_factory: bool) -> Any:
    """Do some work in a protected asynchronous session, and return its result."""

    async def main() -> Any:
        engine = create_async_engine(url)
        factory = async_sessionmaker(engine)
        target: AsyncEngine | async_sessionmaker[AsyncSession] = factory if by_factory else engine
        handle = protect(target, policy, mappers=base)
        try:
            async with factory() as session:
                return await work(session)
        finally:
            handle.remove()
            await engine.dispose()

    return asyncio.run(main())


@pytest.mark.parametrize("by_factory", [False, True])
def test_a_statement_is_refused(people: str, policy: Policy, models: Any, *, by_factory: bool) -> None:
    """A Core statement is refused, whether the engine or the session factory is protected."""
    with pytest.raises(RetiredFieldError):
        run(
            people,
            policy,
            models.Base,
            lambda s: s.execute(sa.update(models.table).values(birth_place=SECRET)),
            by_factory=by_factory,
        )


def test_null_passes(people: str, policy: Policy, models: Any) -> None:
    """NULL carries nothing."""
    result = run(
        people,
        policy,
        models.Base,
        lambda s: s.execute(sa.update(models.table).values(birth_place=None)),
        by_factory=False,
    )
    assert result.rowcount == 1


def test_the_databases_refusal_is_translated(
    people: str, policy: Policy, models: Any, guard_database: Callable[[], None]
) -> None:
    """The refusal of the database becomes the same exception."""
    guard_database()
    with pytest.raises(RetiredFieldError) as caught:
        run(
            people,
            policy,
            models.Base,
            lambda s: s.execute(sa.text("UPDATE person SET birth_place = :v"), {"v": SECRET}),
            by_factory=False,
        )
    assert caught.value.location == "public.person.birth_place"
