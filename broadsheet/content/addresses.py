"""Take out of an article every address that must not stand on a page or in its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.content.clean import safe_address
from broadsheet.content.header import Header, clean_text
from broadsheet.model import Agency, Article, Author, Image, Person, Problem, Publisher

_HTTP = re.compile(r"https?://[^\s<>\"'\\]+\Z", re.IGNORECASE)
_PROPERTIES = ("license", "publishingPrinciples", "usageInfo")
_SEE = "broadsheet, docs/security.md, 2026-11-22"


def harmless(article: Article, file: str, header: Header | None = None) -> tuple[Article, list[Problem]]:
    """Return the article without harmful addresses, and a warning for each that went.

    Pictures and the fullest copy are http(s) or a plain path; everything else is http(s), or
    relative without tricks.
    """
    taken = _Taken(file, header)
    source = article.source
    return replace(
        article,
        images=tuple(image for one in article.images if (image := taken.image(one)) is not None),
        authors=tuple(taken.author(one) for one in article.authors),
        agencies=tuple(taken.agency(one) for one in article.agencies),
        publisher=taken.publisher(article.publisher) if article.publisher else None,
        canonical=taken.place(article.canonical, "canonical"),
        source=replace(source, url=taken.kept(source.url, "source")) if source else None,
        properties={
            key: value
            for key, value in article.properties.items()
            if key not in _PROPERTIES or not isinstance(value, str) or taken.kept(value, key)
        },
    ), taken.problems


def without_control_signs(article: Article) -> Article:
    """Return an imported article with every text put through `clean_text`, as content files are when read."""
    cleaned: Article = _cleaned(article)
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, Struct):
        return replace(value, **{name: _cleaned(getattr(value, name)) for name in value.__struct_fields__})
    return value


class _Taken:
    """What was taken out, as problems."""

    def __init__(self, file: str, header: Header | None) -> None:
        self.file = file
        self.header = header
        self.problems: list[Problem] = []

    def kept(self, address: str | None, key: str) -> str | None:
        """Return an address that may stay, or None."""
        if address is None or (safe_address(address) and not _unclosed(address)):
            return address
        self._tell(address, key)
        return None

    def place(self, address: str | None, key: str) -> str | None:
        """Return an address that is http(s) or a plain path, or None."""
        if address is None or _HTTP.match(address) or _plain_path(address):
            return address
        self._tell(address, key)
        return None

    def image(self, image: Image) -> Image | None:
        """Return a picture whose address may stay, or None."""
        if self.place(image.url, "image") is None:
            return None
        return replace(image, license=self.kept(image.license, "image"))

    def author(self, author: Author) -> Author:
        """Return an author with the addresses that may stay."""
        if isinstance(author, Person):
            return replace(author, url=self.kept(author.url, "authors"), same_as=self._all(author.same_as, "authors"))
        return replace(author, url=self.kept(author.url, "authors"), same_as=self._all(author.same_as, "authors"))

    def agency(self, agency: Agency) -> Agency:
        """Return an agency with the addresses that may stay."""
        return replace(agency, url=self.kept(agency.url, "agency"), same_as=self._all(agency.same_as, "agency"))

    def publisher(self, publisher: Publisher) -> Publisher:
        """Return a publisher with the addresses that may stay."""
        url, logo = self.kept(publisher.url, "publisher"), self.kept(publisher.logo, "publisher")
        return replace(publisher, url=url, logo=logo, same_as=self._all(publisher.same_as, "publisher"))

    def _all(self, addresses: Iterable[str], key: str) -> tuple[str, ...]:
        return tuple(one for one in addresses if self.kept(one, key))

    def _tell(self, address: str, key: str) -> None:
        line = self.header.line(f"/{key}") if self.header else 0
        message = f"{key}: the address “{address[:80]}” is not used; write a full http(s) address or a plain path."
        self.problems.append(Problem(self.file, line, f"/{key}", "content/address", "warning", message, _SEE))


def _unclosed(address: str) -> bool:
    """Tell whether an address holds a sign that no address does."""
    return any(mark in address for mark in '<>"')


def _plain_path(address: str) -> bool:
    """Tell whether an address is a path that stays below its folder, whatever a browser makes of it."""
    return (
        safe_address(address)
        and not _unclosed(address)
        and ":" not in address
        and not address.startswith("{")
        and ".." not in address.replace("\\", "/").split("/")
    )
