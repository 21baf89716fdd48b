"""What the plugin collects in example projects, and the results."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minimize.catalog.connection import Connection

from .conftest import POLICY, drop_checks

pytest_plugins = ["pytester"]

Project = Callable[..., pytest.RunResult]

MODELS = """
import pytest
import sqlalchemy as sa

@pytest.fixture
def minimize_metadata():
    metadata = sa.MetaData()
    sa.Table("person", metadata, sa.Column("{column}", sa.Text))
    sa.Table("filed", metadata, sa.Column("birth_place", sa.Text))
    return {returned}
"""


@pytest.fixture(autouse=True)
def example(pytester: pytest.Pytester) -> None:
    """Write a project with a policy and one test of its own."""
    pytester.path.joinpath("minimize.toml").write_text(POLICY)
    pytester.mkdir("tests").joinpath("test_own.py").write_text("def test_own(): pass\n")


def test_a_guarded_database_passes(project: Project, database: str, guard: Callable[[], None]) -> None:
    """One test per location and write path passes; an impossible path is skipped, not passed."""
    guard()
    project(url=database).assert_outcomes(passed=1 + 5 * 13 - 4, skipped=4 + 1)


def test_a_hole_fails(project: Project, database: str, conn: Connection, guard: Callable[[], None]) -> None:
    """A location whose guard is gone fails, by name."""
    guard()
    conn.execute("ALTER TABLE child DISABLE TRIGGER USER")
    drop_checks(conn, "child")
    result = project("-q", url=database)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["FAILED minimize.toml::test_guard_refuses[[]public.child.place_id-UPDATE]*"])
    assert "public.person.birth_place-" not in result.stdout.str()


def test_the_policy_alone_can_be_run(project: Project, database: str, guard: Callable[[], None]) -> None:
    """`pytest minimize.toml -k …` runs the tests of the guard and nothing else."""
    guard()
    project("minimize.toml", "-k", "child and UPDATE and not CTE", url=database).assert_outcomes(
        passed=8, deselected=58
    )


def test_a_chosen_file_runs_alone(project: Project) -> None:
    """A file named on the command line runs alone, without a database."""
    project("tests/test_own.py").assert_outcomes(passed=1)


def test_testpaths_do_not_hide_the_policy(project: Project, pytester: pytest.Pytester) -> None:
    """The policy is collected although it is in none of the directories that pytest walks."""
    result = project("--collect-only", "-q", "-o", "testpaths=tests")
    assert result.parseoutcomes()["tests"] == 1 + 1 + 5 * 13
    assert pytester.path.joinpath("tests").is_dir()


def test_it_works_with_xdist(project: Project, database: str, guard: Callable[[], None]) -> None:
    """Worker processes collect the same tests."""
    guard()
    project("-n", "2", "-k", "place_id", url=database).assert_outcomes(passed=12, skipped=1)


def test_without_a_database_it_says_what_to_do(project: Project) -> None:
    """Without a database the test is an error that names the fixture, not a pass."""
    result = project("-k", "place_id and COPY")
    result.assert_outcomes(errors=1, deselected=66)
    result.stdout.fnmatch_lines(["*override the fixture minimize_database_url*"])


def test_a_project_gives_its_own_url(project: Project, pytester: pytest.Pytester, database: str) -> None:
    """The overridden fixture may return a SQLAlchemy URL."""
    url = database.replace("postgresql://", "postgresql+psycopg://", 1)
    pytester.makeconftest(
        f"import pytest\n@pytest.fixture(scope='session')\ndef minimize_database_url(): return '{url}'"
    )
    result = project("-k", "place_id and COPY")
    result.stdout.fnmatch_lines(["*public.child.place_id is not in this database*"])


@pytest.mark.parametrize("returned", ["metadata", "[metadata]"])
def test_clean_models_pass(project: Project, pytester: pytest.Pytester, returned: str) -> None:
    """A column that exceptions keep is allowed; so is every other name."""
    pytester.makeconftest(MODELS.format(column="residence", returned=returned))
    project("-k", "models").assert_outcomes(passed=1, deselected=66)


@pytest.mark.parametrize("column", ["birth_place", "placeOfBirth", "POB"])
def test_a_retired_name_in_the_models_fails(project: Project, pytester: pytest.Pytester, column: str) -> None:
    """A retired field is found under any of its names, in any spelling."""
    pytester.makeconftest(MODELS.format(column=column, returned="metadata"))
    result = project("-k", "models")
    result.assert_outcomes(failed=1, deselected=66)
    result.stdout.fnmatch_lines([f"*public.person.{column}: field place_of_birth is retired*"])


def test_a_bad_policy_is_a_collection_error(project: Project, pytester: pytest.Pytester) -> None:
    """A mistake in the policy is reported with its line, and the run fails."""
    pytester.path.joinpath("minimize.toml").write_text(POLICY.replace("citation", "quotation"))
    result = project()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*minimize.toml:*quotation*"])


def test_a_missing_policy_is_an_error(project: Project) -> None:
    """A setting that names no file does not pass silently."""
    result = project(setting="elsewhere.toml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*elsewhere.toml*"])


def test_without_the_setting_nothing_is_collected_or_imported(project: Project, pytester: pytest.Pytester) -> None:
    """In a project without the setting nothing is collected, and no further module is imported."""
    pytester.path.joinpath("tests", "test_own.py").write_text(
        "import sys\ndef test_own():\n    assert 'minimize' in sys.modules\n"
        "    assert not {'pydantic', 'psycopg', 'sqlalchemy', 'minimize.errors'} & set(sys.modules)\n"
    )
    project(setting="").assert_outcomes(passed=1)
