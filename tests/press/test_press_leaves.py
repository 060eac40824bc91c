"""Pages of listings come out of their stencils as from the template."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from broadsheet import config
from broadsheet.press.clips import Clip
from broadsheet.press.job import values
from broadsheet.press.lane.leaves import Leaves
from broadsheet.press.publish import prepare
from broadsheet.press.views import Card, When

SEEDS = [1, 2, pytest.param(random.SystemRandom().randrange(10**9), id="new")]  # one of them is new each time
NAMES = (
    "Ada Fenn",
    "Bo “the Tern” Tarn",
    "O'Brien & Sons",
    "<b>bold</b>",
    'a "quoted" name',
    "東京",
    "نورا",
    "1",
    "1 1",
)
TOKENS = ("javascript:alert(1)", "Zqtitlezq", "zqcardszq", "{{ page.title }}", "192837465", "&amp;", "x" * 90, "İ")


def _clips(dice: random.Random, many: int, names: tuple[str, ...] = NAMES + TOKENS) -> list[Clip]:
    def some(most: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(dice.choices(names, k=dice.randint(0, most))))

    found = []
    for number in range(many):
        slug = f"ferry-{number}"
        card = Card(
            f"articles/{slug}.html", dice.choice(names), published=When("2024-01-01", "today", "now"), language="en"
        )
        found.append(
            Clip(
                slug,
                card,
                f"https://gazette.example/articles/{slug}.html",
                1.7e9 + number,
                *(2024, dice.randint(1, 3)),
                section=some(2),
                authors=some(3),
                agencies=tuple((name, "AP") for name in some(1)),
                places=some(1),
                tags=some(3),
                facts=tuple((name, "Editor", "") for name in some(1)),
            )
        )
    return found


@pytest.mark.parametrize("name", ["The Tern Island Gazette", "Zqtitlezq & <Sons>", "The 192837465"])
@pytest.mark.parametrize("seed", SEEDS)
def test_pages_of_listings_are_those_of_the_theme(paper, seed, name):
    """Whatever authors, tags and sections are called, and however many pages there are of each."""
    dice = random.Random(seed)  # noqa: S311
    site = config.load(paper)
    site = replace(site, name=name, build=replace(site.build, page_size=dice.randint(1, 4)))
    job = prepare(site, _clips(dice, dice.randint(1, 40)), [])
    leaves = Leaves(job.theme)
    for leaf in job.sheets.leaves():
        sheet = leaf.sheet(site)
        assert leaves.page(sheet) == job.theme.page(sheet.template, sheet.page.path, values(sheet))


def test_most_pages_come_out_of_few_stencils(paper):
    """The test above is not of nothing: a shape serves many pages, and none is left to the template."""
    site = config.load(paper)
    site = replace(site, build=replace(site.build, page_size=2))
    job = prepare(site, _clips(random.Random(3), 60, NAMES), [])  # noqa: S311
    leaves = Leaves(job.theme)
    pages = [leaves.page(leaf.sheet(site)) for leaf in job.sheets.leaves()]
    assert None not in leaves.known.values()
    assert len(leaves.known) < len(pages) / 8
