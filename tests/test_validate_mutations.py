"""Every rule of the gate: one thing broken in a good document is found, named, and alone."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from broadsheet.validate import json_text

H = "https://paper.example"
PAGE = f"{H}/news/bridge"
Change = Callable[[Any], None]


def _person(name: str, slug: str) -> dict[str, Any]:
    return {"@type": "Person", "name": name, "url": f"{H}/people/{slug}"}


def _paper() -> dict[str, Any]:
    logo = {"@type": "ImageObject", "url": f"{H}/logo.png", "width": 600, "height": 60}
    return {"@type": "NewsMediaOrganization", "name": "The Example Paper", "url": f"{H}/", "logo": logo}


def nested() -> dict[str, Any]:
    """Return an article whose people and paper stand inside it; its properties are at the top."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bridge reopens after nine years",
        "description": "Nobody is surprised.",
        "url": PAGE,
        "mainEntityOfPage": PAGE,
        "image": {"@type": "ImageObject", "url": f"{H}/a.jpg", "width": 1600, "height": 900},
        "datePublished": "2026-03-04T18:30:00-08:00",
        "dateModified": "2026-03-05T09:00:00-08:00",
        "author": [_person("Ada Marsh", "ada"), _person("Lee Brook", "lee")],
        "publisher": _paper(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "wordCount": 420,
    }


def graph() -> dict[str, Any]:
    """Return the same as a graph: article, page, trail, paper, person, picture, tied by @id."""
    article = nested()
    del article["@context"]
    article |= {
        "@id": f"{PAGE}#article",
        "author": {"@id": f"{H}/people/ada#me"},
        "publisher": {"@id": f"{H}/#paper"},
        "image": {"@id": f"{PAGE}#image"},
        "mainEntityOfPage": {"@id": PAGE},
    }
    page = {"@type": "WebPage", "@id": PAGE, "url": PAGE, "name": "Bridge", "breadcrumb": {"@id": f"{PAGE}#trail"}}
    crumbs = [("Home", f"{H}/"), ("News", f"{H}/news/"), ("Bridge", PAGE)]
    trail = {
        "@type": "BreadcrumbList",
        "@id": f"{PAGE}#trail",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": item}
            for at, (name, item) in enumerate(crumbs, 1)
        ],
    }
    paper = {**_paper(), "@id": f"{H}/#paper"}
    person = {**_person("Ada Marsh", "ada"), "@id": f"{H}/people/ada#me"}
    picture = {"@type": "ImageObject", "@id": f"{PAGE}#image", "url": f"{H}/a.jpg", "width": 1600, "height": 900}
    return {"@context": "https://schema.org", "@graph": [article, page, trail, paper, person, picture]}


def claim() -> dict[str, Any]:
    """Return a fact check."""
    rating = {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{H}/check",
        "claimReviewed": "The bridge sank.",
        "datePublished": "2026-03-04",
        "author": {**_paper()},
        "reviewRating": rating,
    }


def dataset() -> dict[str, Any]:
    """Return a dataset."""
    words = "Every opening of the swing bridge since 1911, with date, hour and the ship that passed."
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Openings",
        "description": words,
        "url": f"{H}/d",
    }


def video() -> dict[str, Any]:
    """Return a video."""
    return {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "The bridge turns",
        "description": "It turns slowly.",
        "thumbnailUrl": f"{H}/t.jpg",
        "uploadDate": "2026-03-04T08:00:00Z",
        "duration": "PT1M33S",
        "contentUrl": f"{H}/v.mp4",
    }


BASES = {"nested": nested, "graph": graph, "claim": claim, "dataset": dataset, "video": video}


def at(doc: Any, pointer: str) -> tuple[Any, Any]:
    """Return the object that a pointer's last step belongs to, and that step."""
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        doc = doc[int(step)] if isinstance(doc, list) else doc[step]
    return doc, int(last) if isinstance(doc, list) else last


def put(pointer: str, value: Any) -> Change:
    """Return a change that sets one value."""

    def change(doc: Any) -> None:
        holder, key = at(doc, pointer)
        holder[key] = copy.deepcopy(value)

    return change


def drop(pointer: str) -> Change:
    """Return a change that takes one value out."""

    def change(doc: Any) -> None:
        holder, key = at(doc, pointer)
        del holder[key]

    return change


def rename(pointer: str, name: str) -> Change:
    """Return a change that spells one key otherwise, in its place."""

    def change(doc: Any) -> None:
        holder, key = at(doc, pointer)
        items = [(name if one == key else one, value) for one, value in holder.items()]
        holder.clear()
        holder.update(items)

    return change


def both(*changes: Change) -> Change:
    """Return several changes as one."""

    def change(doc: Any) -> None:
        for one in changes:
            one(doc)

    return change


A, CRUMBS, PAPER, PERSON, PICTURE = "/@graph/0", "/@graph/2/itemListElement", "/@graph/3", "/@graph/4", "/@graph/5"
LONG = "Bridge reopens after nine years and nobody who was there on the day will say that it was worth the wait, least of all those who waited for it"
PART = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
PLACE = {"@type": "Place", "name": "The Example Paper", "url": f"{H}/"}

#: (rule, severity, base, where the problem must be found, what is changed)
MUTATIONS: list[tuple[str, str, str, str, Change]] = [
    ("ld/context-missing", "error", "nested", "/@context", drop("/@context")),
    ("ld/context-missing", "error", "graph", "/@context", drop("/@context")),
    *(
        ("ld/context-wrong", "error", "nested", "/@context", put("/@context", wrong))
        for wrong in (
            "https://schema.org/NewsArticle",
            "https://example.org/ctx",
            "https://shema.org",
            "schema.org",
            "http://schema.com",
            ["https://example.org/ctx"],
            {"name": "https://example.org/name"},
        )
    ),
    ("ld/type-missing", "error", "nested", "/@type", drop("/@type")),
    ("ld/type-missing", "error", "nested", "/author/0/@type", drop("/author/0/@type")),
    ("ld/type-missing", "error", "nested", "/publisher/@type", drop("/publisher/@type")),
    ("ld/type-missing", "error", "graph", f"{PERSON}/@type", drop(f"{PERSON}/@type")),
    ("ld/type-missing", "warning", "nested", "/image/@type", drop("/image/@type")),
    *(
        ("vocab/type-unknown", "error", "nested", "/@type", put("/@type", wrong))
        for wrong in ("newsArticle", "News Article", "NewsArticles", "http://schema.org/newsarticle")
    ),
    ("vocab/type-unknown", "error", "nested", "/author/0/@type", put("/author/0/@type", "Persn")),
    ("vocab/type-unknown", "error", "nested", "/publisher/@type", put("/publisher/@type", "Organisation")),
    ("vocab/type-unknown", "error", "graph", "/@graph/1/@type", put("/@graph/1/@type", "Webpage")),
    ("vocab/type-unknown", "error", "graph", "/@graph/2/@type", put("/@graph/2/@type", "BreadCrumbList")),
    *(
        ("vocab/prop-unknown", "error", "nested", f"/{wrong}", rename(f"/{right}", wrong))
        for right, wrong in (
            ("headline", "headLine"),
            ("datePublished", "datePublishd"),
            ("datePublished", "pubDate"),
            ("author", "authors"),
            ("wordCount", "wordcount"),
            ("publisher", "Publisher"),
            ("image", "images"),
        )
    ),
    ("vocab/prop-unknown", "error", "graph", f"{PERSON}/homepage", put(f"{PERSON}/homepage", H)),
    ("vocab/prop-unknown", "error", "nested", "/metadata", put("/metadata", {"blog_id": 1, "inner": [{"x": ""}]})),
    ("vocab/prop-domain", "warning", "nested", "/author/0/wordCount", put("/author/0/wordCount", 40)),
    ("vocab/prop-domain", "warning", "nested", "/jobTitle", put("/jobTitle", "Reporter")),
    ("vocab/prop-domain", "warning", "graph", f"{PAPER}/headline", put(f"{PAPER}/headline", "The Example Paper")),
    ("vocab/prop-superseded", "warning", "nested", "/isBasedOnUrl", put("/isBasedOnUrl", "https://agency.example/1")),
    ("vocab/prop-superseded", "warning", "nested", "/awards", put("/awards", "Best local story")),
    ("vocab/prop-superseded", "warning", "nested", "/reviews", put("/reviews", {"@type": "Review", "name": "Good"})),
    ("vocab/value-type", "error", "nested", "/publisher", put("/publisher", PLACE)),
    (
        "vocab/value-type",
        "error",
        "nested",
        "/author",
        put("/author", {"@type": "ImageObject", "name": "Ada", "url": f"{H}/a.jpg"}),
    ),
    ("vocab/value-type", "error", "nested", "/image", put("/image", _person("Ada Marsh", "ada"))),
    ("vocab/value-type", "error", "nested", "/mainEntityOfPage", put("/mainEntityOfPage", _person("Ada Marsh", "ada"))),
    ("vocab/value-type", "error", "graph", f"{A}/publisher", put(f"{A}/publisher", {"@id": f"{PAGE}#trail"})),
    ("vocab/value-type", "error", "nested", "/author", put("/author", 7)),
    (
        "vocab/object-for-text",
        "error",
        "nested",
        "/headline",
        put("/headline", {"@type": "CreativeWork", "name": "Bridge"}),
    ),
    (
        "vocab/object-for-text",
        "error",
        "nested",
        "/description",
        put("/description", {"@type": "CreativeWork", "text": "Bridge"}),
    ),
    (
        "vocab/object-for-text",
        "error",
        "graph",
        f"{PERSON}/name",
        put(f"{PERSON}/name", {"@type": "Person", "name": "Ada"}),
    ),
    *(
        ("vocab/date-format", "error", "nested", "/datePublished", put("/datePublished", wrong))
        for wrong in (
            "03/02/2026",
            "yesterday",
            "2026-13-40",
            "March 4, 2026",
            "4.3.2026",
            "2026-3-4",
            "2026/03/04",
            "1772600000",
            1772600000,
            "2026-03-04T25:00:00Z",
            "2026-02-30",
            "2026-03-04T18:30:00 PST",
            "٢٠٢٦-٠٣-٠٤",
        )
    ),
    ("vocab/date-format", "warning", "nested", "/dateModified", put("/dateModified", "2026-03-05 09:00:00Z")),
    ("vocab/date-format", "error", "video", "/uploadDate", put("/uploadDate", "last week")),
    *(
        ("vocab/boolean", "error", "nested", "/isAccessibleForFree", put("/isAccessibleForFree", wrong))
        for wrong in ("maybe", "yes", "1", 1)
    ),
    *(
        ("vocab/number", "error", "nested", "/wordCount", put("/wordCount", wrong))
        for wrong in ("about 400", "four hundred", "400 words", True)
    ),
    ("vocab/number", "warning", "nested", "/wordCount", put("/wordCount", "1,200")),
    ("vocab/number", "error", "nested", "/image/width", put("/image/width", "wide")),
    *(
        ("vocab/url-format", "error", "nested", "/url", put("/url", wrong))
        for wrong in (
            "not a url",
            f"{PAGE} {H}/2",
            f"{PAGE},{H}/2",
            "https//paper.example/x",
            "https://",
            "http:/paper.example/x",
            "N/A",
            "htps://paper.example",
        )
    ),
    ("vocab/url-format", "error", "nested", "/image", put("/image", "a picture of the bridge")),
    ("vocab/url-format", "warning", "nested", "/image", put("/image", f"{H}/my picture.jpg")),
    ("vocab/url-format", "error", "nested", "/author/0/url", put("/author/0/url", "ask the desk")),
    *(
        ("vocab/duration-format", "error", "video", "/duration", put("/duration", wrong))
        for wrong in ("1:33", "90 seconds", "P", "PT", 93, "00:01:33")
    ),
    ("vocab/duration-format", "warning", "video", "/duration", put("/duration", "pt1m33s")),
    *(
        ("vocab/empty-value", "error", "nested", f"/{name}", put(f"/{name}", empty))
        for name, empty in (
            ("headline", ""),
            ("headline", None),
            ("headline", "  "),
            ("image", []),
            ("author", []),
            ("author", None),
            ("publisher", {}),
            ("datePublished", ""),
            ("url", ""),
        )
    ),
    ("vocab/empty-value", "warning", "nested", "/description", put("/description", "")),
    ("vocab/empty-value", "error", "nested", "/author/0/name", put("/author/0/name", "")),
    ("vocab/empty-value", "error", "graph", f"{PAPER}/name", put(f"{PAPER}/name", "")),
    ("vocab/nested-list", "error", "nested", "/author/0", put("/author", [[_person("Ada Marsh", "ada")]])),
    ("vocab/nested-list", "error", "nested", "/keywords/0", put("/keywords", [["bridge", "harbor"]])),
    ("pub/required", "error", "nested", "/headline", drop("/headline")),
    ("pub/required", "error", "graph", f"{A}/publisher", drop(f"{A}/publisher")),
    ("pub/required", "warning", "nested", "/author", drop("/author")),
    ("pub/required", "warning", "nested", "/datePublished", drop("/datePublished")),
    ("pub/required", "warning", "graph", f"{A}/image", drop(f"{A}/image")),
    ("pub/required-nested", "error", "nested", "/author/1/name", drop("/author/1/name")),
    ("pub/required-nested", "error", "graph", f"{PAPER}/name", drop(f"{PAPER}/name")),
    ("pub/required-nested", "error", "nested", "/image/url", drop("/image/url")),
    ("pub/required-nested", "error", "nested", "/publisher/logo/url", drop("/publisher/logo/url")),
    ("pub/author-object", "error", "nested", "/author", put("/author", "Jane Doe")),
    ("pub/author-object", "error", "nested", "/author/1", put("/author/1", "Jane Doe")),
    ("pub/author-object", "warning", "nested", "/image/author", put("/image/author", "Jane Doe")),
    ("pub/author-object", "warning", "nested", "/creator", put("/creator", "Jane Doe")),
    ("pub/author-object", "warning", "nested", "/accountablePerson", put("/accountablePerson", "Jane Doe")),
    ("pub/publisher-object", "error", "nested", "/publisher", put("/publisher", "The Post")),
    ("pub/publisher-object", "warning", "nested", "/sourceOrganization", put("/sourceOrganization", "The Agency")),
    *(
        ("pub/absolute-url", "error", "nested", f"/{name}", put(f"/{name}", wrong))
        for name, wrong in (
            ("image", "/img/a.jpg"),
            ("url", "news/bridge.html"),
            ("url", "www.paper.example/x"),
            ("url", "//paper.example/x"),
            ("mainEntityOfPage", "/news/bridge"),
            ("url", "./bridge"),
            ("url", "?id=7"),
        )
    ),
    ("pub/absolute-url", "error", "nested", "/publisher/logo/url", put("/publisher/logo/url", "/logo.png")),
    ("pub/absolute-url", "error", "nested", "/publisher/logo", put("/publisher/logo", "/logo.png")),
    (
        "vocab/url-format",
        "warning",
        "graph",
        "/@graph/6/@id",
        lambda doc: doc["@graph"].append({"@type": "Thing", "@id": f"{H}/#a b", "name": "x"}),
    ),
    ("pub/absolute-url", "error", "graph", f"{CRUMBS}/1/item", put(f"{CRUMBS}/1/item", "/news/")),
    ("pub/date-timezone", "warning", "nested", "/datePublished", put("/datePublished", "2026-03-02T06:30:00")),
    ("pub/date-timezone", "warning", "graph", f"{A}/dateModified", put(f"{A}/dateModified", "2026-03-09T06:30")),
    ("pub/date-order", "error", "nested", "/dateModified", put("/dateModified", "2026-03-03T09:00:00-08:00")),
    ("pub/date-order", "error", "nested", "/dateModified", put("/dateModified", "2026-03-04T18:30:00+08:00")),
    ("pub/date-order", "error", "graph", f"{A}/dateModified", put(f"{A}/dateModified", "2026-03-01")),
    (
        "pub/date-future",
        "warning",
        "nested",
        "/datePublished",
        put("/datePublished", "2199-01-01T00:00:00Z"),
    ),
    ("pub/date-future", "warning", "nested", "/dateModified", put("/dateModified", "2199-01-01")),
    ("pub/id-unresolved", "error", "graph", f"{A}/author", put(f"{A}/author/@id", "#nobody")),
    ("pub/id-unresolved", "error", "graph", f"{A}/publisher", put(f"{A}/publisher/@id", f"{H}/#nopaper")),
    ("pub/id-unresolved", "error", "graph", f"{A}/image", put(f"{A}/image/@id", f"{PAGE}#noimage")),
    ("pub/id-unresolved", "error", "graph", f"{A}/author", put(f"{A}/author/@id", "_:b7")),
    (
        "pub/id-duplicate",
        "error",
        "graph",
        f"{PERSON}/@id",
        put(f"{PERSON}/@id", f"{H}/#paper"),
    ),
    ("pub/id-duplicate", "error", "graph", f"{PERSON}/@id", put(f"{PERSON}/@id", PAGE)),
    (
        "pub/id-duplicate",
        "error",
        "graph",
        "/@graph/6/@id",
        lambda doc: doc["@graph"].append({**doc["@graph"][4], "name": "Lee Brook"}),
    ),
    ("vocab/value-type", "error", "graph", f"{A}/publisher", put(f"{PAPER}/@type", "Place")),
    (
        "google/author-type",
        "warning",
        "nested",
        "/author/0",
        both(put("/author/0/@type", "Thing"), put("/author/0/jobTitle", "Reporter")),
    ),
    (
        "vocab/value-type",
        "error",
        "graph",
        f"{A}/publisher",
        both(put(f"{PAPER}/@type", "Place"), put(f"{PAPER}/ethicsPolicy", f"{H}/ethics")),
    ),
    (
        "pub/paywall-haspart",
        "warning",
        "nested",
        "/hasPart/isAccessibleForFree",
        both(
            put("/isAccessibleForFree", False), put("/hasPart", {"@type": "WebPageElement", "cssSelector": ".paywall"})
        ),
    ),
    ("pub/html-in-text", "warning", "nested", "/headline", put("/headline", "The <b>bridge</b> reopens")),
    ("pub/html-in-text", "warning", "nested", "/headline", put("/headline", "Fish &amp; chips")),
    (
        "pub/html-in-text",
        "warning",
        "nested",
        "/description",
        put("/description", "A first&nbsp;line<br/>and a second"),
    ),
    ("pub/html-in-text", "warning", "graph", f"{PERSON}/name", put(f"{PERSON}/name", "<a href='/ada'>Ada Marsh</a>")),
    *(
        ("pub/language", "warning", "nested", "/inLanguage", put("/inLanguage", wrong))
        for wrong in ("english", "en_US", "English", "eng", "jp", "e", "en-UK", "xx", "en us")
    ),
    *(
        (
            "pub/breadcrumb-position",
            "error",
            "graph",
            f"{CRUMBS}/{place}/position",
            put(f"{CRUMBS}/{place}/position", wrong),
        )
        for place, wrong in ((2, 4), (0, "first"), (1, 1.5), (2, 2))
    ),
    (
        "pub/breadcrumb-position",
        "error",
        "graph",
        f"{CRUMBS}/0/position",
        both(*(put(f"{CRUMBS}/{n}/position", n) for n in range(3))),
    ),
    ("pub/breadcrumb-position", "error", "graph", f"{CRUMBS}/1/position", drop(f"{CRUMBS}/1/position")),
    ("pub/breadcrumb-name", "error", "graph", f"{CRUMBS}/1/name", drop(f"{CRUMBS}/1/name")),
    ("pub/breadcrumb-item", "error", "graph", f"{CRUMBS}/1/item", drop(f"{CRUMBS}/1/item")),
    ("pub/breadcrumb-item", "error", "graph", f"{CRUMBS}/0/item", drop(f"{CRUMBS}/0/item")),
    ("pub/breadcrumb-short", "warning", "graph", CRUMBS, both(drop(f"{CRUMBS}/2"), drop(f"{CRUMBS}/1"))),
    ("pub/paywall-haspart", "warning", "nested", "/hasPart", put("/isAccessibleForFree", False)),
    ("pub/paywall-haspart", "warning", "nested", "/hasPart", put("/isAccessibleForFree", "False")),
    *(
        (
            "pub/paywall-selector",
            "warning",
            "nested",
            "/hasPart/cssSelector",
            both(put("/isAccessibleForFree", False), put("/hasPart", {**PART, "cssSelector": wrong})),
        )
        for wrong in ("#paywall", "div > p", "article", "p.paywall", ".story .paid", "[data-paid]", "paywall")
    ),
    ("pub/image-size", "warning", "nested", "/image", both(put("/image/width", 120), put("/image/height", 90))),
    (
        "pub/image-size",
        "warning",
        "graph",
        PICTURE,
        both(put(f"{PICTURE}/width", "120"), put(f"{PICTURE}/height", "90 px")),
    ),
    *(
        ("google/author-name", "warning", "nested", "/author/0/name", put("/author/0/name", wrong))
        for wrong in (
            "By Jane Doe",
            "by Jane Doe",
            "BY JANE DOE",
            "Jane Doe, Senior reporter",
            "Jane Doe and John Roe",
            "Jane Doe, John Roe",
            "Jane Doe & John Roe",
            "The Example Paper",
            "Jane Doe | Reuters",
            "Jane Doe (AP)",
            "Jane Doe, Associated Press",
            "Jane Doe Associated Press",
            "Jane Doe - Staff Writer",
            "Jane Doe, Political Editor",
            "Jane Doe; John Roe",
            "Jane Doe/John Roe",
            "Jane Doe, The Example Paper",
            "Reporter Jane Doe",
            "Jane Doe – Korrespondent",
            "jane@paper.example",
            "Von Anna Meier",
            "Jane Doe und John Roe",
            "Staff Reporter",
            "Jane Doe in Berlin",
            "Jane Doe for The Post",
            "Photo: Jane Doe",
            "Jane Doe, March 4, 2026",
            "Jane Doe, BBC News",
        )
    ),
    ("google/author-type", "warning", "nested", "/author/0", put("/author/0/@type", "Thing")),
    ("google/author-type", "warning", "graph", PERSON, put(f"{PERSON}/@type", "Thing")),
    ("google/author-url", "warning", "nested", "/author/0/url", drop("/author/0/url")),
    ("google/author-url", "warning", "graph", f"{PERSON}/url", drop(f"{PERSON}/url")),
    ("google/headline-long", "warning", "nested", "/headline", put("/headline", LONG)),
    *(
        ("google/claimreview", "error", "claim", f"/{name}", drop(f"/{name}"))
        for name in ("claimReviewed", "reviewRating", "url")
    ),
    *(("google/dataset", "error", "dataset", f"/{name}", drop(f"/{name}")) for name in ("name", "description")),
    *(
        ("google/video", "error", "video", f"/{name}", drop(f"/{name}"))
        for name in ("name", "thumbnailUrl", "uploadDate")
    ),
]


def _judged(doc: Any) -> list[Any]:
    return json_text(json.dumps(doc, ensure_ascii=False, indent=1), file="x.jsonld", profiles=["google"])


def _named() -> Iterator[Any]:
    for number, (rule, severity, base, where, change) in enumerate(MUTATIONS):
        yield pytest.param(rule, severity, base, where, change, id=f"{number}-{rule.replace('/', '-')}-{base}")


@pytest.mark.parametrize("base", BASES)
def test_a_good_document_has_no_problem(base: str) -> None:
    """The bases themselves are clean, down to the last notice."""
    assert _judged(BASES[base]()) == []


@pytest.mark.parametrize(("rule", "severity", "base", "where", "change"), list(_named()))
def test_one_fault_is_found_and_alone(rule: str, severity: str, base: str, where: str, change: Change) -> None:
    """One broken thing gives one problem: this rule, this weight, this place."""
    doc = BASES[base]()
    change(doc)
    counted = [one for one in _judged(doc) if one.severity != "notice"]
    found = [one for one in counted if one.rule == rule and one.severity == severity and one.path.startswith(where)]
    others = [one for one in counted if one not in found and not rule.startswith("ld/context")]
    assert (len(found), others) == (1, [])


def test_every_rule_of_the_gate_is_mutated() -> None:
    """No rule of documents is without a mutation here; those of texts, pages and front matter have their own tests."""
    from broadsheet.validate.report import every_rule

    wanted = {name for name, rule in every_rule().items() if rule.layer in {"ld", "vocab", "pub", "google"}}
    assert wanted - {one[0] for one in MUTATIONS} == set()
