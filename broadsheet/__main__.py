"""`python -m broadsheet`."""

from broadsheet.cli import run

run()
