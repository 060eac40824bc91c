"""`broadsheet audit` as one calls it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from broadsheet.cli import group


def audit(*words: object) -> tuple[int, str]:
    """Return the exit code and standard output."""
    done = CliRunner().invoke(group, ["audit", *map(str, words)])
    return done.exit_code, done.stdout


def test_agreement_is_exit_0(output: Path) -> None:
    """A paper that agrees ends with 0 and says nothing on standard output."""
    assert audit(output) == (0, "")


def test_a_difference_is_exit_1(output: Path) -> None:
    """A difference ends with 1 and is one line that begins with the file."""
    (output / "articles/ferry.json").unlink()
    code, told = audit(output)
    assert (code, told.splitlines()[0].startswith(f"{output}/articles/ferry.html: error: ")) == (1, True)


def test_json_is_one_list(output: Path) -> None:
    """--json prints the problems as one list of objects."""
    (output / "articles/ferry.json").unlink()
    found = json.loads(audit(output, "--json")[1])
    assert {"audit-document-missing", "audit-link-broken"} == {one["rule"] for one in found}


def test_an_agreeing_paper_is_an_empty_list(output: Path) -> None:
    """--json prints a list even where there is nothing to tell."""
    assert audit(output, "--json") == (0, "[]\n")


def test_another_address_is_told(output: Path) -> None:
    """With --url the paper must stand at that address."""
    assert audit(output, "--url", "https://other.example")[0] == 1
