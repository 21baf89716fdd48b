"""The guard inside the application: a write that carries a retired field is refused before it is sent.

It refuses what is certain and leaves the rest to the guard in the database, which stays the one that counts: rows
that an exception may keep (`keep_where` is SQL), kinds of location that only SQL can judge, fields whose `on_write` is
not "reject", and SQL it cannot see into, such as `text()`.
"""

from minimize.guard.orm.protection import Protection, protect

__all__ = ["Protection", "protect"]
