"""The harness is in the fix_*.py files; each says in its first line what it gives."""

pytest_plugins = ("tests.fix_server", "tests.fix_database")
