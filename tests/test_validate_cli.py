"""``broadsheet check``: what it reads, how it prints, how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli.check import command

PAGE = '{\n "@context": "https://schema.org",\n "@type": "WebPage",\n "name": "News"\n}\n'
WRONG = PAGE.replace('"name": "News"', '"name": "News",\n "url": "not a url"')
WARNED = PAGE.replace('"name": "News"', '"name": "Fish &amp; chips"')


def check(*args: str, stdin: str | None = None) -> Result:
    """Run the command."""
    return CliRunner().invoke(command, args, input=stdin)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str) -> str:
    """Write a file and return its name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize(
    ("text", "args", "code"), [(PAGE, [], 0), (WARNED, [], 0), (WARNED, ["--strict"], 1), (WRONG, [], 1)]
)
def test_errors_fail_and_warnings_only_where_strict(here: Path, text: str, args: list[str], code: int) -> None:
    """Exit 0 without errors, 1 with them; --strict counts warnings."""
    assert check(write(here, "a.jsonld", text), *args).exit_code == code


@pytest.mark.usefixtures("here")
def test_a_missing_file_is_wrong_usage() -> None:
    """Exit 2 where there is nothing to check."""
    assert check("nowhere.json").exit_code == 2


@pytest.mark.usefixtures("here")
def test_no_path_outside_of_a_site_is_wrong_usage() -> None:
    """Without a site there must be a path."""
    assert check().exit_code == 2


def test_an_unknown_profile_is_wrong_usage_with_a_did_you_mean(here: Path) -> None:
    """A misspelled profile is not silence."""
    assert "Did you mean google?" in check(write(here, "a.json", PAGE), "--profile", "gogle").output


def test_json_is_one_list_of_problems(here: Path) -> None:
    """--json prints what machines read, with every field."""
    found = json.loads(check(write(here, "a.jsonld", WRONG), "--json").stdout)
    assert [list(one) for one in found] == [["file", "line", "path", "rule", "severity", "message", "see"]]


def test_json_of_no_problems_is_an_empty_list(here: Path) -> None:
    """No problem, and still JSON."""
    assert json.loads(check(write(here, "a.jsonld", PAGE), "--json").stdout) == []


def test_people_see_the_line_and_a_caret(here: Path) -> None:
    """The source line stands below the sentence, the caret below the key."""
    lines = check(write(here, "a.jsonld", WRONG)).stdout.splitlines()
    assert lines[2:4] == ['  5 | "url": "not a url"', "    | ^^^^^"]


def test_the_caret_finds_its_place_in_one_long_line(here: Path) -> None:
    """Minified JSON is cut around the key that is meant, not around the first of its name."""
    first = {"@type": "Person", "name": "Ada Marsh", "url": "https://paper.example/ada", "description": "x" * 200}
    second = {**first, "url": "not a url"}
    doc = {"@context": "https://schema.org", "@graph": [first, second]}
    line, caret = check(write(here, "a.json", json.dumps(doc))).stdout.splitlines()[2:4]
    at = caret.index("^")
    assert (line[at : at + 5], line[at + 7 : at + 18]) == ('"url"', '"not a url"')


def test_an_html_block_in_one_line_has_its_caret(here: Path) -> None:
    """The place in the block is the place in the page's line."""
    page = '<head><script type="application/ld+json">' + json.dumps(json.loads(WRONG)) + "</script></head>"
    line, caret = check(write(here, "a.html", page)).stdout.splitlines()[2:4]
    assert line[caret.index("^") :].startswith('"url"')


def test_github_annotations_name_file_line_and_rule(here: Path) -> None:
    """One workflow command a problem."""
    out = check(write(here, "a.jsonld", WRONG), "--format", "github").stdout
    assert out.startswith("::error file=a.jsonld,line=5,title=vocab/url-format::url “not a url”")


def test_sarif_names_rule_and_place(here: Path) -> None:
    """A SARIF 2.1.0 log, with the rule's help."""
    log = json.loads(check(write(here, "a.jsonld", WRONG), "--format", "sarif").stdout)
    run = log["runs"][0]
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    told = (
        log["version"],
        run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"],
        place["artifactLocation"]["uri"],
        place["region"],
    )
    assert told == ("2.1.0", "vocab/url-format", "a.jsonld", {"startLine": 5})


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (["--select", "vocab"], 1),
        (["--select", "pub,json"], 1),
        (["--ignore", "vocab/url"], 1),
        (["--ignore", "vocab", "--ignore", "pub"], 0),
    ],
)
def test_rules_may_be_selected_and_ignored(here: Path, args: list[str], count: int) -> None:
    """By id or by its beginning."""
    name = write(here, "a.jsonld", WRONG.replace("News", "Fish &amp; chips"))
    assert len(json.loads(check(name, "--json", *args).stdout)) == count


def test_a_baseline_hides_known_problems_and_shows_new_ones(here: Path) -> None:
    """An old archive adopts the gate; only what is new fails."""
    name = write(here, "a.jsonld", WRONG)
    check(name, "--write-baseline", "known.json")
    known = check(name, "--baseline", "known.json").exit_code
    write(here, "a.jsonld", WRONG.replace('"not a url"', '"not a url",\n "pubDate": 1'))
    new = json.loads(check(name, "--baseline", "known.json", "--json").stdout)
    assert (known, [one["rule"] for one in new]) == (0, ["vocab/prop-unknown"])


def test_a_file_that_is_no_baseline_is_told(here: Path) -> None:
    """A wrong baseline is a wrong usage, in one sentence."""
    from broadsheet.cli.checking.baselines import BadBaseline

    write(here, "known.json", "[]")
    assert isinstance(check(write(here, "a.jsonld", WRONG), "--baseline", "known.json").exception, BadBaseline)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (WRONG, "vocab/url-format"),
        ("<h1>News</h1>", "page/no-json-ld"),
        ("---\ntitle: News\nsave_as: x\n---\n", "content/key-ignored"),
    ],
)
def test_standard_input_is_known_by_how_it_begins(text: str, rule: str) -> None:
    """JSON, a page or a content file."""
    assert [one["rule"] for one in json.loads(check("-", "--json", stdin=text).stdout)] == [rule]


def test_a_folder_is_searched_and_other_json_left_alone(here: Path) -> None:
    """Documents, pages and content of a folder; data files are not JSON-LD."""
    for name, text in (
        ("a.jsonld", WRONG),
        ("b/c.html", "<h1>x</h1>"),
        ("b/data.json", '{"rows": []}'),
        (".hidden/d.jsonld", WRONG),
    ):
        write(here, f"site/{name}", text)
    found = json.loads(check("site", "--json").stdout)
    assert [Path(one["file"]).as_posix() for one in found] == ["site/a.jsonld", "site/b/c.html"]


def test_a_site_is_checked_through_the_steps_of_a_build(site_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Front matter and graph are judged together, at the content file's lines."""
    monkeypatch.chdir(site_folder)
    write(site_folder, "content/a.md", "---\ntitle: Fish &amp; chips\ndate: 2026-03-04\nautors: Ada\n---\nText.\n")
    found = json.loads(check("--json").stdout)
    told = {(one["file"], one["line"], one["rule"]) for one in found}
    assert {("content/a.md", 4, "content/key-unknown"), ("content/a.md", 2, "pub/html-in-text")} <= told


def test_a_site_may_bring_its_own_consumer(site_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """schema/profiles/NAME.json of the site is a profile like ours."""
    monkeypatch.chdir(site_folder)
    rule = {
        "id": "partner/dateline",
        "severity": "warning",
        "title": "A dateline",
        "why": "The partner prints it.",
        "source": "the contract",
        "date": "2026-01-01",
        "message": "The article {value} has no {property}; the partner prints it.",
        "checks": [{"on": ["NewsArticle"], "only_articles": True, "needs": ["dateline"]}],
    }
    write(site_folder, "schema/profiles/partner.json", json.dumps({"title": "Our partner", "rules": [rule]}))
    name = write(site_folder, "a.jsonld", PAGE.replace("WebPage", "NewsArticle"))
    found = json.loads(check(name, "--json", "--profile", "partner").stdout)
    assert ("partner/dateline", "/dateline", "the contract, 2026-01-01") in {
        (one["rule"], one["path"], one["see"]) for one in found
    }


def test_a_profile_that_cannot_be_read_is_told(site_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site's broken profile stops the command with its file."""
    from broadsheet.validate.consumers import BadProfileError

    monkeypatch.chdir(site_folder)
    write(site_folder, "schema/profiles/partner.json", '{"title": "x", "rules": [{"id": "partner/x"}]}')
    result = check(write(site_folder, "a.jsonld", PAGE), "--profile", "partner")
    assert isinstance(result.exception, BadProfileError)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("rule", ["pub/date-order", "google/author-name", "json/syntax", "content/status"])
def test_explain_prints_rule_source_and_examples(rule: str) -> None:
    """--explain says what is asked, why, by whom, and shows right and wrong."""
    out = check("--explain", rule).stdout
    assert all(word in out for word in (rule, "Source: ", "Right:", "Wrong:"))


@pytest.mark.usefixtures("here")
def test_explain_of_a_layer_lists_its_rules() -> None:
    """A layer's name gives its rules, one a line."""
    assert "pub/date-order: " in check("--explain", "pub").stdout


@pytest.mark.usefixtures("here")
def test_explain_of_an_unknown_rule_brings_the_nearest() -> None:
    """A misspelled rule is not silence."""
    assert "Did you mean pub/date-order?" in check("--explain", "pub/date-ordre").output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_are_read(here: Path, encoding: str) -> None:
    """A BOM or the page's own word decides; a byte that is no UTF-8 stops nothing."""
    page = f'<meta charset="iso-8859-1"><script type="application/ld+json">{PAGE.replace("News", "Café")}</script>'
    (here / "a.html").write_bytes(page.encode(encoding))
    assert check("a.html").exit_code == 0


def test_the_development_set_is_judged_as_labelled(shared: Path) -> None:
    """Recall, precision and verdicts on the labelled documents, as the score counts them."""
    folder: Any = shared / "dev/structured-data"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    result = check(*(str(folder / one["file"]) for one in manifest), "--json", "--profile", "google")
    refused = {Path(one["file"]).name for one in json.loads(result.stdout) if one["severity"] == "error"}
    bad = {Path(one["file"]).name for one in manifest if one["verdict"] == "invalid"}
    good = {
        Path(one["file"]).name for one in manifest if one["verdict"] in {"valid", "warning"} and len(one["judge"]) == 5
    }
    assert (bad - refused, good & refused) == (set(), set())


def test_many_problems_alike_are_told_once(here: Path) -> None:
    """What repeats word for word is counted, not printed again and again."""
    items = [{"@type": "WebPage", "name": "Fish &amp; chips"}] * 9
    doc = {"@context": "https://schema.org", "@graph": items}
    out = check(write(here, "a.jsonld", json.dumps(doc, indent=1))).stdout
    assert (out.count("^"), "… and 6 more of pub/html-in-text" in out) == (3 * len('"name"'), True)


def test_bytes_that_are_no_text_are_told_as_such(here: Path) -> None:
    """A picture or an archive is no document, and is not printed."""
    (here / "a.bin").write_bytes(b"\x89PNG\r\n\0\0\x1b[2J")
    assert [one["rule"] for one in json.loads(check("a.bin", "--json").stdout)] == ["page/kind"]


def test_an_excerpt_cannot_command_the_terminal(here: Path) -> None:
    """Escape sequences in a file are shown as dots."""
    page = '<script type="application/ld+json">{"@type": "\x1b[2JX"</script>'
    assert "\x1b" not in check(write(here, "a.html", page)).stdout


def test_a_content_file_that_is_no_utf8_is_an_error(here: Path) -> None:
    """A content file outside of a site is read as a build would read it."""
    (here / "a.md").write_bytes(b"---\ntitle: Caf\xe9\n---\n")
    assert [one["rule"] for one in json.loads(check("a.md", "--json").stdout)] == ["content/encoding"]


def test_a_handbook_beside_articles_is_left_alone(here: Path) -> None:
    """In a folder, only Markdown with front matter is content."""
    write(here, "site/README.md", "# How we work\n")
    write(here, "site/a.md", "---\ntitle: x\nsave_as: y\n---\n")
    assert [Path(one["file"]).name for one in json.loads(check("site", "--json").stdout)] == ["a.md"]
