"""Layer pub: plain text without HTML, and languages by their tags."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson

from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node, plain
from broadsheet.validate.report import Report
from broadsheet.validate.wording import quoted

#: The tables of schema/languages.json.
Languages = dict[str, Any]

#: Properties whose text readers show as it is.
_SHOWN = frozenset(
    {
        "headline",
        "alternativeHeadline",
        "description",
        "name",
        "alternateName",
        "articleSection",
        "articleBody",
        "abstract",
        "caption",
    }
    | {
        "creditText",
        "copyrightNotice",
        "jobTitle",
        "keywords",
        "dateline",
        "backstory",
        "legalName",
        "slogan",
        "disambiguatingDescription",
        "text",
    }
)
_HTML_ALLOWED = frozenset({"Answer", "Question", "JobPosting", "HowToStep"})  # Google reads HTML in these
_TAGS = (
    "a|abbr|article|aside|b|blockquote|br|button|caption|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|footer|form|h[1-6]"
    "|header|hr|i|iframe|img|input|ins|label|li|link|main|mark|meta|nav|ol|p|picture|pre|q|s|script|section|small|source|span|strike"
    "|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video|wbr"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,2000}})?/?>|<!--", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_KNOWN_ENTITIES = frozenset(
    [
        "amp",
        "lt",
        "gt",
        "quot",
        "apos",
        "nbsp",
        "ndash",
        "mdash",
        "lsquo",
        "rsquo",
        "ldquo",
        "rdquo",
        "sbquo",
        "bdquo",
        "laquo",
        "raquo",
        "hellip",
        "bull",
        "middot",
        "copy",
        "reg",
        "trade",
        "euro",
        "pound",
        "yen",
        "cent",
        "sect",
        "para",
        "deg",
        "times",
        "divide",
        "frac12",
        "frac14",
        "frac34",
        "aacute",
        "eacute",
        "iacute",
        "oacute",
        "uacute",
        "agrave",
        "egrave",
        "igrave",
        "ograve",
        "ugrave",
        "acirc",
        "ecirc",
        "icirc",
        "ocirc",
        "ucirc",
        "auml",
        "euml",
        "iuml",
        "ouml",
        "uuml",
        "atilde",
        "ntilde",
        "otilde",
        "aring",
        "aelig",
        "oslash",
        "ccedil",
        "szlig",
        "yacute",
        "eth",
        "thorn",
        "shy",
        "zwnj",
        "zwj",
        "ensp",
        "emsp",
        "thinsp",
        "iexcl",
        "iquest",
        "ordf",
        "ordm",
        "acute",
        "cedil",
        "uml",
        "prime",
        "minus",
        "rarr",
        "larr",
    ]
)
#: Languages whose tags may hold a second one of three letters (BCP 47 extended language subtags).
_WITH_EXTENSIONS = frozenset({"zh", "ar", "ms", "sgn", "kok", "lv", "sw", "uz"})
_TAG_PARTS = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")


def texts(graph: Graph, languages: Languages, report: Report) -> None:
    """Judge the texts and languages of every object."""
    for node in graph.nodes:
        for name, (_, value) in node.values.items():
            if name == "inLanguage":
                for one, path in node.each(name):
                    _language(plain(one), path, languages, report)
            elif name in _SHOWN and not (isinstance(value, str) and "<" not in value and "&" not in value):
                _plain_text(node, name, report)


def _plain_text(node: Node, name: str, report: Report) -> None:
    if _HTML_ALLOWED & set(node.types):
        return
    for value, path in node.each(name):
        text = plain(value)
        if not isinstance(text, str) or ("<" not in text and "&" not in text):
            continue
        found = _TAG.search(text) or _entity(text)
        if found is not None:
            what = "the HTML tag" if found[0].startswith("<") else "the HTML entity"
            message = f"{name} holds {what} {quoted(found[0])}; readers show it as it stands, so write plain text."
            report.add("pub/html-in-text", path, message)


def _entity(text: str) -> re.Match[str] | None:
    found = (one for one in _ENTITY.finditer(text) if one[0][1] == "#" or one[0][1:-1].casefold() in _KNOWN_ENTITIES)
    return next(found, None)


def read_languages(path: Path) -> Languages:
    """Read schema/languages.json."""
    data: dict[str, Any] = orjson.loads(path.read_bytes())
    return {**data, "languages": frozenset(data["languages"].split()), "regions": frozenset(data["regions"].split())}


def _language(value: Any, path: str, table: Languages, report: Report) -> None:
    if not isinstance(value, str) or not value.strip() or value.startswith(("http:", "https:")):
        return
    fault = language_fault(value, table)
    if fault:
        report.add("pub/language", path, f"The language {quoted(value)} is no language tag; {fault}.")


def language_fault(value: str, table: Languages) -> str | None:
    """Return what to write instead of a language tag that is none, None where it is one (BCP 47)."""
    folded = value.strip().casefold()
    instead = table["names"].get(folded) or table["mistaken"].get(folded) or table["long"].get(folded)
    if instead:
        return f"write {instead}"
    if "_" in value:
        return f"write {_cased(value.replace('_', '-'))}"
    if not _TAG_PARTS.match(value):
        return "write a tag such as en or pt-BR"
    language, *rest = value.split("-")
    return _language_part(language.casefold(), rest, table)


def _language_part(language: str, rest: list[str], table: Languages) -> str | None:
    if language in {"x", "i"}:
        return None
    if len(language) == 2 and language not in table["languages"]:
        right = table["mistaken"].get(language)
        return f"write {right}" if right else "write a tag such as en or pt-BR"
    if language in table["long"]:
        return f"write {'-'.join([table['long'][language], *rest])}"
    if len(language) > 3 or len(language) < 2:
        return "write a tag such as en or pt-BR"
    return _region_part(language, rest, table)


def _region_part(language: str, rest: list[str], table: Languages) -> str | None:
    if rest and len(rest[0]) == 3 and rest[0].isalpha() and language not in _WITH_EXTENSIONS:
        return f"write {language} and a country of two letters, such as {language}-US"
    region = rest[0].upper() if rest and len(rest[0]) == 2 else ""
    if region and region not in table["regions"] and region not in {"EU", "UN", "XK"}:
        return f"write {language}-GB" if region == "UK" else f"{region} is no country"
    return None


def _cased(tag: str) -> str:
    language, *rest = tag.split("-")
    return "-".join([language.lower(), *(one.upper() if len(one) == 2 else one for one in rest)])
