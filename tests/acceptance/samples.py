"""The sample output in README.md and docs/purge.md: run its commands again, and write the new output into the pages.

    python -m tests.acceptance.samples postgresql://postgres:secret@localhost/postgres

needs a server with nothing else on it, and takes some minutes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from minimize.demo.writes import NESTED_WRITE
from tests.acceptance.command import COMMAND, environment
from tests.markdown import DOCS, README, ROOT, is_rule, read, samples

POLICY = ROOT / "fixtures" / "policies" / "wa-dol-2018-place-of-birth.toml"
SECONDS_UNTIL_STATUS = 3
"""Long enough for the count before the first batch; the purge itself takes some ten seconds."""

APPLICATIONS = 20_000
LEFT_OUT = "[…]"

SHOWN_LOCATIONS = (
    "core.application.place_of_birth",
    "core.application.form $.applicant.placeOfBirth",
    "core.applicant.birth_place_id",
    "mart.dim_applicant.birth_city",
    "hist.change_log.old_row $.place_of_birth",
)
"""A column with exceptions, a path in a document, two columns that are dropped, and a history table."""

SHOWN_ROWS = "|".join([*(rf"{re.escape(name)}  " for name in SHOWN_LOCATIONS), r"core\.application_201[45]  "])
"""Rows of tables that are kept: those of some locations, and of two partitions."""

MODELS = '''\
"""Models of an application that still declares the field."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The declarative base."""


class Credential(Base):
    __tablename__ = "credential"
    __table_args__ = {"schema": "core"}
    birthplace: Mapped[str | None] = mapped_column(primary_key=True)
'''


def shorten(output: str, *, keep: str, first_of: str = "") -> list[str]:
    """Return output with the rows of most locations left out, and of the other lines all but those to keep.

    Args:
        output: What the command printed.
        keep: A pattern; lines outside a table that match it stay.
        first_of: A pattern; of the lines that match it the first one stays.
    """
    kept: list[str] = []
    is_first = True
    is_table = False
    lines = output.splitlines()
    for number, line in enumerate(lines):
        is_heading = number + 1 < len(lines) and is_rule(lines[number + 1])
        is_ruler = is_rule(line)
        is_table = is_heading or is_ruler or (is_table and bool(re.search(r" {3}", line)))
        is_row = is_table and bool(re.match(SHOWN_ROWS, line))
        is_kept = is_heading or is_ruler or is_row or bool(re.match(keep, line))
        if first_of and re.match(first_of, line):
            is_kept, is_first = is_first, False
        if is_kept:
            kept.append(line.rstrip())
        elif not kept or kept[-1] != LEFT_OUT:
            kept.append(LEFT_OUT)
    return kept


class Recorder:
    """Runs the commands of the README against one database, in their order."""

    def __init__(self, url: str, directory: Path) -> None:
        self.directory = directory
        self.environment = environment({"MINIMIZE_DATABASE_URL": url, "MINIMIZE_POLICY": str(POLICY), "COLUMNS": "80"})
        self.url = url

    def minimize(self, *arguments: str) -> str:
        """Return what a command of ours prints, on both streams."""
        return self._run(*COMMAND, *arguments)

    def alembic(self, *arguments: str) -> list[str]:
        """Return what Alembic prints, without its greeting, and an error only once."""
        output = self._run(sys.executable, "-m", "alembic", "-c", str(ROOT / "alembic.ini"), *arguments)
        running, _, failed = output.partition("ERROR [alembic.util.messaging]")
        lines = [line for line in running.splitlines() if "Running upgrade" in line]
        return lines + (["FAILED:" + failed.partition("FAILED:")[2].rstrip()] if failed else [])

    def load(self) -> None:
        """Fill the reference schema."""
        self._run(sys.executable, "-m", "fixtures", "load", "--applications", str(APPLICATIONS), cwd=ROOT)

    def refused_write(self) -> list[str]:
        """Return how psql shows the refusal of a write."""
        with psycopg.connect(self.url) as conn:
            try:
                conn.execute(NESTED_WRITE)
            except psycopg.Error as error:
                return [f"ERROR:  {error.diag.message_primary}", f"HINT:  {error.diag.message_hint}"]
        raise AssertionError("the guard let the write through")

    def purge_and_look(self) -> tuple[str, str]:
        """Return what a purge prints, and what `purge status` prints while it is at work."""
        arguments = [*COMMAND, "purge", "--profile", "fast"]
        with subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment
        ) as process:
            time.sleep(SECONDS_UNTIL_STATUS)
            status = self.minimize("purge", "status")
            output, _ = process.communicate()
        return output, status

    def _run(self, *command: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment,
            cwd=cwd or self.directory,
            check=False,
        )
        return done.stdout


def record(url: str, directory: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of the README with the output to show, in the order of the page."""
    run = Recorder(url, directory)
    (directory / "models.py").write_text(MODELS, encoding="utf-8")
    yield (
        "minimize demo",
        _from_table(
            shorten(
                run.minimize("demo", "--applications", str(APPLICATIONS)),
                keep=r"\d+ locations|Proves|Does not",
            )
        ),
    )
    run.alembic("upgrade", "0001")
    run.load()
    yield "alembic upgrade 0002", run.alembic("upgrade", "0002")
    yield "minimize guard check", run.minimize("guard", "check").splitlines()
    yield "alembic upgrade head", run.alembic("upgrade", "head")
    yield "ERROR", run.refused_write()
    preview = run.minimize("purge", "--dry-run")
    yield (
        "minimize purge --dry-run",
        shorten(preview, keep=r"throttle |dry run|estimated", first_of=r"sequential: every"),
    )
    purge, status = run.purge_and_look()
    yield "minimize purge status", shorten(status, keep=r"run |begun|started|options|limits|state|throttle ")
    keep = r"total|run \d|rows updated|conflicts|waits for limits|WAL|[\d,]+ value\(s\) at the start"
    yield "minimize purge --profile fast", shorten(purge, keep=keep, first_of=r"note: ")
    yield "minimize verify", shorten(run.minimize("verify"), keep=r"total|E1 clean")
    yield "alembic upgrade head", run.alembic("upgrade", "head")
    yield "minimize status", shorten(run.minimize("status"), keep=r"total|wa-dol")
    yield "minimize lint models.py", run.minimize("lint", "models.py").splitlines()


def _from_table(lines: list[str]) -> list[str]:
    start = next(number for number, line in enumerate(lines) if line.startswith("location"))
    return lines[start:]


def replace_samples(text: str, outputs: Mapping[str, list[list[str]]]) -> str:
    """Return the page with new output below each command."""
    waiting = {command: iter(made) for command, made in outputs.items()}

    def rewrite(match: re.Match[str]) -> str:
        body = match[1]
        if body.startswith("ERROR:"):
            return "\n".join(["```", *next(waiting["ERROR"]), "```"])
        parts = list(samples(body))
        if not parts:
            return match[0]
        lines = [
            line
            for part in parts
            for line in (f"$ {part.command}", *next(waiting.get(part.command, iter(())), part.lines))
        ]
        return "\n".join(["```", *lines, "```"])

    return re.sub(r"^```\n(.*?)^```$", rewrite, text, flags=re.MULTILINE | re.DOTALL)


def main(url: str) -> None:
    """Run every command of the README and write its output into the page."""
    outputs: dict[str, list[list[str]]] = {}
    with tempfile.TemporaryDirectory() as directory:
        for command, lines in record(url, Path(directory)):
            sys.stderr.write(f"{command}\n")
            outputs.setdefault(command, []).append(lines)
    for page in (README, DOCS / "purge.md"):
        page.write_text(replace_samples(read(page), outputs), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
