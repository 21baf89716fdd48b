"""The guard inside the application: a write that carries a retired field is refused before it is sent.

It refuses only what is certain. The guard in the database remains the authority and refuses the rest: rows that an
exception may keep (`keep_where` is SQL), kinds of location that only SQL can evaluate, fields whose `on_write` is not
"reject", and SQL that this guard cannot read, such as `text()`.
"""

from minimize.guard.orm.protection import Protection, protect

__all__ = ["Protection", "protect"]
