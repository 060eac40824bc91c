"""What a build tells of its problems."""

from __future__ import annotations

import random

import pytest

from broadsheet import config
from broadsheet.build import proof
from broadsheet.build.report import MOST_SHOWN, fold

SEEDS = [1, 2, pytest.param(random.SystemRandom().randrange(10**9), id="new")]  # one of them is new each time


@pytest.mark.parametrize("many", [0, 3, 300])
@pytest.mark.parametrize("seed", SEEDS)
def test_links_that_are_told_apart_are_folded_among_the_others(paper, seed, many):
    """Counts, lines and how many more there are come out as if all of them had been made and sorted."""
    dice, site = random.Random(seed), config.load(paper)  # noqa: S311
    lost = {
        f"articles/{dice.random()}.html": ("../x.html", "javascript:y", "/z/")[: dice.randint(1, 3)]
        for _ in range(many)
    }
    rest = sorted(
        (
            f"articles/{dice.random()}.html",
            dice.randint(0, 9),
            "",
            "a",
            dice.choice(["error", "warning", "notice"]),
            dice.choice("abc"),
            "",
        )
        for _ in range(dice.randint(0, 200))
    )
    told = list(proof.told(lost, site))
    assert len(told) == sum(map(len, lost.values()))
    assert fold(rest, proof.first_told(lost, site, MOST_SHOWN), len(told)) == fold(sorted([*rest, *told]))
