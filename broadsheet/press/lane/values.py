"""What the pages, document and clip of a plain article say that those of others of its shape do not."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from broadsheet import urls
from broadsheet.press import pack, present
from broadsheet.press.lane.article import Plain, opening
from broadsheet.press.lane.body import Rendered
from broadsheet.press.words import direction

if TYPE_CHECKING:
    from broadsheet.config import Site
    from broadsheet.press.words import Words

#: The values that every article has, in order; authors and tags follow, each with its slug.
FIXED: Final = (
    *("title", "/slug", "iso", "when", "day", "summary", "dateline", "byline", "cite", "/picture", "width", "height"),
    *("description", "section0", "/section0", "words", "minutes", "length"),
)
TITLE, _SLUG, ISO, _WHEN, _DAY, SUMMARY, DATELINE, _BYLINE, _CITE, _PICTURE, WIDTH, HEIGHT = range(12)
SECTION, _SECTION_SLUG = FIXED.index("section0"), FIXED.index("/section0")


class Shape(NamedTuple):
    """What tells articles apart whose pages differ in more than values."""

    authors: int
    tags: int
    summary: bool
    dateline: bool
    image: str  # how its address begins: "/images/" or "images/", "" where there is none
    sized: bool


def shape(plain: Plain, size: tuple[int, int] | None) -> Shape:
    """Return the shape of an article whose picture has this ``size`` in pixels."""
    begin, slash, _ = (plain.image or "").rpartition("/")
    flags = bool(plain.summary), bool(plain.dateline), begin + slash, size is not None
    return Shape(len(plain.authors), len(plain.tags), *flags)


@lru_cache(maxsize=256)
def names(of: Shape) -> dict[str, int]:
    """Return at which place each value stands."""
    people = (name for n in range(of.authors) for name in (f"author{n}", f"/author{n}"))
    topics = (name for n in range(of.tags) for name in (f"tag{n}", f"/tag{n}"))
    return {name: place for place, name in enumerate((*FIXED, *people, *topics))}


def tokens(of: Shape) -> Plain:
    """Return an article of a shape that has tokens for values, and `HELD` for its date."""
    return Plain(
        headline="Zqtitlezq",
        slug="zqslugzq",
        published=HELD,
        section="Zqsection0zq",
        authors=tuple(f"Zqauthor{n}zq" for n in range(of.authors)),
        tags=tuple(f"Zqtag{n}zq" for n in range(of.tags)),
        summary="Zqsummaryzq" if of.summary else None,
        dateline="Zqdatelinezq" if of.dateline else None,
        image=f"{of.image}zqpicturezq.jpg" if of.image else None,
        line=0,
        markdown=b"",
        body=Rendered(b"Zqbodyzq", b"Zqtextzq"),
    )


class _Held:
    """Stands for a date in a document."""

    @staticmethod
    def isoformat() -> str:
        return "Zqisozq"


HELD: Final[Any] = _Held()


def values(plain: Plain, site: Site, words: Words, size: tuple[int, int] | None) -> list[str]:
    """Return the values in the order of `names`."""
    when = plain.published
    day = words.day(when)
    byline = _byline(plain.authors)
    length = plain.body.length
    width, height = size or (0, 0)
    summary, picture = plain.summary or "", (plain.image or "").rpartition("/")[2]
    found = [
        *(plain.headline, plain.slug, when.isoformat(), words.moment(when), day, summary, plain.dateline or ""),
        *(byline, f"{byline}, “{plain.headline},” {site.name}, {day}."),
        *(picture, str(width), str(height), summary or present.opening(opening(plain.body.text))),
        *(plain.section, urls.slugify(plain.section), str(length), str(present.minutes(length)), str(length)),
    ]
    for name in (*plain.authors, *plain.tags):
        found += (name, urls.slugify(name))
    return found


def _byline(names_: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names_[:-1]), names_[-1]]) if len(names_) > 1 else names_[0]


def clip(plain: Plain, found: list[str], of: Shape, site: Site) -> pack.Packed:
    """Return the clip as `broadsheet.press.pack` packs it; ``found`` are the article's `values`."""
    when = plain.published
    source = f"images/{found[_PICTURE]}"
    size = (int(found[WIDTH]), int(found[HEIGHT])) if of.sized else (None, None)
    image = (pack.SAME, source, True, "", None, None, *size) if of.image else None
    head = (when.timestamp(), when.year, when.month, found[ISO], None)
    groups = ((plain.section,), plain.authors, (), (), plain.tags, ())
    language = site.language, direction(site.language), None
    return pack.seal(
        (
            f"{site.url}/",
            (pack.SAME, pack.SAME),
            (*head, *groups, True, True, False, None),
            (plain.headline, None, None, plain.summary, found[_BYLINE], *language),
            (pack.SAME, found[_WHEN], found[_DAY]),
            image,
        )
    )


def restored(of: Shape, found: list[str], image: str | None, markdown: bytes, body: Any) -> dict[str, Any]:
    """Return the fields of the `Plain` whose ``found`` were put aside."""
    people = len(FIXED)
    topics = people + 2 * of.authors
    return {
        "headline": found[TITLE],
        "slug": found[_SLUG],
        "published": datetime.fromisoformat(found[ISO]),
        "section": found[SECTION],
        "authors": tuple(found[people:topics:2]),
        "tags": tuple(found[topics::2]),
        "summary": found[SUMMARY] if of.summary else None,
        "dateline": found[DATELINE] if of.dateline else None,
        "image": image,
        "line": 0,
        "markdown": markdown,
        "body": body,
    }
