"""The rules between the sections of a policy: ids are unique, and every reference has a target.

They read the document as it is in the file, so they also work on a file with other mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError, ValidationError

from minimize.policy.kinds import read_location
from minimize.policy.mistakes import KeyPath, Mistake, did_you_mean, format_path, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

Table = Mapping[str, object]
_Placed = Iterator[tuple[KeyPath, str]]


def find_contradictions(document: Table) -> Iterator[Mistake]:
    """Yield each contradiction in a policy document, keyed as in TOML.

    A malformed part is ignored, because its own validation reports it.
    """
    fields = list(_tables(document, "field"))
    for key in ("authority", "field", "hold", "database"):
        yield from _repeated(_texts_under(_tables(document, key), "id"), key)
    for path, field in fields:
        exceptions = _tables(field, "exception", path)
        yield from _repeated(_texts_under(exceptions, "id"), "exception")
        yield from _repeated(_folded(_texts(field, "aliases", path)), "alias")
        yield from _unknown_exceptions(field, path)
    yield from _repeated(_location_names(fields), "location")
    yield from _unknown_authorities(document, fields)


def _unknown_authorities(document: Table, fields: Iterable[tuple[KeyPath, Table]]) -> Iterator[Mistake]:
    if not isinstance(document.get("authority"), list):
        return
    known = [name for _, name in _texts_under(_tables(document, "authority"), "id")]
    for path, field in fields:
        for at, table in [(path, field), *_tables(field, "exception", path)]:
            for place, name in _texts(table, "authorities", at):
                if name not in known:
                    yield _dangling(place, name, known, "[[authority]]")


def _unknown_exceptions(field: Table, path: KeyPath) -> Iterator[Mistake]:
    known = [name for _, name in _texts_under(_tables(field, "exception", path), "id")]
    for at, location in _tables(field, "location", path):
        keep_where = location.get("keep_where")
        for name in keep_where if isinstance(keep_where, Mapping) else ():
            if name not in known:
                yield _dangling((*at, "keep_where", name), name, known, "[[field.exception]] of this field")


def _dangling(path: KeyPath, name: str, known: list[str], table: str) -> Mistake:
    listed = f"Ids there: {', '.join(known)}." if known else "None is declared."
    return Mistake(path, f"no {table} has the id {shorten(name)!r}", did_you_mean(name, known) + listed)


def _location_names(fields: Iterable[tuple[KeyPath, Table]]) -> _Placed:
    for path, field in fields:
        for at, location in _tables(field, "location", path):
            try:
                yield at, read_location(location).name
            except (PydanticCustomError, ValidationError):
                continue


def _repeated(places: Iterable[tuple[KeyPath, str]], what: str) -> Iterator[Mistake]:
    first: dict[str, KeyPath] = {}
    for path, name in places:
        if name in first:
            yield Mistake(
                path,
                f"the {what} {shorten(name)!r} is already at {format_path(first[name])}",
                f"Keep one of the two, or give them different {_plural(what)}.",
            )
        first.setdefault(name, path)


def _plural(what: str) -> str:
    return {"alias": "spellings", "location": "locations"}.get(what, "ids")


def _folded(places: _Placed) -> _Placed:
    return ((path, name.casefold()) for path, name in places)


def _tables(table: Table, key: str, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Table]]:
    for index, each in enumerate(_list(table, key)):
        if isinstance(each, Mapping):
            yield (*path, key, index), each


def _texts(table: Table, key: str, path: KeyPath) -> _Placed:
    for index, each in enumerate(_list(table, key)):
        if isinstance(each, str):
            yield (*path, key, index), each


def _texts_under(tables: Iterable[tuple[KeyPath, Table]], key: str) -> _Placed:
    for path, table in tables:
        value = table.get(key)
        if isinstance(value, str):
            yield (*path, key), value


def _list(table: Table, key: str) -> list[object]:
    value = table.get(key)
    return value if isinstance(value, list) else []
