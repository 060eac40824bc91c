"""The options of a site. Each is documented where it is defined."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from msgspec import Struct, field

from broadsheet.model import Publisher

#: schema.org NewsMediaOrganization policy and description properties, taken as they are.
PUBLISHER_PROPERTIES = (
    "actionableFeedbackPolicy",
    "alternateName",
    "contactPoint",
    "correctionsPolicy",
    "description",
    "diversityPolicy",
    "diversityStaffingReport",
    "email",
    "ethicsPolicy",
    "foundingLocation",
    "masthead",
    "missionCoveragePrioritiesPolicy",
    "noBylinesPolicy",
    "ownershipFundingInfo",
    "publishingPrinciples",
    "telephone",
    "unnamedSourcesPolicy",
    "verificationFactCheckingPolicy",
)


class Build(Struct, frozen=True):
    """``[build]``: how the site is made."""

    press: Literal["fast", "stock"] = "fast"  # "stock": through Pelican's own writers, slower
    jobs: int = 0  # worker processes; 0 is one for each processor
    page_size: int = 25  # articles on a listing page
    feed_size: int = 20  # articles in a feed
    front_size: int = 24  # articles on the front page
    future: bool = False  # publish articles dated after the build
    markdown_extensions: tuple[str, ...] = ()  # further python-markdown extensions, by module name
    profiles: tuple[str, ...] = ()  # consumer profiles the gate adds: "google" …
    remote_images: bool = False  # load pictures from other hosts; else pages link to them
    evidence: bool = True  # the "how we know" fold-out on article pages


class Exports(Struct, frozen=True):
    """``[exports]``: which files stand in output/data/."""

    formats: tuple[str, ...] = ("csv", "json", "jsonl", "jsonld")  # names of modules in exporters/
    bodies: bool = False  # article texts in the exports, not the metadata alone
    compress: tuple[str, ...] = ()  # "gz", "zst": large files also compressed


class License(Struct, frozen=True):
    """``[license]``: what others may do with the metadata, and with the texts."""

    data: str | None = None  # address of the licence of the metadata: sdLicense, Dataset.license
    data_name: str | None = None
    content: str | None = None  # address of the licence of the articles
    content_name: str | None = None


class Site(Struct, frozen=True, dict=True):
    """A site folder's configuration."""

    name: str
    url: str  # absolute, no "/" at the end; may hold a sub-path
    root: Path = Path()  # the site folder
    language: str = "en"  # BCP 47
    timezone: str = "UTC"  # IANA name; naive times in content are read in it
    description: str | None = None
    place: str | None = None  # where the paper is made; shown in the masthead
    publisher: Publisher = field(default_factory=lambda: Publisher(""))
    build: Build = field(default_factory=Build)
    exports: Exports = field(default_factory=Exports)
    license: License = field(default_factory=License)
    deploy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # checked by broadsheet.deploy

    @cached_property
    def content(self) -> Path:
        """Return the folder of content files."""
        return self.root / "content"

    @cached_property
    def sources(self) -> Path:
        """Return the folder of kept originals."""
        return self.content / "sources"

    @cached_property
    def state(self) -> Path:
        """Return the folder of what builds and deploys remember.

        Deleting it costs the next build its speed, and what only deploys know: which
        articles were published under which address (`published/`, `redirects.json`).
        Redirects that must outlive it belong into front matter, `aliases`.
        """
        return self.root / ".broadsheet"

    @property
    def base_path(self) -> str:
        """Return the path of ``url``: "" or "/sub/path"."""
        return urlsplit(self.url).path.rstrip("/")
