"""`Site` and desk → `PaperView`: what every page shows of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.press.sheets import indexes
from broadsheet.press.views import ImageView, Link, PaperView, When
from broadsheet.press.words import direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.config import Site
    from broadsheet.press.desk import Desk
    from broadsheet.press.words import Words

_POLICIES = {
    "publishingPrinciples": "Principles",
    "ethicsPolicy": "Ethics",
    "correctionsPolicy": "Corrections",
    "verificationFactCheckingPolicy": "Fact-checking",
    "unnamedSourcesPolicy": "Unnamed sources",
    "actionableFeedbackPolicy": "Feedback",
    "missionCoveragePrioritiesPolicy": "Mission",
    "diversityPolicy": "Diversity",
    "diversityStaffingReport": "Staff diversity",
    "ownershipFundingInfo": "Ownership and funding",
    "noBylinesPolicy": "Bylines",
    "masthead": "Masthead",
}


def paper(site: Site, desk: Desk, words: Words, pages: Sequence[Link]) -> PaperView:
    """Return the paper as its masthead and footer show it."""
    newest = desk.dated[0].card.published if desk.dated else None
    return PaperView(
        name=site.name,
        url=site.url,
        language=site.language,
        dir=direction(site.language),
        description=site.description or "",
        place=site.place,
        founded=words.founded(site.publisher.founding_date),
        logo=_logo(site),
        sections=tuple(Link(group.name, group.path, count=len(group.clips)) for group in desk.sections),
        pages=tuple(pages),
        policies=tuple(_policies(site)),
        licence_data=_licence(site.license.data_name, site.license.data),
        licence_content=_licence(site.license.content_name, site.license.content),
        indexes=indexes(desk),
        edition=_day(newest),
        article_count=len(desk.clips),
        undated_count=len(desk.undated),
    )


def _logo(site: Site) -> ImageView | None:
    """Return the logo where it is a picture in content/images: a page loads nothing from elsewhere."""
    address = (site.publisher.logo or "").removeprefix(f"{site.url}/")
    if not address.startswith("images/") or ".." in address or not (site.content / address).is_file():
        return None
    return ImageView(address, local=True, url=f"{site.url}/{address}", alt=site.name)


def _policies(site: Site) -> list[Link]:
    found = []
    for key, name in _POLICIES.items():
        address = site.publisher.properties.get(key)
        if not isinstance(address, str):
            continue
        inside = address.removeprefix(f"{site.url}/") if address.startswith(f"{site.url}/") else ""
        found.append(Link(name, path=inside, url=address))
    return found


def _licence(name: str | None, address: str | None) -> Link | None:
    return Link(name or address or "", url=address or "") if name or address else None


def _day(when: When | None) -> When | None:
    """Return the day of a moment: a masthead shows no time of day."""
    return When(when.iso[:10], when.day, when.day) if when is not None else None
