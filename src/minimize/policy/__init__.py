"""The policy file: its model, its reading, and its JSON Schema; opens no connection."""

from minimize.policy.load import digest, load_policy, parse_policy
from minimize.policy.location import (
    InColumn,
    KeepWhere,
    Location,
    Probe,
    WholeTable,
    isolated_kinds,
    location_kinds,
)
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
from minimize.policy.row import Row
from minimize.policy.schema import policy_schema
from minimize.policy.section import Id, Text, invalid_value
from minimize.policy.spelling import names_of, normal_form, retired_names, staying_columns

__all__ = [
    "SCHEMA_VERSION",
    "About",
    "Authority",
    "ColumnName",
    "Disposition",
    "Exemption",
    "Field",
    "FieldException",
    "Hold",
    "Id",
    "InColumn",
    "KeepWhere",
    "Location",
    "Policy",
    "Probe",
    "Row",
    "TableName",
    "Text",
    "Watch",
    "WholeTable",
    "digest",
    "invalid_value",
    "isolated_kinds",
    "load_policy",
    "location_kinds",
    "names_of",
    "normal_form",
    "parse_policy",
    "policy_schema",
    "retired_names",
    "staying_columns",
]
