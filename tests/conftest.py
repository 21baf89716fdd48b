"""The harness is in the fix_*.py files; each says in its first line what it provides."""

from hypothesis import settings

pytest_plugins = ("tests.fix_server", "tests.fix_database")

# A deadline per example measures the machine, not the code: the first example also pays for imports.
settings.register_profile("minimize", deadline=None)
settings.load_profile("minimize")
