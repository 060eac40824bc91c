"""What every worker of a build holds: made once, before the workers are forked."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from broadsheet import export, parts
from broadsheet.build.archive import Archive, Lost
from broadsheet.build.entries import Entry, entry
from broadsheet.config import Site
from broadsheet.config.clock import clock
from broadsheet.export import Plan
from broadsheet.press.desk import Desk
from broadsheet.press.early import EarlyTheme
from broadsheet.press.lane.stencil import Stencil, Stencils
from broadsheet.press.lane.values import Shape
from broadsheet.press.paper import paper
from broadsheet.press.publish import TEMPLATES
from broadsheet.press.standing import Standing
from broadsheet.press.views import Link
from broadsheet.press.words import Words


class Kit(Struct, frozen=True):
    """Site and tools. ``now`` is the build's time."""

    site: Site
    words: Words
    salt: bytes  # of settings, code and parts: what is remembered of an article holds for these alone
    archive: Archive  # what pages and exports need of each article, kept for later builds
    now: datetime
    plan: Plan  # of the exports
    stencils: Stencils | None  # the fast lane; None where a site's own parts may want to see every article
    #: Of pictures, by address, as this build sees them.
    sizes: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    entries: dict[Shape, Entry | None] = field(default_factory=dict)  # how records of each shape are made, where proven

    def stencil(self, shape: Shape) -> Stencil:
        """Return the stencil of a shape that some process has proven. Raise `Lost` where there is none after all."""
        if self.stencils is None:
            raise Lost
        found = self.stencils.known.get(shape) or self.stencils.cut(shape)
        if found is None:
            raise Lost
        self.stencils.known[shape] = found
        return found

    def entry(self, shape: Shape) -> Entry:
        """Return how records of a shape are made, as some process has proven. Raise `Lost` where they are not after all."""
        found = self.entries.get(shape) or entry(self.plan, self.site, shape)
        if found is None:
            raise Lost
        self.entries[shape] = found
        return found


def kit(site: Site, standing: list[Standing], archive: Archive, salt: bytes) -> Kit:
    """Return the kit of one build."""
    words = Words(site.language, site.timezone)
    links = [Link(one.title, one.path) for one in standing]
    theme = EarlyTheme(site.root, paper(site, Desk(()), words, links), site.state / TEMPLATES)
    return Kit(site, words, salt, archive, clock(), export.plan(site), stencils(site, words, theme))


def stencils(site: Site, words: Words, theme: EarlyTheme) -> Stencils | None:
    """Return the fast lane for a site that has no theme, schema, profile or Markdown extension of its own."""
    ours = theme.shipped and parts.ours_alone("schema", site.root)
    if not ours or site.build.markdown_extensions or site.build.profiles:
        return None
    return Stencils(site, words, theme)
