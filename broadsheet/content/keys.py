"""The keys of the front matter: Pelican's word where it has one, else schema.org's."""

from __future__ import annotations

from typing import Final

#: Other words for a key, as Pelican, Hugo and Jekyll write them → ours.
ALIASES: Final = {
    "author": "authors",
    "section": "category",
    "language": "lang",
    "description": "summary",
    "images": "image",
    "corrections": "correction",
    "keywords": "tags",
    "updated": "modified",
    "headline": "title",
}

#: Keys that fill a field of `Article`, in the order in which they are written.
FIELDS: Final = (
    "title",
    "kicker",
    "date",
    "modified",
    "authors",
    "agency",
    "category",
    "tags",
    "dateline",
    "place",
    "summary",
    "lang",
    "type",
    "slug",
    "status",
    "image",
    "correction",
    "publisher",
    "translationOf",
    "canonical",
    "aliases",
)

#: schema.org properties of NewsArticle and CreativeWork, taken as they are.
PROPERTIES: Final = (
    "alternativeHeadline",
    "backstory",
    "printColumn",
    "printEdition",
    "printPage",
    "printSection",
    "isAccessibleForFree",
    "genre",
    "copyrightHolder",
    "copyrightNotice",
    "copyrightYear",
    "creditText",
    "license",
    "usageInfo",
    "expires",
    "publishingPrinciples",
    "pagination",
)

#: What the importer and the desk keep beside the values.
KEPT: Final = ("source", "evidence", "review")

#: Types of article that schema.org 30.0 knows below NewsArticle, and NewsArticle itself.
TYPES: Final = (
    "NewsArticle",
    "AnalysisNewsArticle",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
)
