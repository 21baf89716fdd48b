"""Adds and validates the proof: a CHECK constraint that no row of a table carries the field. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from psycopg import sql

from minimize.catalog.survey import Site
from minimize.locations import proof
from minimize.locations.object_names import PROOF_PREFIX, identifier, literal, object_name
from minimize.policy import Location
from minimize.sql import do_block

SETTINGS_DECLARATIONS = sql.SQL(
    "  row_security_before text := current_setting('row_security');\n"
    "  search_path_before text := current_setting('search_path');\n"
)
PIN_SETTINGS = sql.SQL(
    "  PERFORM set_config('row_security', 'off', true), set_config('search_path', 'pg_catalog', true);\n"
)
"""Hidden rows raise an error, and a predicate has the same meaning as in the guard."""

RESTORE_SETTINGS = sql.SQL(
    "  PERFORM set_config('row_security', row_security_before, true),"
    " set_config('search_path', search_path_before, true);\n"
)
"""Restores both settings for the rest of the migration."""


def proof_name(location: Location) -> str:
    """Return the name of the constraint, at most 63 bytes.

    It ends with a digest of the exceptions. A constraint for other exceptions proves nothing, and may refuse values
    that must be kept.
    """
    exceptions = repr(sorted(location.keep_where.items())).encode()
    return f"{_stem(location)}{hashlib.sha256(exceptions).hexdigest()[:6]}"


def _stem(location: Location) -> str:
    return f"{PROOF_PREFIX}{object_name(location.column_name or 'table', location)}_"


def has_proof(location: Location) -> sql.Composable:
    """Return the condition that the proof constraint exists and is validated."""
    return sql.SQL(
        "EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass({}) AND conname = {} AND convalidated)"
    ).format(literal(location.table_name), sql.Literal(proof_name(location)))


def add_proofs(sites: Sequence[Site], lock: sql.Composable, violated: Sequence[bool] | None = None) -> sql.Composed:
    """Return the statement that adds the missing constraints of the sites of one table, as NOT VALID.

    A site with a remaining or held value gets no constraint, because every update of such a row would then fail. The
    block reads the table once under ACCESS SHARE to find these sites, unless `violated` states it for each site. Then
    `lock` (a SELECT of minimize.lock_tables_v1) takes ACCESS EXCLUSIVE for the short ALTER TABLE.
    """
    clauses = [
        sql.SQL("ADD CONSTRAINT {} CHECK ({}) NOT VALID")
        .format(sql.Identifier(proof_name(site.location)), proof(site.location, site.row))
        .as_string(None)
        for site in sites
    ]
    return do_block(
        sql.SQL(
            "DECLARE\n{declarations}  violated boolean[];\n  clauses text;\nBEGIN\n{pin_settings}"
            "  {read};\n"
            "  SELECT string_agg(clause, ', ') INTO clauses\n"
            "    FROM unnest({names}::text[], {clauses}::text[], violated) AS proof (name, clause, is_violated)\n"
            "    WHERE is_violated IS NOT TRUE AND NOT EXISTS (\n"
            "      SELECT FROM pg_constraint WHERE conrelid = {literal}::regclass AND conname = name);\n"
            "  clauses := concat_ws(', ', ({stale}), clauses);\n"
            "  IF clauses <> '' THEN\n"
            "    PERFORM * FROM ({lock}) AS locked;\n"
            "    EXECUTE {alter} || clauses;\n"
            "  END IF;\n{restore_settings}END"
        ).format(
            stale=_drop_clauses(sites, kept=[proof_name(site.location) for site in sites]),
            declarations=SETTINGS_DECLARATIONS,
            pin_settings=PIN_SETTINGS,
            restore_settings=RESTORE_SETTINGS,
            read=_read_violations(sites) if violated is None else sql.SQL("violated := {}").format(list(violated)),
            names=sql.Literal([proof_name(site.location) for site in sites]),
            clauses=sql.Literal(clauses),
            literal=literal(sites[0].location.table_name),
            lock=lock,
            alter=_alter(sites[0].location),
        )
    )


def _read_violations(sites: Sequence[Site]) -> sql.Composed:
    violations = [sql.SQL("bool_or(NOT ({}))").format(proof(site.location, site.row)) for site in sites]
    return sql.SQL("SELECT ARRAY[{}] INTO violated FROM {}").format(
        sql.SQL(", ").join(violations), identifier(sites[0].location.table_name)
    )


def validate_proofs(sites: Sequence[Site]) -> sql.Composed:
    """Return the statement that validates the constraints of the sites of one table, in one scan.

    It runs under SHARE UPDATE EXCLUSIVE, which allows reads and writes.
    """
    return do_block(
        sql.SQL(
            "DECLARE\n  clauses text;\nBEGIN\n"
            "  SELECT string_agg(format('VALIDATE CONSTRAINT %I', conname), ', ') INTO clauses FROM pg_constraint\n"
            "    WHERE conrelid = {literal}::regclass AND conname = ANY ({names}::text[]) AND NOT convalidated;\n"
            "  IF clauses IS NOT NULL THEN\n    EXECUTE {alter} || clauses;\n  END IF;\nEND"
        ).format(
            literal=literal(sites[0].location.table_name),
            names=sql.Literal([proof_name(site.location) for site in sites]),
            alter=_alter(sites[0].location),
        )
    )


def remove_proofs(sites: Sequence[Site], *, stale_only: bool = False) -> sql.Composed:
    """Return the statement that drops the constraints of the sites of one table, or only those for other exceptions."""
    kept = [proof_name(site.location) for site in sites] if stale_only else []
    return do_block(
        sql.SQL(
            "DECLARE\n  clauses text := ({clauses});\nBEGIN\n"
            "  IF clauses IS NOT NULL THEN\n    EXECUTE {alter} || clauses;\n  END IF;\nEND"
        ).format(clauses=_drop_clauses(sites, kept=kept), alter=_alter(sites[0].location))
    )


def _drop_clauses(sites: Sequence[Site], *, kept: Sequence[str]) -> sql.Composed:
    return sql.SQL(
        "SELECT string_agg(format('DROP CONSTRAINT %I', conname), ', ') FROM pg_constraint"
        " WHERE conrelid = {literal}::regclass AND conname <> ALL ({kept}::text[])"
        " AND EXISTS (SELECT FROM unnest({stems}::text[]) AS stem WHERE starts_with(conname, stem))"
    ).format(
        literal=literal(sites[0].location.table_name),
        kept=sql.Literal(list(kept)),
        stems=sql.Literal([_stem(site.location) for site in sites]),
    )


def _alter(location: Location) -> sql.Literal:
    return sql.Literal(sql.SQL("ALTER TABLE {} ").format(identifier(location.table_name)).as_string(None))
