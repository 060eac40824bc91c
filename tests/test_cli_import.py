"""``broadsheet import``: content files written once, originals kept, a person's words never overwritten."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet import content
from broadsheet.cli.import_ import command

PAGE = """\
The Harbour Chronicle

Council opens the {word} bridge to all carts

By Ann Lee

PORT ELLERY – The council voted on Tuesday to reopen the swing bridge to traffic after eleven years of repairs.

The bridge will carry two lanes and a footway, and the last rivets are to be set in the spring of next year.
"""


@pytest.fixture
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a scrape outside the site."""
    path = tmp_path_factory.mktemp("sources") / "page.txt"
    path.write_text(PAGE.format(word="old"), "utf-8")
    return path


def run(site: Path, *arguments: str | Path, stdin: str | None = None) -> Result:
    """Import into a site."""
    return CliRunner().invoke(command, [*map(str, arguments), "--site", str(site)], input=stdin, catch_exceptions=False)


def articles(site: Path) -> list[str]:
    """Return the names of the content files."""
    return sorted(path.name for path in (site / "content").glob("*.md"))


def test_content_file_is_named_for_the_headline(site_folder: Path, page: Path) -> None:
    """An article becomes content/SLUG.md."""
    run(site_folder, page)
    assert articles(site_folder) == ["council-opens-the-old-bridge-to-all-carts.md"]


def test_content_file_reads_back(site_folder: Path, page: Path) -> None:
    """What was written is read without a problem, evidence and all."""
    run(site_folder, page)
    article, problems = content.read(next((site_folder / "content").glob("*.md")), None)
    assert article is not None
    assert (problems, article.evidence["title"].line) == ([], 3)


def test_original_is_kept_by_its_hash(site_folder: Path, page: Path) -> None:
    """The source's bytes stand unchanged below content/sources/."""
    run(site_folder, page)
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    assert (site_folder / "content" / "sources" / f"{digest}.txt").read_bytes() == page.read_bytes()


def test_second_import_changes_nothing(site_folder: Path, page: Path) -> None:
    """What was imported before is left alone."""
    run(site_folder, page)
    before = {path: path.read_bytes() for path in (site_folder / "content").rglob("*") if path.is_file()}
    result = run(site_folder, page)
    after = {path: path.read_bytes() for path in (site_folder / "content").rglob("*") if path.is_file()}
    assert (before == after, "already imported" in result.stdout) == (True, True)


def test_a_persons_edit_is_never_overwritten(site_folder: Path, page: Path) -> None:
    """A file that was edited, even its headline and name, still counts as imported."""
    run(site_folder, page)
    (written,) = (site_folder / "content").glob("*.md")
    written.write_text(written.read_text("utf-8").replace("title: Council", "title: Our council"), "utf-8")
    written.rename(written.with_name("renamed.md"))
    run(site_folder, page)
    assert articles(site_folder) == ["renamed.md"]


def test_equal_headlines_get_names_of_their_own(site_folder: Path, page: Path) -> None:
    """Another source with the same headline does not replace the first."""
    other = page.with_name("other.txt")
    other.write_text(page.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    run(site_folder, page, other)
    assert articles(site_folder) == [
        "council-opens-the-old-bridge-to-all-carts-2.md",
        "council-opens-the-old-bridge-to-all-carts.md",
    ]


def test_dry_run_writes_nothing(site_folder: Path, page: Path) -> None:
    """--dry-run prints and leaves the site as it was."""
    result = run(site_folder, page, "--dry-run")
    assert (articles(site_folder), "would be imported" in result.stderr) == ([], True)


def test_bad_input_costs_itself_alone(site_folder: Path, page: Path) -> None:
    """A missing source is told, the rest imported, exit 1."""
    result = run(site_folder, "nowhere.txt", page)
    assert (result.exit_code, len(articles(site_folder)), "nowhere.txt" in result.stderr) == (1, 1, True)


def test_evidence_is_printed(site_folder: Path, page: Path) -> None:
    """Every value is printed with the line that states it."""
    assert "[stated line 5, byline-marked]" in run(site_folder, page).stdout


def test_absent_date_is_printed_with_its_clues(site_folder: Path, page: Path) -> None:
    """A page without a date says so and shows what the text tells."""
    assert "voted on Tuesday" in run(site_folder, page).stdout


def test_given_date_is_written(site_folder: Path, page: Path) -> None:
    """--date is written to the content file as configured."""
    run(site_folder, page, "--date", "2026-03-04")
    article, _ = content.read(next((site_folder / "content").glob("*.md")), None)
    assert article is not None
    assert (str(article.published), article.evidence["date"].basis) == (
        "2026-03-04",
        "configured",
    )


def test_json_lines(site_folder: Path, page: Path) -> None:
    """--json prints one object an article."""
    record = json.loads(run(site_folder, page, "--json").stdout)
    assert (record["outcome"], record["article"]["authors"][0]["name"]) == ("imported", "Ann Lee")


def test_folder_and_list(site_folder: Path, page: Path) -> None:
    """Folders and lists of paths are sources too."""
    second = page.with_name("second.txt")
    second.write_text(PAGE.format(word="new"), "utf-8")
    run(site_folder, page.parent)
    result = run(site_folder, "--files-from", "-", stdin=f"{page}\n{second}\n")
    assert result.stdout.count("already imported") == 2


def test_hostile_headline_stays_in_content(site_folder: Path, page: Path) -> None:
    """A headline cannot name a file outside content/."""
    page.write_text(PAGE.format(word="old").replace("Council opens", "../../../etc/passwd opens"), "utf-8")
    run(site_folder, page)
    assert articles(site_folder) == ["etc-passwd-the-old-bridge-to-all-carts.md".replace("passwd", "passwd-opens")]


def test_without_a_site_it_is_a_usage_error(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a site the command says how to get one."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command, [str(page)])
    assert result.exit_code == 2
