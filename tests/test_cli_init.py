"""``broadsheet init``: a new site folder that builds at once, and never overwrites."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet import build, config
from broadsheet.cli import init
from broadsheet.cli.init import command
from broadsheet.config import site as options


def run(*arguments: object) -> Result:
    """Call the command as the shell does."""
    return CliRunner().invoke(command, [str(one) for one in arguments])


def files_of(folder: Path) -> list[str]:
    """Return every file and folder below ``folder``."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_makes_a_folder_that_loads(tmp_path: Path) -> None:
    """The settings that are made are ones that broadsheet reads."""
    run(tmp_path / "paper")
    assert config.load(tmp_path / "paper").name == "Paper"


def test_the_new_site_builds_without_errors(tmp_path: Path) -> None:
    """The starter articles are published as they are."""
    run(tmp_path / "paper")
    report = build.build(config.load(tmp_path / "paper"), tmp_path / "output")
    assert (report.articles, report.errors) == (3, 0)


def test_the_name_comes_from_the_folder(tmp_path: Path) -> None:
    """A folder's words become the paper's name."""
    run(tmp_path / "spokane-daily_news")
    assert config.load(tmp_path / "spokane-daily_news").name == "Spokane Daily News"


@pytest.mark.parametrize("name", ['The "Valley" Paper', "C:\\Paper", "# Paper", "L’Écho du marais", "@URL@"])
def test_any_printable_name_survives(tmp_path: Path, name: str) -> None:
    """Quotes, backslashes and marks in a name reach the settings unchanged."""
    run(tmp_path / "paper", "--name", name)
    assert config.load(tmp_path / "paper").name == name


def test_options_reach_the_settings(tmp_path: Path) -> None:
    """Address, language and time zone stand in the settings as given."""
    run(tmp_path / "p", "--url", "https://a.example/sub", "--language", "pt-BR", "--timezone", "America/Recife")
    site = config.load(tmp_path / "p")
    assert (site.url, site.language, site.timezone) == ("https://a.example/sub", "pt-BR", "America/Recife")


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--url", "paper.example", "full address"),
        ("--timezone", "Mars/Olympus", "IANA"),
        ("--name", "two\nlines", "one line"),
    ],
)
def test_an_unusable_option_makes_nothing(tmp_path: Path, option: str, value: str, word: str) -> None:
    """A wrong option is exit 2, a sentence, and no folder."""
    result = run(tmp_path / "paper", option, value)
    assert (result.exit_code, word in result.stderr, files_of(tmp_path)) == (2, True, [])


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    """Nothing is written into a folder that holds something."""
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    result = run(tmp_path)
    assert (result.exit_code, files_of(tmp_path)) == (2, ["letter.txt"])


def test_a_dot_file_of_the_same_name_is_refused(tmp_path: Path) -> None:
    """A .gitignore that is there is not replaced."""
    (tmp_path / ".gitignore").write_text("mine", encoding="utf-8")
    run(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine"


def test_a_fresh_repository_is_accepted(tmp_path: Path) -> None:
    """A folder that holds only .git becomes a site."""
    (tmp_path / ".git").mkdir()
    result = run(tmp_path)
    assert (result.exit_code, (tmp_path / "broadsheet.toml").is_file()) == (0, True)


def test_a_second_call_changes_nothing(tmp_path: Path) -> None:
    """Calling it again is refused and leaves what the user wrote."""
    run(tmp_path / "paper")
    (tmp_path / "paper" / "README.md").write_text("mine", encoding="utf-8")
    run(tmp_path / "paper")
    assert (tmp_path / "paper" / "README.md").read_text(encoding="utf-8") == "mine"


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """--dry-run names the files and makes none."""
    result = run(tmp_path / "paper", "--dry-run")
    assert ("broadsheet.toml" in result.stdout, files_of(tmp_path)) == (True, [])


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while writing takes away what was written."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run(tmp_path / "paper")
    assert (result.exit_code, "No space left" in result.stderr, files_of(tmp_path)) == (2, True, [])


def test_an_error_while_moving_in_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder stays empty when the last move fails."""
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if self.name == "content" and self.parent != tmp_path:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    run(tmp_path)
    assert files_of(tmp_path) == []


def test_json_lists_the_files(tmp_path: Path) -> None:
    """--json is one object with every file that was made."""
    made = json.loads(run(tmp_path / "paper", "--json").stdout)
    assert sorted(made["files"]) == [
        name for name in files_of(tmp_path / "paper") if (tmp_path / "paper" / name).is_file()
    ]


def test_every_setting_is_taught() -> None:
    """Each key that broadsheet.toml may hold stands in the starter, live or behind a "# "."""
    text = (init.STARTER / "broadsheet.toml").read_text(encoding="utf-8")
    lines = {line.removeprefix("# ").partition(" =")[0] for line in text.splitlines() if " = " in line}
    kinds = (options.Build, options.Exports, options.License)
    known = {name for kind in kinds for name in kind.__struct_fields__} | set(options.PUBLISHER_PROPERTIES)
    assert known - lines == set()


def test_the_settings_behind_marks_are_true(tmp_path: Path) -> None:
    """Taking every "# " away leaves settings that broadsheet reads."""
    run(tmp_path / "paper")
    file = tmp_path / "paper" / "broadsheet.toml"
    lines = [
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line
        for line in file.read_text().splitlines()
    ]
    prose = [line for line in lines if " = " in line or line.startswith(("[", "#")) or not line]
    file.write_text("\n".join(prose), encoding="utf-8")
    assert config.load(tmp_path / "paper").exports.compress == ("gz",)
