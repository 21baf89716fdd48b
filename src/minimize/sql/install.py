"""The statements that install schema `minimize` and its routines, and repair what was changed."""

from __future__ import annotations

from psycopg import sql

from minimize.sql import ROUTINES, body_digest, do_block, is_definer, read, settings


def install_schema() -> sql.Composed:
    """Return the statement that creates schema `minimize` unless it exists.

    `CREATE SCHEMA IF NOT EXISTS` requires CREATE on the database even if the schema exists, so it would fail for a
    role that only owns the schema.
    """
    return do_block(
        sql.SQL(
            "BEGIN\n  IF to_regnamespace('minimize') IS NULL THEN\n    CREATE SCHEMA minimize;\n"
            "    COMMENT ON SCHEMA minimize IS 'Guards and purge state of the minimize toolkit';\n  END IF;\nEND"
        )
    )


def install_routine(name: str) -> sql.Composed:
    """Return the statement that creates or repairs one routine; it needs no privilege if the routine is intact."""
    definition = read(name)
    return do_block(
        sql.SQL(
            "BEGIN\n"
            "  IF NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure({signature})\n"
            "                 AND md5(prosrc) = {digest} AND prosecdef = {is_definer}\n"
            "                 AND proconfig IS NOT DISTINCT FROM {settings}::text[]) THEN\n"
            "{definition};\n"
            "  END IF;\nEND"
        ).format(
            signature=sql.Literal(ROUTINES[name]),
            digest=sql.Literal(body_digest(name)),
            is_definer=sql.Literal(is_definer(name)),
            settings=sql.Literal(settings(name)),
            definition=definition,
        )
    )


def install() -> tuple[sql.Composed, ...]:
    """Return the statements that install schema `minimize` and all routines of this release."""
    return (install_schema(), *(install_routine(name) for name in ROUTINES))
