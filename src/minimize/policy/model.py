"""The policy: which fields are retired, on what authority, where they are stored, and what must be kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import pydantic
from pydantic_core import PydanticCustomError, core_schema

from minimize.errors import PolicyError
from minimize.policy.consistency import find_contradictions
from minimize.policy.database import Database
from minimize.policy.kinds import location_kinds, read_location
from minimize.policy.location import Location
from minimize.policy.mistakes import did_you_mean, format_path
from minimize.policy.names import ColumnName, TableName
from minimize.policy.section import MIN_ITEMS, ONE_OR_MORE, Id, Section, Text, invalid_value

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

SCHEMA_VERSION = 1


def _check_version(version: int) -> int:
    if version > SCHEMA_VERSION:
        raise invalid_value(
            f"this policy has schema_version {version}; this minimize reads {SCHEMA_VERSION}",
            hint="Upgrade minimize.",
        )
    if version < SCHEMA_VERSION:
        raise invalid_value(f"there is no schema_version {version}", hint=f"Write schema_version = {SCHEMA_VERSION}.")
    return version


class _OfAnyKind:
    """Creates a Location of the kind that its keys select, including kinds registered after Field is defined."""

    def __get_pydantic_core_schema__(
        self, _source: type[Any], _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            read_location,
            serialization=core_schema.plain_serializer_function_ser_schema(_dump_location, info_arg=True),
        )

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [handler(kind.__pydantic_core_schema__) for kind in location_kinds()]}


def _dump_location(location: Location, info: pydantic.SerializationInfo) -> dict[str, Any]:
    return location.model_dump(mode=info.mode, by_alias=True, exclude_defaults=info.exclude_defaults)


class About(Section):
    """The identity of this policy: the table `[policy]`."""

    id: Id = pydantic.Field(description="Short name of the policy; reports refer to it.")

    title: Text = pydantic.Field(description="What is retired, in one sentence.")

    jurisdiction: Text = pydantic.Field(description="The jurisdiction of the law, such as US-WA.")


class Disposition(Section):
    """The authority to destroy the values that were already collected. While it is empty, nothing is erased."""

    authority: str = pydantic.Field(
        default="", description="The retention schedule, or other instrument, that allows the destruction."
    )

    approved_by: str = pydantic.Field(default="", description="Who approved it, and when.")

    @property
    def is_complete(self) -> bool:
        """Whether both the authority and the approval are filled in."""
        return bool(self.authority.strip() and self.approved_by.strip())


class Authority(Section):
    """The instrument that retires a field or requires it: statute, rule, order, schedule."""

    id: Id = pydantic.Field(description="Short name that fields and exceptions refer to.")

    citation: Text = pydantic.Field(description="How the instrument is cited.")

    title: Text = pydantic.Field(description="What the instrument is called.")

    effective: Annotated[dt.date, pydantic.Strict()] | None = pydantic.Field(
        default=None, description="The day it took effect, as a date without quotes, if it is known."
    )


class FieldException(Section):
    """Rows for which the field is still mandated."""

    id: Id = pydantic.Field(description="Short name that `keep_where` refers to.")

    authorities: Annotated[tuple[Text, ...], ONE_OR_MORE] = pydantic.Field(
        json_schema_extra=MIN_ITEMS,
        description="Ids of the authorities that mandate the field for these rows.",
    )

    status: Literal["needs-legal-confirmation", "confirmed"] = pydantic.Field(
        description="Whether legal counsel has confirmed it; unconfirmed rows are kept and reported."
    )


class Field(Section):
    """One piece of information that is no longer mandated; not a column."""

    id: Id = pydantic.Field(description="Short name of the field, such as place_of_birth.")

    title: Text = pydantic.Field(description="What the field is called in reports.")

    category: Text | None = pydantic.Field(
        default=None,
        description="Kind of personal data, such as pd:BirthPlace of the W3C Data Privacy Vocabulary.",
    )

    authorities: Annotated[tuple[Text, ...], ONE_OR_MORE] = pydantic.Field(
        json_schema_extra=MIN_ITEMS, description="Ids of the authorities that retire the field."
    )

    aliases: tuple[Text, ...] = pydantic.Field(default=(), description="Other names under which the field may return.")

    on_write: Literal["reject", "strip", "warn"] = pydantic.Field(
        default="reject", description="What the guard does with a write that carries the field."
    )

    exceptions: tuple[FieldException, ...] = pydantic.Field(
        default=(),
        validation_alias="exception",
        serialization_alias="exception",
        description="Rows for which the field is still mandated.",
    )

    locations: Annotated[tuple[Annotated[Location, _OfAnyKind()], ...], ONE_OR_MORE] = pydantic.Field(
        json_schema_extra=MIN_ITEMS,
        validation_alias="location",
        serialization_alias="location",
        description="The places in the database where the field is stored.",
    )


class Hold(Section):
    """Rows that must not be erased for now."""

    id: Id = pydantic.Field(description="Short name of the hold.")

    kind: Literal["litigation", "public-records-request", "audit"] = pydantic.Field(
        description="Why the rows are held."
    )

    authority: Text = pydantic.Field(description="Citation of the instrument that requires the hold.")

    table: TableName = pydantic.Field(description="The table, as schema.table.")

    rows: Text = pydantic.Field(description="SQL over the columns of this table that is true for the held rows.")


class Exemption(Section):
    """One column that may have the name of a retired field."""

    name: ColumnName = pydantic.Field(description="The column, of a table or view, as schema.table.column.")

    reason: Text = pydantic.Field(description="Why the column is something else, or is still needed.")

    approved_by: Text = pydantic.Field(description="Who reviewed the exemption, and when.")


class Watch(Section):
    """Where new columns are watched for retired names."""

    schemas: tuple[Text, ...] = pydantic.Field(
        default=(), description="Schemas to watch in addition to those of the locations."
    )

    exemptions: tuple[Exemption, ...] = pydantic.Field(
        default=(),
        validation_alias="exemption",
        serialization_alias="exemption",
        description="Reviewed columns that may have a retired name.",
    )


class Policy(Section):
    """A reviewed policy: which fields are retired, on what authority, and where they are stored."""

    schema_version: Annotated[
        int,
        pydantic.Strict(),
        pydantic.AfterValidator(_check_version),
        pydantic.WithJsonSchema({"const": SCHEMA_VERSION}),
    ] = pydantic.Field(description="Version of this file format.")

    about: About = pydantic.Field(
        validation_alias="policy", serialization_alias="policy", description="The identity of this policy."
    )

    disposition: Disposition | None = pydantic.Field(
        default=None,
        description="The authority to destroy the values that were already collected; purge refuses while it is empty.",
    )

    authorities: Annotated[tuple[Authority, ...], ONE_OR_MORE] = pydantic.Field(
        json_schema_extra=MIN_ITEMS,
        validation_alias="authority",
        serialization_alias="authority",
        description="The instruments that are the legal basis of this policy.",
    )

    fields: Annotated[tuple[Field, ...], ONE_OR_MORE] = pydantic.Field(
        json_schema_extra=MIN_ITEMS,
        validation_alias="field",
        serialization_alias="field",
        description="The retired fields.",
    )

    holds: tuple[Hold, ...] = pydantic.Field(
        default=(),
        validation_alias="hold",
        serialization_alias="hold",
        description="Rows that must not be erased for now.",
    )

    watch_table: Watch | None = pydantic.Field(
        default=None,
        validation_alias="watch",
        serialization_alias="watch",
        description="Watched schemas and reviewed exemptions; without it, the schemas of the locations.",
    )

    databases: tuple[Database, ...] = pydantic.Field(
        default=(),
        validation_alias="database",
        serialization_alias="database",
        description="The databases of the estate, for `minimize purge`.",
    )

    @property
    def watch(self) -> Watch:
        """Where new columns are watched for retired names. Without a `[watch]` table, nothing is added or exempt."""
        return self.watch_table or Watch()

    @property
    def id(self) -> str:
        """Short name of the policy."""
        return self.about.id

    @property
    def title(self) -> str:
        """What is retired, in one sentence."""
        return self.about.title

    @property
    def jurisdiction(self) -> str:
        """The jurisdiction of the law."""
        return self.about.jurisdiction

    @property
    def is_disposition_given(self) -> bool:
        """Whether the policy names an authority to destroy, and who approved it."""
        return self.disposition is not None and self.disposition.is_complete

    def find_field(self, field_id: str) -> Field:
        """Return the retired field with this id.

        Raises:
            PolicyError: The policy retires no such field.
        """
        for field in self.fields:
            if field.id == field_id:
                return field
        ids = [field.id for field in self.fields]
        raise PolicyError(
            f"policy {self.id} retires no field {field_id}",
            hint=did_you_mean(field_id, ids) + f"Fields here: {', '.join(ids)}.",
        )

    def holds_on(self, table: TableName) -> tuple[Hold, ...]:
        """Return the holds on rows of this table."""
        return tuple(hold for hold in self.holds if hold.table == table)

    @pydantic.model_validator(mode="after")
    def _refuse_contradictions(self) -> Self:
        for mistake in find_contradictions(self.model_dump(mode="json", by_alias=True)):
            what = f"{format_path(mistake.path)}: {mistake.what}"
            raise PydanticCustomError("contradiction", "{what}", {"what": what, "hint": mistake.hint})
        return self
