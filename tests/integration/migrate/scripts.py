"""A small Alembic environment on disk: guard, then drop."""

from __future__ import annotations

import io
from pathlib import Path

from alembic import command
from alembic.config import Config

from tests.integration.migrate.estate import FIELD, Estate

ENV = """
import sqlalchemy as sa
from alembic import context

import minimize.migrate

config = context.config
options = dict(target_metadata=config.attributes.get("metadata", sa.MetaData()), transaction_per_migration=True,
               include_schemas=True, **config.attributes.get("options", {}))
if context.is_offline_mode():
    context.configure(dialect_name="postgresql", literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = sa.create_engine(config.get_main_option("sqlalchemy.url"), poolclass=sa.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
"""

REVISION = """
from alembic import op

revision = "{revision}"
down_revision = {down}

def upgrade():
    {up}

def downgrade():
    {back}
"""

MAKO = '"""${message}"""\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n'

STEPS = (
    (f'op.guard_field("{FIELD}")', f'op.unguard_field("{FIELD}")'),
    (
        f'op.drop_field("{FIELD}")',
        f'op.restore_field("{FIELD}", types={{"lab.person.birthplace": "text"}})',
    ),
)


def write_scripts(directory: Path, steps: tuple[tuple[str, str], ...] = STEPS) -> Path:
    """Write env.py and one revision per step: "1", "2" and so on."""
    versions = directory / "alembic" / "versions"
    versions.mkdir(parents=True)
    (directory / "alembic" / "env.py").write_text(ENV)
    (directory / "alembic" / "script.py.mako").write_text(MAKO)
    for number, (up, back) in enumerate(steps, start=1):
        down = repr(str(number - 1)) if number > 1 else None
        text = REVISION.format(revision=number, down=down, up=up, back=back)
        (versions / f"{number}.py").write_text(text)
    return directory / "alembic"


def alembic(estate: Estate, scripts: Path) -> Config:
    """Return the configuration for the commands."""
    config = estate.config()
    config.output_buffer = io.StringIO()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", estate.sqlalchemy_url.replace("%", "%%"))
    return config


def written(config: Config, direction: str, revisions: str) -> str:
    """Return the SQL that --sql prints."""
    buffer = io.StringIO()
    config.output_buffer = buffer
    (command.upgrade if direction == "upgrade" else command.downgrade)(config, revisions, sql=True)
    return buffer.getvalue()
