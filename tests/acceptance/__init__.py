"""The commands as subprocesses."""
