"""The refusals of op.drop_field: their message, and that they change nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic.util import CommandError

from minimize.plan.drop_gate import Route
from tests.fix_database import database_of
from tests.integration.migrate.estate import BIRTHPLACE, DISPOSITION, HOLD, Estate, policy_text

pytestmark = pytest.mark.majors

PLANT = "UPDATE lab.person SET birthplace = 'Zanzibar' WHERE id = 1"
KEPT = f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = 'EDL'\" }}"
DOCUMENT = 'column = "lab.person.form"\njson_path = "$.pob"'
PROOFS = "SELECT conname FROM pg_constraint WHERE conname LIKE 'minimize_proof%' AND convalidated"
SHAPE = """
    SELECT string_agg(attname || atttypid, ',' ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = 'lab.person'::regclass
    UNION ALL SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT string_agg(conname, ',' ORDER BY conname) FROM pg_constraint WHERE contype = 'c'
"""


def refuse(estate: Estate, route: Route = "purge") -> str:
    """Run a drop that must be refused without any change, and return message and hint."""
    before = estate.ask_all(SHAPE)
    with pytest.raises(CommandError) as caught:
        estate.drop(route=route)
    assert estate.ask_all(SHAPE) == before
    assert "Zanzibar" not in str(caught.value)
    return str(caught.value)


def test_a_purged_and_guarded_column_is_dropped(estate: Estate) -> None:
    """The clean control: a guarded column without values is dropped with its triggers."""
    estate.guard()
    estate.drop()
    assert estate.columns("lab.person") == ["id", "kind", "form", "parish"]
    assert estate.ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal") == 0


def test_a_remaining_value_is_refused(estate: Estate) -> None:
    """While a value remains, the hint names the purge."""
    estate.run(PLANT)
    estate.guard()
    message = refuse(estate)
    assert message.splitlines() == [
        "lab.person.birthplace still carries values",
        "hint: Run `minimize purge`, then upgrade again.",
    ]


def test_the_column_is_dropped_after_the_purge(estate: Estate) -> None:
    """The same revision succeeds after the value is erased."""
    estate.run(PLANT)
    estate.guard()
    refuse(estate)
    estate.run("UPDATE lab.person SET birthplace = NULL")
    estate.drop()
    assert "birthplace" not in estate.columns("lab.person")


@pytest.mark.parametrize("route", ["purge", "direct"])
def test_a_held_value_is_refused(estate: Estate, route: Route) -> None:
    """On both routes a held value refuses the drop, and the hold is named."""
    held = estate.under(policy_text(rest=DISPOSITION + HOLD))
    held.run(PLANT, "INSERT INTO lab.held VALUES (1)")
    held.guard()
    message = refuse(held, route)
    assert "lab.person.birthplace has values under hold (request-42)" in message
    held.run("DELETE FROM lab.held")
    held.drop(route="direct")


def test_a_hold_with_a_null_predicate_holds(estate: Estate) -> None:
    """A row is held if the predicate of the hold is NULL."""
    held = estate.under(
        policy_text(rest=DISPOSITION + HOLD.replace("id IN (SELECT person_id FROM lab.held)", "id = NULL"))
    )
    held.run(PLANT)
    held.guard()
    assert "under hold" in refuse(held, route="direct")


@pytest.mark.parametrize("rest", ["", '[disposition]\nauthority = "Schedule 7"\napproved_by = " "'])
@pytest.mark.parametrize("route", ["purge", "direct"])
def test_an_empty_disposition_is_refused(estate: Estate, rest: str, route: Route) -> None:
    """Without authority and approval nothing is dropped, not even an empty column."""
    bare = estate.under(policy_text(rest=rest))
    bare.guard()
    message = refuse(bare, route)
    assert "names no authority to destroy" in message
    assert "Fill in authority and approved_by of [disposition]" in message


@pytest.mark.parametrize("route", ["purge", "direct"])
def test_an_unguarded_field_is_refused(estate: Estate, route: Route) -> None:
    """A column that may still be written is not dropped, even without values."""
    message = refuse(estate, route)
    assert "lab.person.birthplace is not guarded" in message
    assert "op.guard_field" in message


@pytest.mark.parametrize("change", ["DISABLE TRIGGER ALL", "DISABLE TRIGGER USER"])
def test_a_disabled_guard_is_refused(estate: Estate, change: str) -> None:
    """A guard with a disabled trigger refuses the drop."""
    estate.guard()
    estate.run(f"ALTER TABLE lab.person {change}")
    assert "is not guarded" in refuse(estate)


def test_a_guard_without_its_check_is_refused(estate: Estate) -> None:
    """A guard without its CHECK refuses the drop."""
    estate.guard()
    name = estate.ask("SELECT conname FROM pg_constraint WHERE conname LIKE '!minimize%'")
    estate.run(f'ALTER TABLE lab.person DROP CONSTRAINT "{name}"')
    assert "is not guarded" in refuse(estate)


def test_the_direct_route_drops_with_values(estate: Estate) -> None:
    """With route="direct" the column is dropped with its values."""
    estate.run(PLANT)
    estate.guard()
    estate.drop(route="direct")
    assert "birthplace" not in estate.columns("lab.person")


@pytest.mark.parametrize("location", [KEPT, DOCUMENT])
def test_the_direct_route_does_not_erase_in_columns_that_stay(estate: Estate, location: str) -> None:
    """If the column stays, because of a document or an exception, both routes require the purge."""
    staying = estate.under(policy_text(location))
    staying.run(PLANT, 'UPDATE lab.person SET form = \'{"pob": "Zanzibar"}\' WHERE id = 1')
    staying.guard()
    assert "still carries values" in refuse(staying, route="direct")


def test_columns_that_stay_are_proven_and_guarded(estate: Estate) -> None:
    """A document and a column with an exception stay, guarded, with a proof constraint."""
    staying = estate.under(policy_text(KEPT, DOCUMENT, 'column = "lab.person.parish"'))
    staying.run("UPDATE lab.person SET birthplace = 'Zanzibar' WHERE id = 2")
    staying.guard()
    staying.drop()
    assert staying.columns("lab.person") == ["id", "kind", "form", "birthplace"]
    assert len(staying.ask_all(PROOFS)) == 2
    assert not staying.drift()
    assert staying.ask("SELECT birthplace FROM lab.person WHERE id = 2") == "Zanzibar"


def test_a_held_document_gets_no_proof(estate: Estate) -> None:
    """A held row has no proof constraint, which would make every update of it fail."""
    held = estate.under(policy_text(DOCUMENT, rest=DISPOSITION + HOLD))
    held.run('UPDATE lab.person SET form = \'{"pob": "Zanzibar"}\' WHERE id = 1', "INSERT INTO lab.held VALUES (1)")
    held.guard()
    held.drop()
    assert held.ask_all(PROOFS) == []
    held.run("UPDATE lab.person SET kind = 'x'")


def test_dropping_twice_changes_nothing(estate: Estate) -> None:
    """A second run of the revision changes nothing."""
    estate.guard()
    estate.drop()
    before = estate.ask_all(SHAPE)
    estate.drop()
    assert estate.ask_all(SHAPE) == before


def test_row_security_hides_no_value(estate: Estate, role: Callable[[str], str]) -> None:
    """A drop is refused if row-level security hides rows from the owner."""
    url = role(estate.url)
    name, dbname = url.split("//")[1].split(":")[0], database_of(estate.url)
    held = estate.under(policy_text(rest=DISPOSITION + HOLD))
    held.run(PLANT, "INSERT INTO lab.held VALUES (1)")
    held.run(
        f'GRANT CREATE ON DATABASE "{dbname}" TO {name}',
        f"GRANT USAGE, CREATE ON SCHEMA lab TO {name}",
        f"ALTER TABLE lab.person OWNER TO {name}",
        f"ALTER TABLE lab.held OWNER TO {name}",
        "CREATE POLICY mine ON lab.person USING (id <> 1)",
        "ALTER TABLE lab.person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    )
    owner = held.seen_by(url)
    owner.guard()
    routes: tuple[Route, ...] = ("purge", "direct")
    for route in routes:
        with pytest.raises(CommandError, match="row-level security"):
            owner.drop(route=route)
        assert "birthplace" in held.columns("lab.person")
