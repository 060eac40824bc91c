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


def test_field_map(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """--field names the fields of JSON records, also those of an object within."""
    source = tmp_path_factory.mktemp("records") / "scraped.jsonl"
    source.write_text(json.dumps({"kop": "The tide turns", "data": {"tekst": "It turned at noon."}}), "utf-8")
    run(site_folder, source, "--field", "title=kop", "--field", "body=data.tekst")
    article, _ = content.read(site_folder / "content" / "the-tide-turns.md", None)
    assert (article and article.body.strip()) == "It turned at noon."


@pytest.mark.parametrize(("word", "told"), [("titel=kop", "did you mean title?"), ("title", "KEY=NAME")])
def test_wrong_field_is_a_usage_error(site_folder: Path, page: Path, word: str, told: str) -> None:
    """A key that no article has, or a word without =, stops before anything is read."""
    result = run(site_folder, page, "--field", word)
    assert (result.exit_code, told in result.stderr) == (2, True)


@pytest.mark.parametrize("folder", ["page_files", "page-Dateien", "page_data", "page.files", "page_fichiers"])
def test_parts_of_a_saved_page_are_left_out(site_folder: Path, page: Path, folder: str) -> None:
    """The folder that a browser puts beside a page is no source; its files are counted."""
    (page.parent / "page.html").write_text("<html><h1>A page</h1><p>It is short.</p></html>", "utf-8")
    inner = page.parent / folder
    inner.mkdir()
    (inner / "frame.html").write_text("<html><h1>A frame</h1><p>Buy now.</p></html>", "utf-8")
    result = run(site_folder, page.parent)
    assert ("a-frame.md" in articles(site_folder), "1 other file left out" in result.stderr) == (False, True)


def test_a_folder_of_that_name_without_its_page_is_read(site_folder: Path, page: Path) -> None:
    """A folder that ends in _files and belongs to no page is a folder of sources."""
    inner = page.parent / "case_files"
    inner.mkdir()
    page.rename(inner / "page.txt")
    run(site_folder, page.parent)
    assert len(articles(site_folder)) == 1


def test_pictures_and_scripts_are_left_out(site_folder: Path, page: Path) -> None:
    """Of a folder, what can hold no article is counted, by its ending or its bytes, and is no failure."""
    page.with_name("a.jpg").write_bytes(b"\xff\xd8")
    page.with_name("b.js").write_text("alert(1)", "utf-8")
    page.with_name("c.blob").write_bytes(b"\0\1\2")
    page.with_name(".hidden").write_text("no", "utf-8")
    result = run(site_folder, page.parent)
    assert (result.exit_code, "3 other files left out" in result.stderr) == (0, True)


def test_a_picture_that_is_named_is_a_failure(site_folder: Path, page: Path) -> None:
    """A file that the command line names is read, whatever it is called."""
    page.with_name("c.blob").write_bytes(b"\0\1\2")
    assert run(site_folder, page.with_name("c.blob")).exit_code == 1


def test_processes_change_nothing(site_folder: Path, page: Path) -> None:
    """Several processes import what one imports, in the same order."""
    more = []
    for number in range(6):
        more.append(page.with_name(f"{number}.txt"))
        more[-1].write_text(PAGE.format(word=f"old{number * 'er'}"), "utf-8")
    alone = run(site_folder, *more, "--dry-run", "--jobs", "1").stdout
    assert run(site_folder, *more, "--dry-run", "--jobs", "2").stdout == alone


def records(path: Path, *found: dict[str, str]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(one) + "\n" for one in found), "utf-8")
    return path


def test_records_are_known_by_headline(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where an article of a source with several was thrown away, that one is imported again and no other."""
    source = tmp_path_factory.mktemp("records") / "a.jsonl"
    records(source, *({"title": f"Tide {word}", "body": "It came."} for word in ("one", "two", "three")))
    run(site_folder, source)
    (site_folder / "content" / "tide-one.md").unlink()
    run(site_folder, source)
    assert articles(site_folder) == ["tide-one.md", "tide-three.md", "tide-two.md"]


@pytest.mark.parametrize("address", ["", "https://quay.example/1"])
def test_an_edited_headline_is_known(site_folder: Path, tmp_path_factory: pytest.TempPathFactory, address: str) -> None:
    """An article of a source with several stays known when a person edits its headline and renames its file."""
    source = tmp_path_factory.mktemp("records") / "a.jsonl"
    records(
        source, {"title": "Tide one", "body": "It came.", "url": address}, {"title": "Tide two", "body": "It went."}
    )
    run(site_folder, source)
    written = site_folder / "content" / "tide-one.md"
    written.write_text(written.read_text("utf-8").replace("title: Tide one", "title: First tide", 1), "utf-8")
    written.rename(written.with_name("first-tide.md"))
    run(site_folder, source)
    assert articles(site_folder) == ["first-tide.md", "tide-two.md"]


def test_near_duplicates_are_told(site_folder: Path, page: Path) -> None:
    """A story that the site has already is told in one line."""
    other = page.with_name("other.txt")
    other.write_text(page.read_text("utf-8").replace("Council opens", "Town opens"), "utf-8")
    run(site_folder, page)
    assert "One story (100% alike): content/council-opens" in run(site_folder, other).stderr


def test_what_wants_review_is_counted(site_folder: Path, page: Path) -> None:
    """The sums say how many of the new articles a person should look at."""
    assert "1 article wants review" in run(site_folder, page).stderr


def test_an_archive_too_large_to_keep_is_told(site_folder: Path, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An original over the bound is not copied, and one line says so."""
    monkeypatch.setattr("broadsheet.importers.keeping.KEEP_BYTES", 100)
    result = run(site_folder, page)
    kept = site_folder / "content" / "sources"
    assert (kept.exists(), result.stderr.count("no copy is kept")) == (False, 1)
