"""Run the command line as `python -m minimize`."""

from minimize.cli import main

main(prog_name="minimize")
