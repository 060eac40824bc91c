"""What the machine refuses, and what is stopped, is one sentence and an exit code; never a traceback."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from broadsheet import cli


def _ending(monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> int:
    """Run `broadsheet build` with ``work`` in the place of the command; return the exit code."""
    monkeypatch.setattr(cli._Commands, "get_command", lambda *_: click.Command("build", callback=work))
    monkeypatch.setattr("sys.argv", ["broadsheet", "build"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def _refuse(number: int, file: str | None) -> Callable[[], None]:
    def work() -> None:
        raise OSError(number, "No luck", file)

    return work


def test_a_full_disk_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No space is told with the file and with what helps, exit 2."""
    code = _ending(monkeypatch, _refuse(errno.ENOSPC, "/paper/data.csv"))
    told = capsys.readouterr().err
    assert (code, told) == (2, "broadsheet: /paper/data.csv: No luck; make room, then run it again.\n")


def test_other_trouble_is_told_plainly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Trouble without a known remedy or file is its reason alone."""
    code = _ending(monkeypatch, _refuse(errno.EIO, None))
    assert (code, capsys.readouterr().err) == (2, "broadsheet: No luck.\n")


def test_control_c_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is stopped says so and ends as the shell expects."""

    def stopped() -> None:
        raise KeyboardInterrupt

    assert (_ending(monkeypatch, stopped), capsys.readouterr().err.strip()) == (130, "broadsheet: Stopped.")


def test_a_missing_list_is_wrong_usage(tmp_path: Path) -> None:
    """--files-from names a file that must be there."""
    done = CliRunner().invoke(cli.group, ["convert", "--files-from", str(tmp_path / "list")])
    assert (done.exit_code, "No such file" in done.output) == (2, True)


def test_a_name_that_no_system_holds_costs_one_line() -> None:
    """A path that is too long is one error line; the command goes on."""
    done = CliRunner().invoke(cli.group, ["convert", "x" * 5000])
    assert (done.exit_code, done.stdout.startswith('{"error"')) == (1, True)


def test_bytes_that_bear_the_name_of_a_page_are_no_article(tmp_path: Path) -> None:
    """A binary file named .html is told, not imported."""
    file = tmp_path / "page.html"
    file.write_bytes(bytes(range(256)) * 8)
    done = CliRunner().invoke(cli.group, ["convert", str(file)])
    assert (done.exit_code, done.stdout.startswith('{"error": "This is no text')) == (1, True)


def test_review_takes_the_names_that_it_prints(site_folder: Path) -> None:
    """A file is found from the site folder, wherever one stands."""
    (site_folder / "content/a.md").write_text("---\ntitle: A quiet day\n---\n\nNothing happened.\n", "utf-8")
    done = CliRunner().invoke(
        cli.group,
        ["review", "--site", str(site_folder), "content/a.md", "--set", "date=2026-01-02", "--by", "Ann"],
    )
    assert (done.exit_code, "date: 2026-01-02" in (site_folder / "content/a.md").read_text("utf-8")) == (0, True)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_keeps_its_examples_in_lines(name: str) -> None:
    """Every command teaches by examples, one a line."""
    told = CliRunner().invoke(cli.group, [name, "--help"]).output
    assert (f"\n    broadsheet {name}" in told, "\\b" in told) == (True, False)


def test_a_build_folds_warnings_that_say_the_same(site_folder: Path) -> None:
    """Twelve articles without a picture are three lines and a number, not twelve lines."""
    for number in range(12):
        text = (
            f"---\ntitle: Quiet day number {number}\ndate: 2026-01-02\nauthors: [Ann Lee]\n---\n\nNothing {number}.\n"
        )
        (site_folder / "content" / f"{number}.md").write_text(text, "utf-8")
    told = CliRunner().invoke(cli.group, ["build", "--site", str(site_folder)]).stderr
    assert (told.count("has no image"), "… and 9 more files: warning: " in told) == (4, True)
