"""Faults at the edges of the rules: in lists, in references, in objects beside the article."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.validate import document

H = "https://paper.example"
PAGE = f"{H}/news/bridge"
PAPER = {"@type": "NewsMediaOrganization", "name": "The Example Paper", "url": f"{H}/"}


def article(**changes: Any) -> dict[str, Any]:
    """Return a good article with some properties set otherwise."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bridge reopens",
        "url": PAGE,
        "image": f"{H}/a.jpg",
        "datePublished": "2026-03-04T18:30:00-08:00",
        "author": {"@type": "Person", "name": "Ada Marsh", "url": f"{H}/ada"},
        "publisher": PAPER,
        **changes,
    }


def video(**changes: Any) -> dict[str, Any]:
    """Return a good video that is a document of its own."""
    return {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "The bridge turns",
        "thumbnailUrl": f"{H}/t.jpg",
        "uploadDate": "2026-03-04",
        "publisher": PAPER,
        **changes,
    }


def trail(first: dict[str, Any]) -> dict[str, Any]:
    """Return a trail of two breadcrumbs that begins with this one."""
    last = {"@type": "ListItem", "position": 2, "name": "Bridge", "item": PAGE}
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [first, last]}


def crumb(**changes: Any) -> dict[str, Any]:
    """Return a good first breadcrumb with some properties set otherwise."""
    return {"@type": "ListItem", "position": 1, "name": "News", "item": f"{H}/news/", **changes}


def author(name: str) -> dict[str, Any]:
    """Return an article by this person."""
    return article(author={"@type": "Person", "name": name, "url": f"{H}/a"})


def found(doc: Any) -> set[tuple[str, str, str]]:
    """Return (rule, severity, pointer) of every error and warning."""
    problems = document(doc, file="a.json", profiles=["google"])
    return {(one.rule, one.severity, one.path) for one in problems if one.severity != "notice"}


PICTURES = [{"@type": "ImageObject", "@id": "#i", "url": f"{H}/{name}.jpg"} for name in "ab"]

WRONG: dict[str, tuple[Any, str, str, str]] = {
    "publisher of a type and nothing else": (
        article(publisher={"@type": "Organization"}),
        "pub/required-nested",
        "error",
        "/publisher/name",
    ),
    "publisher of a video without a name": (
        video(publisher={"@type": "Organization", "url": f"{H}/"}),
        "pub/required-nested",
        "error",
        "/publisher/name",
    ),
    "picture whose @id names no file": (
        article(image={"@type": "ImageObject", "@id": f"{PAGE}#image", "caption": "The bridge"}),
        "pub/required-nested",
        "error",
        "/image/url",
    ),
    "breadcrumb with half an address as @id": (
        trail(crumb(item={"@type": "WebPage", "@id": "/news/"})),
        "pub/absolute-url",
        "error",
        "/itemListElement/0/item",
    ),
    "breadcrumb with words as address": (
        trail(crumb(item="the news page")),
        "vocab/url-format",
        "error",
        "/itemListElement/0/item",
    ),
    "half an address under sameAs": (
        article(author={"@type": "Person", "name": "Ada Marsh", "sameAs": "/people/ada"}),
        "pub/absolute-url",
        "error",
        "/author/sameAs",
    ),
    "two schemes in one address": (article(url=f"http://{PAGE}"), "vocab/url-format", "error", "/url"),
    "comment of HTML": (article(description="<!-- lead -->Reopened."), "pub/html-in-text", "warning", "/description"),
    "country of three letters": (article(inLanguage="en-USA"), "pub/language", "warning", "/inLanguage"),
    "year in words": (article(copyrightYear="last year"), "vocab/number", "error", "/copyrightYear"),
    "object without a type for text": (
        article(description={"text": "Reopened."}),
        "vocab/object-for-text",
        "error",
        "/description",
    ),
    "list that holds an empty text": (article(headline=[""]), "vocab/empty-value", "error", "/headline/0"),
    "value object that holds nothing": (article(headline={"@value": ""}), "vocab/empty-value", "error", "/headline"),
    "list object that holds nothing": (article(author={"@list": []}), "vocab/empty-value", "error", "/author"),
    "reference to nothing at all": (article(author={"@id": ""}), "vocab/empty-value", "error", "/author/@id"),
    "@id that is a number": (article(**{"@id": 5}), "vocab/empty-value", "warning", "/@id"),
    "spaces around a type": (article(**{"@type": " NewsArticle"}), "vocab/type-unknown", "error", "/@type"),
    "article of a page without a type": (
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "url": PAGE,
            "mainEntity": {"headline": "Bridge reopens"},
        },
        "ld/type-missing",
        "error",
        "/mainEntity/@type",
    ),
    "publisher of a video as text": (
        video(publisher="The Example Paper"),
        "pub/publisher-object",
        "error",
        "/publisher",
    ),
    "logo of a video's publisher without address": (
        video(publisher={**PAPER, "logo": {"@type": "ImageObject", "width": 600}}),
        "pub/required-nested",
        "error",
        "/publisher/logo/url",
    ),
    "trail that is a person": (
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "url": PAGE,
            "breadcrumb": {"@type": "Person", "name": "A. B."},
        },
        "vocab/value-type",
        "error",
        "/breadcrumb",
    ),
    "two pictures under one @id": (article(image=PICTURES), "pub/id-duplicate", "error", "/image/1/@id"),
    "fragment of the page itself that nothing carries": (
        article(author={"@id": f"{PAGE}#ada"}),
        "pub/id-unresolved",
        "error",
        "/author/@id",
    ),
    "dates in lists of one, in the wrong order": (
        article(dateModified=["2026-03-01T00:00:00Z"]),
        "pub/date-order",
        "error",
        "/dateModified",
    ),
    "size in lists of one": (
        article(image={"@type": "ImageObject", "url": f"{H}/a.jpg", "width": [120], "height": [90]}),
        "pub/image-size",
        "warning",
        "/image",
    ),
    "flag in a list of one": (
        article(isAccessibleForFree=[False]),
        "pub/paywall-haspart",
        "warning",
        "/hasPart",
    ),
    "title before the name": (author("Editor Jane Doe"), "google/author-name", "warning", "/author/name"),
    "agency in capitals after the name": (author("Jane Doe AFP"), "google/author-name", "warning", "/author/name"),
    "title in one German word": (
        author("Jane Doe, Wirtschaftsredakteurin"),
        "google/author-name",
        "warning",
        "/author/name",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_at_the_edge_is_found_alone(case: str) -> None:
    """The fault is found with its rule, weight and place, and nothing else is said."""
    doc, rule, severity, path = WRONG[case]
    assert found(doc) == {(rule, severity, path)}


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe of The Example Paper",
        "Jane Doe + John Roe",
        "Staff Writer Jane Doe",
        "Jane Doe Reuters",
        "Updated by Jane Doe",
        "Jane Doe, Editor-at-Large",
    ],
)
def test_what_stands_beside_a_name_is_found(name: str) -> None:
    """Publisher, second person, title, agency and lead are no part of a name."""
    assert found(author(name)) == {("google/author-name", "warning", "/author/name")}


RIGHT: dict[str, Any] = {
    "position in a list of one": trail(crumb(position=[1])),
    "breadcrumb's page in a list of one": trail(crumb(item=[{"@type": "WebPage", "@id": f"{H}/news/"}])),
    "picture whose @id is its file": article(image={"@type": "ImageObject", "@id": f"{H}/a.jpg"}),
    "one picture in two sizes": article(
        image=[{"@type": "ImageObject", "@id": "#i", "url": f"{H}/a.jpg?w={width}"} for width in (300, 900)]
    ),
    "page itself as @id": article(**{"@id": ""}),
    "years of a copyright": article(copyrightYear="2019-2026"),
    "Chinese dialect": article(inLanguage="zh-yue"),
    "address within an address": article(url=f"{H}/?to=https://other.example/"),
    "first name that is a title elsewhere": author("Reporte Jane"),
    "surname in capitals": author("Jane Anne DOE"),
    "name in capitals that ends like an agency": author("MARIA LUISA ANI"),
    "publisher elsewhere": video(publisher={"@type": "Organization", "@id": "https://other.example/#paper"}),
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_at_the_edge_passes(case: str) -> None:
    """Nothing is said of what is right."""
    assert found(RIGHT[case]) == set()


NODE = {"@type": "Person", "@id": "#ada", "name": "Ada Marsh", "url": f"{H}/ada"}


def linked(**label: Any) -> list[dict[str, Any]]:
    """Return an article whose author is a reference with properties of its own, and the person."""
    return [article(author={"@id": "#ada", **label}), {"@context": "https://schema.org", **NODE}]


def test_a_name_beside_a_reference_is_judged() -> None:
    """{"@id": …, "name": …} shows that name, whatever the object that it points to is called."""
    assert found(linked(name="By Ada Marsh")) == {("google/author-name", "warning", "/0/author/name")}


def test_another_name_beside_a_reference_is_no_second_object() -> None:
    """A reference that shows a name defines nothing, so it cannot contradict."""
    assert found(linked(name="A. Marsh")) == set()


@pytest.mark.parametrize("label", [{"jobTitle": "Reporter", "email": "ada@paper.example"}, {"name": "Ada Marsh"}])
def test_what_stands_at_the_object_is_not_missing_at_the_reference(label: dict[str, str]) -> None:
    """Name and page of an author are found under the @id, wherever they stand."""
    assert found(linked(**label)) == set()


def test_a_reference_has_the_type_of_its_object() -> None:
    """A person's word count is out of place at the reference too."""
    assert found(linked(wordCount=9)) == {("vocab/prop-domain", "warning", "/0/author/wordCount")}


def test_an_untyped_author_may_be_the_paper() -> None:
    """One cause, one problem: without a type the paper's name is not taken for a person's."""
    doc = article(author={"name": "The Example Paper", "url": f"{H}/"})
    assert found(doc) == {("ld/type-missing", "error", "/author/@type")}


def test_an_organisation_with_a_job_title_is_a_person() -> None:
    """The title tells who the organisation is."""
    doc = article(author={"@type": "Organization", "name": "Jane Doe, senior reporter", "url": f"{H}/"})
    assert found(doc) == {("google/author-name", "warning", "/author/name")}
