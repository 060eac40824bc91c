"""The tables of rules: every example does what it says, and the documentation is made from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from broadsheet import parts
from broadsheet.cli.checking.explaining import markdown
from broadsheet.model import Problem
from broadsheet.validate import front_matter, html_page, json_text
from broadsheet.validate.report import Rule, every_rule

ROOT = Path(__file__).resolve().parents[1]
#: The head of a PNG of 8 by 8 pixels.
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x08\x00\x00\x00\x08\x08\x02\x00\x00\x00Km)\xdc"
JARGON = re.compile(
    r"is not valid under|\$defs|additional ?properties|unevaluated|does not match|is not of type|is a required property|was unexpected"
    r"|anyOf|oneOf|allOf|Traceback|\bNone\b|JSON ?Pointer|\$ref|non-empty|is too (long|short)|\{[a-z]+\}",
    re.IGNORECASE,
)


def complete() -> dict[str, Any]:
    """Return the complete article that the examples change."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bridge reopens",
        "description": "Nobody is surprised.",
        "url": "https://paper.example/bridge",
        "mainEntityOfPage": "https://paper.example/bridge",
        "image": {"@type": "ImageObject", "url": "https://paper.example/a.jpg", "width": 1600, "height": 900},
        "datePublished": "2026-03-04T18:30:00-08:00",
        "dateModified": "2026-03-05T09:00:00-08:00",
        "author": {"@type": "Person", "name": "Ada Marsh", "url": "https://paper.example/ada"},
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Example Paper", "url": "https://paper.example/"},
        "inLanguage": "en",
    }


def judged(example: Mapping[str, Any], rule: Rule, folder: Path) -> list[Problem]:
    """Return the problems of an example under its rule's own profile."""
    profiles = [rule.layer] if rule.layer not in {"json", "ld", "vocab", "pub", "page", "content"} else []
    if "text" in example:
        return json_text(example["text"], file="example.json", profiles=profiles)
    if "file" in example or "content" in example:
        from broadsheet.cli.checking.judging import problems

        path = folder / ("example.md" if "content" in example else "example")
        path.write_text(example.get("content") or example["file"], encoding="utf-8")
        return problems([str(path)], None, ())
    if "html" in example:
        return html_page(example["html"], file="example.html", profiles=profiles)
    if "front" in example:
        return front_matter(
            example["front"], file="example.md", site_root=_site(folder) if "files" in example else None
        )
    document = example.get("document")
    if document is None:
        document = {key: value for key, value in complete().items() if key not in example.get("without", ())}
        document |= example["article"]
    return json_text(json.dumps(document), file="example.json", profiles=profiles)


def _site(folder: Path) -> Path:
    """Return a site folder with one picture of 8 by 8 pixels."""
    images = folder / "content" / "images"
    images.mkdir(parents=True)
    (images / "bridge.png").write_bytes(PNG)
    return folder


def _examples(kind: str) -> Iterator[Any]:
    for rule in every_rule().values():
        run = [one for one in getattr(rule, kind) if "words" not in one]
        for number, example in enumerate(run):
            yield pytest.param(rule, example, id=f"{rule.id.replace('/', '-')}-{number}")


@pytest.mark.parametrize(("rule", "example"), list(_examples("right")))
def test_a_right_example_keeps_the_rule(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    """What the documentation calls right draws no problem of its rule, and no error at all."""
    assert [one for one in judged(example, rule, tmp_path) if one.rule == rule.id or one.severity == "error"] == []


@pytest.mark.parametrize(("rule", "example"), list(_examples("wrong")))
def test_a_wrong_example_breaks_the_rule(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    """What the documentation calls wrong is found by that rule, at the place it names."""
    assert (rule.id, example.get("at", "")) in {
        (
            one.rule,
            one.path.removesuffix("/@id").removesuffix("/cssSelector")
            if one.path != example.get("at", "")
            else one.path,
        )
        for one in judged(example, rule, tmp_path)
    }


@pytest.mark.parametrize(("rule", "example"), list(_examples("wrong")))
def test_messages_are_plain_sentences(rule: Rule, example: Mapping[str, Any], tmp_path: Path) -> None:
    """A message begins with a capital, a key or a name, ends as a sentence does, and holds no schema jargon."""
    messages = [one.message for one in judged(example, rule, tmp_path)]
    assert all(one.endswith((".", "?")) and not JARGON.search(one) for one in messages)


@pytest.mark.parametrize("rule", every_rule().values(), ids=lambda rule: rule.id.replace("/", "-"))
def test_every_rule_has_examples_source_and_date(rule: Rule) -> None:
    """A rule without a wrong and a right example, a source and a date is no rule."""
    assert all((rule.right, rule.wrong, rule.source, rule.date, rule.why.endswith(".")))


def test_rules_and_severities_are_those_that_were_agreed(shared: Path) -> None:
    """The agreed table of rules is in ours, each with the agreed severity."""
    agreed = json.loads((shared / "dev/structured-data/rules.json").read_text(encoding="utf-8"))
    table = every_rule()
    assert {name: table[name].severity for name in agreed} == {name: one["severity"] for name, one in agreed.items()}


def test_the_documentation_of_rules_is_up_to_date() -> None:
    """docs/rules.md is what scripts/rules.py writes."""
    assert (ROOT / "docs/rules.md").read_text(encoding="utf-8") == markdown()


@pytest.mark.parametrize("path", [*parts.available("schema", "*.schema.json").values()], ids=lambda path: path.name)
def test_every_schema_is_a_schema(path: Path) -> None:
    """The schemas that we ship keep to draft 2020-12."""
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_the_vocabulary_is_the_release_that_it_says(shared: Path) -> None:
    """schema/vocabulary.json is what the script makes of the release."""
    import runpy

    script = runpy.run_path(str(ROOT / "scripts/vocabulary.py"))
    graph = json.loads((shared / "vocab/schemaorg-current-https-30.0.jsonld").read_text(encoding="utf-8"))["@graph"]
    made = script["text"](script["tables"](graph, "30.0"))
    assert (ROOT / "schema/vocabulary.json").read_text(encoding="utf-8") == made
