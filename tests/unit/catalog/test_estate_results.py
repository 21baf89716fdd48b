"""What became of each database, and what a caller gets from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from minimize.catalog.estate.results import EstateResult, visit_databases
from minimize.catalog.estate.targets import Target, choose_targets
from minimize.errors import (
    DatabaseError,
    ExitCode,
    MinimizeError,
    PolicyError,
    RetiredFieldError,
    UsageError,
)
from minimize.policy import load_policy
from tests.integration.purge.scenario import at, policy_text


def visit(*ids: str | None, **errors: MinimizeError) -> EstateResult[str]:
    """Visit databases with these ids; those with an error raise it."""

    def act(target: Target) -> str:
        if error := errors.get(str(target.id)):
            raise error
        return f"result of {target.id}"

    return visit_databases([Target(id=name, server="", url="") for name in ids], act, check=False)


def test_one_database_has_one_result() -> None:
    """Of a URL, or of the policy; several have no `result`."""
    assert visit(None).result == "result of None"
    assert visit("east").result == "result of east"
    assert (visit(None).is_single, visit("east").is_single) == (True, False)
    with pytest.raises(UsageError, match="several databases: east, west"):
        _ = visit("east", "west").result


def test_the_error_of_the_only_database_is_raised() -> None:
    """Also where its result is asked for."""
    error = DatabaseError("it is gone", hint="Look.")
    estate = visit(None, **{"None": error})
    for read in (lambda: estate.result, estate.raise_errors):
        with pytest.raises(DatabaseError) as caught:
            read()
        assert caught.value is error


def test_the_errors_of_several_databases_are_raised_as_one() -> None:
    """Its class is that of the worst; each line names the database; the results are kept."""
    errors = {"east": PolicyError("no table", hint="Correct it."), "west": DatabaseError("it is gone", hint="Look.")}
    estate = visit("east", "north", "west", **errors)
    assert [each.result for each in estate.databases] == [None, "result of north", None]
    assert estate.exit_code is ExitCode.FAILED
    with pytest.raises(DatabaseError) as caught:
        estate.raise_errors()
    assert caught.value.message == "east: no table\nwest: it is gone"
    assert caught.value.hint == "Correct it. Look."


def test_an_error_with_details_is_joined_as_its_base_class() -> None:
    """The details of one database are not those of several."""
    error = RetiredFieldError("refused", hint="Leave it out.", field="place_of_birth")
    with pytest.raises(MinimizeError, match=r"^east: refused$"):
        visit("east", "west", east=error).raise_errors()


def test_no_error_is_raised_where_there_is_none() -> None:
    """A result is not an error, whatever its exit code."""
    estate = visit_databases([Target(id=None, server="", url="")], str, lambda _: ExitCode.FINDINGS, check=True)
    estate.raise_errors()
    assert estate.exit_code is ExitCode.FINDINGS


DATABASES = '[[database]]\nid = "east"\nurl = "postgresql://owner@east/app"'


def test_a_url_and_ids_exclude_each_other(tmp_path: Path) -> None:
    """Neither takes precedence over the other."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(at("app.person.birthplace"), DATABASES))
    with pytest.raises(UsageError, match="exclude each other"):
        choose_targets(path, "postgresql://owner@host/app", ["east"])


@pytest.mark.parametrize(
    ("sections", "url", "ids"),
    [((DATABASES,), None, ["east"]), ((DATABASES,), "postgresql://host/app", [None]), ((), None, [None])],
    ids=["databases of the policy", "a URL", "libpq's variables"],
)
def test_which_databases_a_call_is_for(
    tmp_path: Path, sections: tuple[str, ...], url: str | None, ids: list[str | None]
) -> None:
    """Those of the policy unless a URL is given; without either, that of libpq's PG* variables."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(at("app.person.birthplace"), *sections))
    for policy in (path, str(path), load_policy(path)):
        found, targets = choose_targets(policy, url)
        assert (found.id, [target.id for target in targets]) == ("test-policy", ids)


def test_a_policy_without_a_file_names_what_is_missing(tmp_path: Path) -> None:
    """A variable that is not set, without file and line."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(at("app.person.birthplace"), '[[database]]\nid = "east"\nurl_env = "NOT_SET_URL"'))
    with pytest.raises(PolicyError, match=r"^the environment variable NOT_SET_URL is not set$"):
        choose_targets(load_policy(path), None)
