"""Mastheads, agencies and sections of text scrapes: what names the paper is never the article's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.importers import bylines
from broadsheet.importers.text import article as scrape
from broadsheet.importers.text import markdown
from broadsheet.model import Agency, Person

CLIPPING = """\
The Saltmarsh Courier Newspaper

Port Ellery, Washington  Est. April 9, 1887
News >  Local

Herring run fills the inlet “bank to bank”

By Lucía Barreto Meridian Wire

PORT ELLERY, Wash. – The boats came home on Wednesday so low in the water that they were taken for rafts at first.

By noon every barrel in the town was full, and the herring that was left was sold for $3 a bucket along the quay.
"""

HOSTILE = """\
The Daily Quay
Home | World | Business | Subscribe

<frameset onload="alert(1)"> <body>

Plain headline of the day

By Writer 2
2026-01-18

First paragraph of a story about a quay that was rebuilt twice in eleven years.
"""


def test_masthead_is_not_the_headline() -> None:
    """A line that prints the paper's name is no headline, though a headline in quotes stands far below."""
    assert scrape.read(CLIPPING).headline == "Herring run fills the inlet “bank to bank”"


def test_doubled_masthead_is_not_the_headline() -> None:
    """A masthead that the scrape printed twice on a line is no headline either."""
    doubled = CLIPPING.replace("Newspaper\n", "Newspaper\n\nThe Saltmarsh Courier Newspaper The Saltmarsh Courier\n", 1)
    assert scrape.read(doubled).headline == "Herring run fills the inlet “bank to bank”"


def test_founding_is_not_the_articles_date() -> None:
    """The day on which the paper was founded is the paper's."""
    found = scrape.read(CLIPPING)
    assert (found.published, found.publisher and found.publisher.founding_date) == (None, "1887-04-09")


def test_breadcrumb_is_not_the_publisher() -> None:
    """A paper whose name holds no usual word is still read from "… Newspaper", never from "News >  Local"."""
    found = scrape.read(CLIPPING.replace("Saltmarsh Courier", "Alder Falls Lantern"))
    assert found.publisher is not None
    assert found.publisher.name == "The Alder Falls Lantern"


def test_short_headline_on_top_is_no_masthead() -> None:
    """A headline that begins the scrape stays one, though "sun" and "star" are words of papers' names."""
    text = "Sun returns to the quay\n\nBy Ann Lee\n\n" + CLIPPING.split("\n\n", 4)[4]
    assert scrape.read(text).headline == "Sun returns to the quay"


def test_unknown_agency_is_told_by_its_last_word() -> None:
    """A name with "Wire" behind it is a person and an agency."""
    found = scrape.read(CLIPPING)
    assert (found.authors, found.agencies) == (
        (Person("Lucía Barreto", affiliation="Meridian Wire"),),
        (Agency("Meridian Wire"),),
    )


def test_unknown_agency_is_inferred() -> None:
    """What only a word tells is inferred, with the whole line as the other reading."""
    evidence = scrape.read(CLIPPING).evidence["agency"]
    assert (evidence.basis, evidence.candidates) == ("inferred", ("By Lucía Barreto Meridian Wire",))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann B. Lee Harbour News Service", ["Ann B. Lee"]),
        ("By Ann Lee Quay Press Service", ["Ann Lee"]),
        ("By Portland Post News Service", []),
        ("By Ann Wire", ["Ann Wire"]),
    ],
)
def test_agency_words(line: str, names: list[str]) -> None:
    """The name before an agency's words is kept whole; a paper's name is no person, a surname no agency."""
    assert [one.name for one in bylines.parse(line, "en").authors if isinstance(one, Person)] == names


def test_section_line_with_markup_is_kept() -> None:
    """A line alone between menu and headline is the section, whatever it holds."""
    assert scrape.read(HOSTILE).section == ('<frameset onload="alert(1)"> <body>',)


def test_markup_further_down_is_no_section() -> None:
    """Below a longer page top, markup is a template's leftover."""
    longer = HOSTILE.replace("<frameset", "Weather\n\nTides\n\nFerries\n\n<frameset")
    assert not any("<" in step for step in scrape.read(longer).section)


def test_dollars_stay_readable() -> None:
    """A sum of money is written as it is read."""
    assert markdown.paragraph("It costs $60, or $5 a day.") == "It costs $60, or $5 a day."


def test_a_text_loads_no_reader_of_pages(tmp_path: Path) -> None:
    """Converting a text scrape does not wait for what reads saved pages."""
    path = tmp_path / "clipping.txt"
    path.write_text(CLIPPING, "utf-8")
    code = (
        "import sys; from pathlib import Path; from broadsheet import importers\n"
        f"found = list(importers.read(Path({str(path)!r})))\n"
        "print(len(found), 'broadsheet.importers.html.article' in sys.modules, 'trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["1", "False", "False"]


BOXED = """\
The Harbour Chronicle

Ferry bridge reopens after eleven years of repairs

By Ann Lee

The council voted on Tuesday to reopen the ferry bridge to traffic after eleven years of repairs and of detours for all.

{above}

The bridge will carry two lanes and a footway, the mayor said, and the repairs are to be paid for by the council alone.

Related

{teaser}

The repairs of the bridge have cost nine million dollars so far, most of it paid by the state, the council has reported.

The ferry that crossed the inlet while the bridge was shut will go on until the end of the summer, the mayor has promised.
"""


def test_text_goes_on_below_a_box_of_links() -> None:
    """A box "Related" does not end an article where the next paragraph speaks of the same matter."""
    body = scrape.read(BOXED.format(above="It was time.", teaser="Ten ways to bake bread")).body
    assert ("promised." in body, "bake bread" in body) == (True, False)


def test_text_ends_where_other_articles_begin() -> None:
    """Behind "Related", prose on another matter is another article's."""
    other = (
        "A baker in the hills has found a way of keeping loaves warm for days, and sells them to hikers at her window."
    )
    text = BOXED.format(above="It was time.", teaser="").partition("Related")[0] + f"Related\n\n{other}\n\n{other}\n"
    assert "baker" not in scrape.read(text).body


def test_a_caption_printed_twice_is_left_out() -> None:
    """What stands twice in a row is a picture's description and its caption."""
    caption = "Workers walk across the ferry bridge on the day of its opening, with the harbour lying behind them."
    assert caption not in scrape.read(BOXED.format(above=f"{caption}\n\n{caption}", teaser="Bread")).body


PLAIN = """\
{top}

Ferry bridge reopens after eleven years of repairs

By Ann Lee

The council voted on Tuesday to reopen the ferry bridge to traffic after eleven years of repairs and of detours for all.

The bridge will carry two lanes and a footway, the mayor said, and the repairs are to be paid for by the council alone.

{foot}
"""


@pytest.mark.parametrize(
    ("top", "foot", "name"),
    [
        ("Menu", "© 2026 Quay Media Holdings Ltd. All rights reserved.", None),
        ("Menu", "About Lantern Hill\n\nWrite to desk@lanternhill.example.com, lanternhill.com", "Lantern Hill"),
        ("Quay Lantern\n\nQuay Lantern app", "© 2026 Quay Lantern Ltd", "Quay Lantern"),
        ("Menu", "Find us on Facebook\n\nfacebook.com", None),
        ("Menu", "© 2026 Quay Lantern", "Quay Lantern"),
    ],
)
def test_publisher_is_named_by_agreement(top: str, foot: str, name: str | None) -> None:
    """An owner that nothing confirms is not the paper; a domain whose words the page prints is."""
    found = scrape.read(PLAIN.format(top=top, foot=foot)).publisher
    assert (found.name if found else None) == name
