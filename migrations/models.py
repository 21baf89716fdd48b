"""The reference schema at head, without the dropped columns of place of birth.

Partitions, views, functions, triggers and statistics are not included; the revisions create them.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA, JSON, JSONB, TSVECTOR

metadata = sa.MetaData()

APP_TYPES = ("DL", "IP", "ID", "EDL", "EID", "CDL", "CLP", "CDL_HME")


def identity_column(name: str) -> sa.Column[int]:
    """Return the surrogate key column of most tables."""
    return sa.Column(name, sa.BigInteger, sa.Identity(), primary_key=True)


def moment_column(name: str) -> sa.Column[object]:
    """Return a timestamp column with the default now()."""
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def add_application_table(name: str, index: str) -> None:
    """Add core.application, or the partition that was detached from it."""
    sa.Table(
        name,
        metadata,
        sa.Column(
            "application_id",
            sa.BigInteger,
            primary_key=True,
            autoincrement=False,
            server_default=sa.text("nextval('core.application_application_id_seq'::regclass)"),
        ),
        sa.Column("filed_on", sa.Date, primary_key=True),
        sa.Column("applicant_id", sa.BigInteger, nullable=False),
        sa.Column("app_type", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False, server_default="received"),
        # Kept and nullable: the field is mandated for some types of application, and some rows are under hold.
        sa.Column("place_of_birth", sa.Text),  # minimize: ignore[MZL001] kept for exempt rows, in both tables
        sa.Column("birth_country", sa.Text),  # minimize: ignore[MZL001] kept for exempt rows, in both tables
        sa.Column("residence_city", sa.Text, nullable=False),
        sa.Column("mailing_country", sa.Text, nullable=False, server_default="USA"),
        sa.Column("ssn_enc", BYTEA),
        sa.Column("form", JSONB, nullable=False),
        sa.Column("notes", sa.Text),
        moment_column("updated_at"),
        sa.CheckConstraint(sa.column("app_type").in_(APP_TYPES), name="application_app_type_known"),
        sa.CheckConstraint("place_of_birth <> ''", name="application_place_of_birth_present"),
        sa.Index(index, "applicant_id"),
        schema="core",
    )


sa.Table("birth_place", metadata, identity_column("place_id"), schema="core")

sa.Table(
    "applicant",
    metadata,
    identity_column("applicant_id"),
    sa.Column("family_name", sa.Text, nullable=False),
    sa.Column("given_names", sa.Text, nullable=False),
    sa.Column("dob", sa.Date, nullable=False),
    sa.Column("sex", sa.Text, nullable=False),
    sa.Column("mother_maiden_name", sa.Text),
    sa.Column(
        "search",
        TSVECTOR,
        sa.Computed("to_tsvector('simple'::regconfig, ((family_name || ' '::text) || given_names))", persisted=True),
    ),
    sa.CheckConstraint("sex IN ('F', 'M', 'X')", name="applicant_sex_known"),
    schema="core",
)

add_application_table("application", "application_applicant_id")
add_application_table("application_2013", "application_2013_applicant_id_idx")

sa.Table(
    "credential",
    metadata,
    identity_column("credential_id"),
    sa.Column("application_id", sa.BigInteger, nullable=False),
    sa.Column("dln", sa.Text, nullable=False),
    sa.Column("pdf417", BYTEA),
    sa.Column("printed_on", sa.Date),
    sa.Index("credential_application_id", "application_id"),
    schema="core",
)

sa.Table(
    "identity_document",
    metadata,
    identity_column("doc_id"),
    sa.Column("application_id", sa.BigInteger, nullable=False),
    sa.Column("doc_type", sa.Text, nullable=False),
    sa.Column("issuing_country", sa.Text, nullable=False),
    sa.Column("doc_number", sa.Text, nullable=False),
    sa.Index("identity_document_application_id", "application_id"),
    schema="core",
)

sa.Table(
    "document_ocr",
    metadata,
    sa.Column(
        "doc_id",
        sa.BigInteger,
        sa.ForeignKey("core.identity_document.doc_id", name="document_ocr_doc_id_fkey"),
        primary_key=True,
    ),
    sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("ocr_text", sa.Text, nullable=False),
    sa.Column("tsv", TSVECTOR, sa.Computed("to_tsvector('simple'::regconfig, ocr_text)", persisted=True)),
    schema="core",
)

sa.Table(
    "disclosure_log",
    metadata,
    identity_column("id"),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("legal_basis", sa.Text, nullable=False),
    sa.Column("response", JSONB, nullable=False),
    moment_column("at"),
    schema="core",
)

sa.Table(
    "change_log",
    metadata,
    identity_column("log_id"),
    sa.Column("tbl", sa.Text, nullable=False),
    sa.Column("row_key", sa.Text, nullable=False),
    sa.Column("old_row", JSONB),
    sa.Column("new_row", JSONB),
    moment_column("at"),
    sa.Index("change_log_row_key", "row_key"),
    schema="hist",
)

sa.Table(
    "office_batch",
    metadata,
    sa.Column("batch_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("line_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("parsed", JSONB, nullable=False),
    sa.Column("envelope", JSON),
    schema="stg",
)

sa.Table(
    "dim_applicant",
    metadata,
    identity_column("sk"),
    sa.Column("applicant_id", sa.BigInteger, nullable=False),
    sa.Column("birth_year", sa.Integer, nullable=False),
    sa.Column("residence_city", sa.Text, nullable=False),
    sa.Index("dim_applicant_applicant_id", "applicant_id"),
    schema="mart",
)

sa.Table(
    "legal_hold",
    metadata,
    identity_column("hold_id"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column(
        "applicant_id",
        sa.BigInteger,
        sa.ForeignKey("core.applicant.applicant_id", name="legal_hold_applicant_id_fkey"),
        nullable=False,
    ),
    sa.Column("released_at", sa.DateTime(timezone=True)),
    sa.CheckConstraint("kind IN ('litigation', 'public-records-request', 'audit')", name="legal_hold_kind_known"),
    sa.Index("legal_hold_open", "applicant_id", postgresql_where=sa.text("released_at IS NULL")),
    schema="gov",
)
