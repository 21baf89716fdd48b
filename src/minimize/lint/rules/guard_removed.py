"""MZL006: a guard is removed or disabled."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minimize.lint.finding import Hit
from minimize.lint.python_module import argument, called
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.sql_nodes import SqlNode, kind, parts, string, table_ref

TRIGGER_PREFIX = "~minimize_"
CONSTRAINT_PREFIXES = ("!minimize_", "minimize_proof_")
EVENT_TRIGGER_PREFIX = "minimize_"
SCHEMA = "minimize"
_ROUTINES = frozenset({"OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_TABLE"})
_WEAKENED = {
    "AT_DisableTrig": "disables",
    "AT_EnableTrig": "no longer always enables",
    "AT_EnableReplicaTrig": "no longer always enables",
}


class GuardRemoved(Rule):
    """op.unguard_field outside downgrade(), and SQL that drops or disables what the tool installed."""

    id = "MZL006"
    slug = "guard-removed"
    message = "{subject}, which removes a guard"
    hint = "Let op.drop_field remove the guard together with the column; op.unguard_field belongs in downgrade()."
    python_nodes = (ast.Call,)
    sql_nodes = ("AlterEventTrigStmt", "AlterTableStmt", "DropStmt", "FuncCall", "RenameStmt", "VariableSetStmt")

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Check calls of op.unguard_field."""
        if called(node) == "unguard_field" and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield context.hit(node, f"unguard_field({argument(node, 0, 'field') or '...'}) is outside downgrade()")

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Check for the triggers, constraints, routines and schema of minimize, by their names."""
        match kind(node):
            case "DropStmt":
                yield from _dropped(node, context)
            case "AlterTableStmt":
                yield from _altered(node, context)
            case "RenameStmt" if node.renameType.name == "OBJECT_TRIGGER":
                if node.subname.startswith(TRIGGER_PREFIX):
                    yield context.hit(node.relation.location, f"this renames trigger {node.subname}")
            case "RenameStmt" if node.renameType.name == "OBJECT_TABCONSTRAINT":
                if node.subname.startswith(CONSTRAINT_PREFIXES):
                    yield context.hit(node.relation.location, f"this renames constraint {node.subname}")
            case "AlterEventTrigStmt" if node.trigname.startswith(EVENT_TRIGGER_PREFIX) and node.tgenabled != "A":
                yield context.hit(None, f"this weakens event trigger {node.trigname}")
            case "VariableSetStmt" | "FuncCall" if _is_replica(node):
                yield context.hit(node.location, "session_replication_role becomes replica")


def _dropped(node: SqlNode, context: SqlContext) -> Iterator[Hit]:
    for dropped in node.objects or ():
        names = parts(dropped.objname if kind(dropped) == "ObjectWithArgs" else dropped)
        match node.removeType.name:
            case "OBJECT_TRIGGER" if names[-1].startswith(TRIGGER_PREFIX):
                yield context.hit(None, f"this drops trigger {names[-1]}")
            case "OBJECT_EVENT_TRIGGER" if names[-1].startswith(EVENT_TRIGGER_PREFIX):
                yield context.hit(None, f"this drops event trigger {names[-1]}")
            case "OBJECT_SCHEMA" if names[-1] == SCHEMA:
                yield context.hit(None, f"this drops schema {SCHEMA}")
            case kind_ if kind_ in _ROUTINES and len(names) > 1 and names[0] == SCHEMA:
                yield context.hit(None, f"this drops {'.'.join(names)}")


def _altered(node: SqlNode, context: SqlContext) -> Iterator[Hit]:
    table = table_ref(node.relation)
    location = node.relation.location
    for command in node.cmds or ():
        name, action = command.name or "", command.subtype.name
        if action in {"AT_DisableTrigAll", "AT_DisableTrigUser"} and context.vocabulary.watches_schema(table):
            yield context.hit(location, f"this disables all triggers of {'.'.join(filter(None, table))}")
        elif action in _WEAKENED and name.startswith(TRIGGER_PREFIX):
            yield context.hit(location, f"this {_WEAKENED[action]} trigger {name}")
        elif action == "AT_DropConstraint" and name.startswith(CONSTRAINT_PREFIXES):
            yield context.hit(location, f"this drops constraint {name}")


def _is_replica(node: SqlNode) -> bool:
    if kind(node) == "FuncCall":
        is_setting = parts(node.funcname)[-1] == "set_config"
        return is_setting and [string(a) for a in node.args or ()][:2] == ["session_replication_role", "replica"]
    return node.name == "session_replication_role" and [string(a) for a in node.args or ()] == ["replica"]


RULE = GuardRemoved()
