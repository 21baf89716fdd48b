"""The policy file: its model, how it is read, and its JSON Schema. It opens no connection."""

from minimize.policy.database import Database
from minimize.policy.keep_where import KeepWhere
from minimize.policy.kinds import isolated_kinds, location_kind, location_kinds, read_location
from minimize.policy.load import digest, load_policy, mistaken, parse_policy
from minimize.policy.location import InColumn, Location, Probe, Scope, WholeTable
from minimize.policy.mistakes import Mistake, did_you_mean
from minimize.policy.model import (
    SCHEMA_VERSION,
    About,
    Authority,
    Disposition,
    Exemption,
    Field,
    FieldException,
    Hold,
    Policy,
    Watch,
)
from minimize.policy.names import ColumnName, TableName
from minimize.policy.retired_names import names_of, normal_form, retired_names, staying_columns
from minimize.policy.row import Row
from minimize.policy.schema import policy_schema
from minimize.policy.section import Id, Text, invalid_value

__all__ = [
    "SCHEMA_VERSION",
    "About",
    "Authority",
    "ColumnName",
    "Database",
    "Disposition",
    "Exemption",
    "Field",
    "FieldException",
    "Hold",
    "Id",
    "InColumn",
    "KeepWhere",
    "Location",
    "Mistake",
    "Policy",
    "Probe",
    "Row",
    "Scope",
    "TableName",
    "Text",
    "Watch",
    "WholeTable",
    "did_you_mean",
    "digest",
    "invalid_value",
    "isolated_kinds",
    "load_policy",
    "location_kind",
    "location_kinds",
    "mistaken",
    "names_of",
    "normal_form",
    "parse_policy",
    "policy_schema",
    "read_location",
    "retired_names",
    "staying_columns",
]
