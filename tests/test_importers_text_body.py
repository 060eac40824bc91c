"""What of a scrape is the article's text: paragraphs and their lists; no captions, embedded posts, boxes or sign-offs."""

from __future__ import annotations

import pytest

from broadsheet import content
from broadsheet.importers.text import article as scrape

TITLE = "Council votes to reopen the swing bridge"
FIRST = "The council voted on Tuesday to reopen the swing bridge to traffic after eleven years of repairs."
SECOND = (
    "The bridge will carry two lanes and a footway, the mayor said, and the last rivets are to be set in the spring."
)
THIRD = "Repairs have cost nine million dollars so far, most of it paid by the state, a report to the council says."
LAST = (
    "The vote of the council to reopen the swing bridge to traffic was five to two; both members from the north shore "
    "were against it because the repairs leave the old bearings as they are, and these are heard for a mile at night."
)


def body(*parts: str) -> list[str]:
    """Return the paragraphs of a scrape that holds ``parts`` below its headline, each a block."""
    found = scrape.read("\n\n".join(["The Harbour Chronicle", TITLE, "By Ann Lee", "March 4, 2026", *parts]), "en")
    return content.render(found, None).text.split("\n\n")


def within(*parts: str) -> list[str]:
    """Return what of ``parts`` is kept between the paragraphs of an article."""
    found = body(FIRST, SECOND, *parts, THIRD, LAST)
    assert {FIRST, SECOND, THIRD, LAST} <= set(found)
    return [one for one in found if one not in {FIRST, SECOND, THIRD, LAST}]


@pytest.mark.parametrize(
    "credit", ["(Bo Vale/HCW)", "(Submitted by Bo Vale)", "[Bo Vale/HCW]", "| Bo Vale/HCW", "04.03.2026 | 2:31 min"]
)
def test_a_paragraph_that_ends_with_a_credit_is_a_caption(credit: str) -> None:
    """Prose with a name in brackets, or behind a bar, after its full stop describes a picture."""
    caption = f"Workers paint the swing bridge on a cold morning in the week before the council took its vote. {credit}"
    assert within(caption) == []


def test_an_aside_in_brackets_is_no_credit() -> None:
    """Brackets around plain words credit no one, though no full stop follows them."""
    text = (
        "The mayor said that the state has promised eight million dollars for the bridge and that the harbour board will "
        "lend the rest for twenty years. Of the two sums it was the smaller that took longer (a year and a half)"
    )
    assert within(text) == [text]


@pytest.mark.parametrize("word", ["video", "credit", "photo", "image"])
def test_a_word_of_captions_in_a_sentence_makes_no_caption(word: str) -> None:
    """People speak of videos and credit too; the last paragraph is not lost for it."""
    last = f"Anyone who has a {word} of the old bridge may bring it to the harbour master before the end of the month."
    assert body(FIRST, SECOND, THIRD, last)[-1] == last


def test_prose_glued_to_a_credit_is_a_caption() -> None:
    """A sentence with a picture's credit right below it, no blank line between, describes the picture."""
    assert (
        within("The swing bridge was open to ships only, as it has been since the spring of 2015.\nPhoto: Bo Vale")
        == []
    )


def test_an_embedded_post_is_not_the_articles() -> None:
    """Neither the words of an embedded post nor the line that names who posted them are text."""
    post = "The bridge is back and so are we, see you all at the opening on the quay this spring pic.twitter.com/x1"
    assert within(post, "— Harbour Master (@ellery_port) March 3, 2026") == []


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee hails from Port Ellery, where she keeps a boat and has written on bridges for a dozen years.",
        "Staff writer Bo Vale can be reached at the newsroom, or on the quay on any dry morning of the week.",
        "Questions on the bridge are welcome at harbour@example.org, and will be answered in the paper.",
        "Bo Vale contributed to this report.",
    ],
)
def test_the_sign_off_leaves_the_text(line: str) -> None:
    """Who the author is, how to write to them and who helped stand below an article and are none of it."""
    assert body(FIRST, SECOND, THIRD, LAST, line)[-1] == LAST


def test_an_author_named_within_the_text_stays() -> None:
    """Only lines at the very end sign off."""
    line = "Ann Lee saw the vote from the gallery, where forty people had come to hear what would become of the bridge."
    assert line in body(FIRST, SECOND, line, THIRD, LAST)


def test_a_heading_of_the_contents_stays() -> None:
    """A heading that stands in the article's own list of contents is not taken for a link that the page repeats."""
    heads = ["What the council said", "What the swing bridge will cost"]
    found = body(FIRST, SECOND, THIRD, "\n".join(heads), heads[0], LAST, heads[1], f"{LAST} Ships go on as before.")
    assert found == [FIRST, SECOND, THIRD, heads[0], LAST, heads[1], f"{LAST} Ships go on as before."]


def test_a_list_between_paragraphs_needs_no_colon() -> None:
    """Three short lines in one block between two paragraphs are a list of the article."""
    items = ["Two lanes for cars", "A footway of nine feet", "New bearings below"]
    found = body(FIRST, SECOND, THIRD, "\n".join(items), LAST)
    assert found == [FIRST, SECOND, THIRD, *items, LAST]


def test_a_price_list_does_not_end_the_article() -> None:
    """A box of goods with their prices stands within an article; what speaks of its matter below it is text."""
    goods = [part for number in range(9) for part in (f"Brass bell no. {number}", f"${number}5")]
    assert body(FIRST, SECOND, THIRD, *goods, LAST)[-1] == LAST


def test_one_word_of_terms_makes_no_terms() -> None:
    """An article may speak of a newsletter; what speaks of cookies and of the browser, too, is the page's."""
    told = "The mayor wrote of it in her newsletter last week, which goes to four thousand homes on both shores."
    terms = (
        "Change the settings of your browser if you do not want a cookie to be kept from a third-party service here."
    )
    assert within(told, terms) == [told]


def test_repeated_prose_in_a_block_is_a_teaser() -> None:
    """A sentence that the page prints twice, glued to other lines, is the teaser of something."""
    teaser = "The ferry company has asked for a rise of ten percent, it said in a letter to the council.\nFerries"
    found = body(FIRST, SECOND, teaser, THIRD, LAST, "Related stories", teaser)
    assert found == [FIRST, SECOND, THIRD, LAST]


def test_a_page_without_blank_lines() -> None:
    """Where the scrape parts its blocks by no blank line, its paragraphs and headings are found all the same."""
    parts = [
        "Menu",
        TITLE,
        "By Ann Lee",
        FIRST,
        SECOND,
        THIRD,
        "What it will carry",
        LAST,
        "Related stories",
        "Ferries",
    ]
    found = content.render(scrape.read("\n".join(parts), "en"), None).text.split("\n\n")
    assert found == [FIRST, SECOND, THIRD, "What it will carry", LAST]


OWN = [f"{LAST} The council meets {number} times a year." for number in range(5)]
KEEPERS = (
    "Nine people of the town keep a light, and each will tell you of fog, of oil and of letters that came too late. "
)


def test_a_box_that_the_article_holds_twice_does_not_end_it() -> None:
    """Where "Most read" comes again some paragraphs below, what stands between is the article."""
    links = ["Most read", "Ferry fares to rise in June", "Gulls and their friends", "A winter on the quay"]
    others = [f"{KEEPERS * 4}That was in 19{number}." for number in (11, 27, 34, 52)]
    assert others[-1] in body(FIRST, SECOND, *OWN, *links, *others, *links)


def test_another_article_below_a_long_box_of_links_is_left_out() -> None:
    """A page that prints whole other articles below its links ends where the links begin."""
    links = ["Recommended videos", *(f"Gull number {number} comes home" for number in range(9))]
    others = [f"{KEEPERS * 4}That was in 19{number}." for number in range(40, 56)]
    assert body(FIRST, SECOND, *OWN, *links, *others)[-1] == OWN[-1]
