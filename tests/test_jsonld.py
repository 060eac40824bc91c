"""The NewsArticle graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import config, jsonld
from broadsheet.model import Agency, Article, Image, Person, Place, Publisher

WIRE = Article(
    "Bridge reopens",
    authors=(Person("R. Marsh", affiliation="Meridian Wire"),),
    agencies=(Agency("Meridian Wire", "MW"),),
    section=("News", "Local"),
    dateline="PORT ELLERY, Wash.",
    place=Place("Port Ellery", country="US", latitude=47.0, longitude=-124.0),
    images=(Image("images/bridge one.svg", caption="The bridge"),),
    language="en",
)


@pytest.fixture
def site(site_folder: Path) -> config.Site:
    """Return a configured site."""
    return config.load(site_folder)


def _graph(site: config.Site, article: Article = WIRE) -> list[dict[str, Any]]:
    return jsonld.document(article, site, "articles/bridge.html", "One two three.")["@graph"]


def _node(graph: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(node for node in graph if node["@type"] == kind)


def test_the_agency_is_not_the_author(site: config.Site) -> None:
    """Wire copy names the agency apart from the person and the paper."""
    news, *_ = graph = _graph(site)
    agency = next(node for node in graph if node["@id"] == news["sourceOrganization"]["@id"])
    assert (_node(graph, "Person")["name"], agency["name"]) == ("R. Marsh", "Meridian Wire")


def test_every_reference_resolves(site: config.Site) -> None:
    """No node is referred to that the graph does not hold."""
    graph = _graph(site)
    known = {node["@id"] for node in graph}
    used = {value["@id"] for value in graph[0].values() if isinstance(value, dict) and "@id" in value}
    used |= {one["@id"] for value in graph[0].values() if isinstance(value, list) for one in value if "@id" in one}
    assert used <= known


def test_an_undated_article_has_no_date(site: config.Site) -> None:
    """Nothing is emitted that no one stated."""
    assert "datePublished" not in _graph(site)[0]


def test_the_breadcrumb_leads_from_the_paper_to_the_article(site: config.Site) -> None:
    """Every level of the section is a step."""
    items = _node(_graph(site), "BreadcrumbList")["itemListElement"]
    assert [one["name"] for one in items] == ["The Test Gazette", "News", "Local", "Bridge reopens"]


def test_a_picture_has_an_absolute_address(site: config.Site) -> None:
    """Addresses in JSON-LD are absolute."""
    assert _node(_graph(site), "ImageObject")["url"] == "https://gazette.example/images/bridge%20one.svg"


def test_another_papers_article_keeps_its_publisher(site: config.Site) -> None:
    """The site's own paper is then only the publisher of the markup."""
    article = Article("x", publisher=Publisher("Other Paper", founding_date="1883-05-19"))
    news, *_ = graph = _graph(site, article)
    names = {node["@id"]: node.get("name") for node in graph}
    assert (names[news["publisher"]["@id"]], names[news["sdPublisher"]["@id"]]) == ("Other Paper", "The Test Gazette")


def test_the_licence_of_the_paper_is_not_put_on_others_texts(tmp_path: Path) -> None:
    """A configured licence covers what the paper publishes itself."""
    text = '[site]\nname = "P"\nurl = "https://p.example"\n[license]\ncontent = "https://cc.example"\n'
    (tmp_path / "broadsheet.toml").write_text(text, encoding="utf-8")
    site = config.load(tmp_path)
    assert "license" not in _graph(site, Article("x", publisher=Publisher("Other")))[0]


def test_paywalled_text_is_marked(site: config.Site) -> None:
    """An article that is not free names the part behind the wall."""
    news = _graph(site, Article("x", properties={"isAccessibleForFree": False}))[0]
    assert news["hasPart"]["cssSelector"] == ".article-body"


def test_standalone_is_one_article(site: config.Site) -> None:
    """`convert` prints the article with everything nested in it."""
    news = jsonld.standalone(WIRE, site, "One.")
    assert (news["@type"], news["author"][0]["name"]) == ("NewsArticle", "R. Marsh")


def test_standalone_tells_the_whole_path_of_sections(site: config.Site) -> None:
    """Without a breadcrumb beside it, the most special section comes first and the others follow."""
    assert jsonld.standalone(WIRE, site, "")["articleSection"] == ["Local", "News"]


_JSON = st.recursive(
    st.text() | st.integers(-(2**53), 2**53) | st.booleans(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON.filter(lambda value: "\\ud" not in json.dumps(value)))
def test_script_text_parses_to_the_same_value(value: Any) -> None:
    """Escaping loses nothing."""
    assert json.loads(jsonld.script_text({"x": value})) == {"x": value}


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028"])
def test_script_text_cannot_leave_the_script(text: str) -> None:
    """Nothing in a headline ends the element it stands in."""
    assert not set(jsonld.script_text({"headline": text})) & set("<>&\u2028\u2029")
