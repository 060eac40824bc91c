"""Text scrapes of invented papers: what is found, where it stands, and what stays absent."""

# ruff: noqa: DTZ001 - printed times have no zone, and get none
from __future__ import annotations

import importlib.util
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from broadsheet import content
from broadsheet.importers.text import article as scrape
from broadsheet.importers.text import clues, lines, markdown
from broadsheet.model import Article

WIRE = """\
Menu
The Harbour Chronicle Newspaper The Harbour Chronicle

Port Ellery, Washington  Est. April 9, 1887
News >  Local/Harbour

Council votes to reopen the swing bridge

By Ann Lee Associated Press
March 4, 2026 6:30 p.m.

SPOKANE, Wash. (AP) – The council voted on Tuesday to reopen the swing bridge to traffic after eleven years of repairs.

The bridge will carry two lanes and a footway, the mayor said, and the last rivets are to be set in the spring of next year.

What it will cost

Repairs have cost nine million dollars so far, most of it paid by the state, according to a report that the council saw on Monday.

“It has been a long wait,” said the harbour master, who has ferried schoolchildren across the inlet every morning since the closure.

Advertisement

The vote was five to two, with both members from the north shore against it because of the noise that the old bearings make at night.

Related stories

Ferry fares to rise in June

The ferry company has asked for a rise of ten percent, it said in a letter to the council that was read out on Monday evening.

Subscribe now to get our newsletter in your inbox every morning

© 2026 The Harbour Chronicle
"""

GERMAN = """\
Hafenbote

Startseite
Politik
Küste

Sperrung
Stadtrat öffnet die Drehbrücke nach elf Jahren wieder

Von Max Muster und Eva Beispiel

Stand: 04.03.2026, 18:30 Uhr

Teilen

Kiel (dpa/lno) - Der Stadtrat hat am Dienstag beschlossen, die Drehbrücke nach elf Jahren wieder für den Verkehr zu öffnen.

Die Brücke soll zwei Fahrspuren und einen Gehweg bekommen, wie der Bürgermeister nach der Sitzung im Rathaus sagte.

Die Reparatur hat bislang neun Millionen Euro gekostet, das meiste davon hat das Land bezahlt, heißt es in einem Bericht.

Lesen Sie auch

Fährpreise steigen im Juni um zehn Prozent
"""

JAPANESE = """\
潮見新聞

ホーム
社会

旋回橋、１１年ぶり再開へ　町議会が可決

渡辺洋介2026年3月4日 18時30分

シェアする

【ソウル＝渡辺洋介】町議会は４日、老朽化で通行止めとなっていた旋回橋を十一年ぶりに再開する議案を賛成多数で可決した。橋は来年春に開通する見通しだ。

町によると、修理費はこれまでに九億円で、大半を県が負担した。町長は議会後、記者団に「長い間お待たせした」と述べた。

関連記事

渡し船の運賃、六月に値上げへ
"""

UNDATED = WIRE.replace("March 4, 2026 6:30 p.m.\n", "")


def read(text: str) -> Article:
    """Return the article of a scrape."""
    return scrape.read(text)


def body(article: Article) -> list[str]:
    """Return the paragraphs of an article as a reader sees them."""
    return content.render(article, None).text.split("\n\n")


def test_headline() -> None:
    """The headline is the line above the text."""
    assert read(WIRE).headline == "Council votes to reopen the swing bridge"


def test_author_and_agency_are_apart() -> None:
    """A byline "By Ann Lee Associated Press" is a person and an agency."""
    found = read(WIRE)
    assert ([one.name for one in found.authors], [one.name for one in found.agencies]) == (
        ["Ann Lee"],
        ["Associated Press"],
    )


def test_date_keeps_its_time() -> None:
    """The printed time of day stays, without a zone that no one stated."""
    assert read(WIRE).published == datetime(2026, 3, 4, 18, 30)


def test_section_path() -> None:
    """A breadcrumb gives the path; a slash within a name stays."""
    assert read(WIRE).section == ("News", "Local/Harbour")


def test_dateline_and_place_leave_the_text() -> None:
    """The dateline is the article's, and the text begins behind it."""
    found = read(WIRE)
    assert found.place is not None
    assert (found.dateline, found.place.region, body(found)[0][:24]) == (
        "SPOKANE, Wash.",
        "Washington",
        "The council voted on Tue",
    )


def test_publisher_place_and_founding() -> None:
    """The masthead gives the paper's name, place and founding date."""
    paper = read(WIRE).publisher
    assert paper is not None
    assert (paper.name, paper.founding_date) == ("The Harbour Chronicle", "1887-04-09")


def test_body_has_no_furniture() -> None:
    """Advertisements, teasers, newsletters and rights are not the article's text."""
    text = "\n".join(body(read(WIRE)))
    assert not [word for word in ("Advertisement", "Ferry", "Subscribe", "©", "By Ann") if word in text]


def test_body_keeps_headings_and_order() -> None:
    """Paragraphs and the headings between them stay in their order."""
    assert [part[:9] for part in body(read(WIRE))] == [
        "The counc",
        "The bridg",
        "What it w",
        "Repairs h",
        "“It has b",
        "The vote ",
    ]


def test_german_page() -> None:
    """A German page gives names, date, agency and section."""
    found = read(GERMAN)
    got = (found.language, [one.name for one in found.authors], found.published, found.section, found.agencies[0].code)
    assert got == ("de", ["Max Muster", "Eva Beispiel"], datetime(2026, 3, 4, 18, 30), ("Politik", "Küste"), "dpa")


def test_japanese_page() -> None:
    """A Japanese page gives the glued byline, the date and the dateline in its brackets."""
    found = read(JAPANESE)
    got = (found.language, [one.name for one in found.authors], found.published, found.dateline)
    assert got == ("ja", ["渡辺洋介"], datetime(2026, 3, 4, 18, 30), "ソウル")


def test_no_date_is_invented() -> None:
    """A page without a date gives none, though it speaks of years and weekdays."""
    found = read(UNDATED)
    assert (found.published, found.evidence["date"].basis) == (None, "absent")


def test_absent_date_tells_its_clues() -> None:
    """The evidence of an absent date names the clues and their lines."""
    assert "“voted on Tuesday”" in str(read(UNDATED).evidence["date"].note)


def test_update_is_not_the_publication() -> None:
    """A date called "updated" is the last change, never the day of publication."""
    found = read(UNDATED.replace("By Ann Lee Associated Press", "By Ann Lee Associated Press\nUpdated March 5, 2026"))
    assert (found.published, found.modified) == (None, date(2026, 3, 5))


def test_caption_date_is_not_the_publication() -> None:
    """The date in a picture's caption is the picture's."""
    caption = "The swing bridge at dusk on Monday, March 2, 2026, in Port Ellery. (AP Photo/A. Nother)"
    assert read(UNDATED.replace("SPOKANE", f"{caption}\n\nSPOKANE")).published is None


def test_short_scrape() -> None:
    """A brief of one sentence is an article with its summary, section, tags and author."""
    found = read(
        "The Daily Scrape\nHome | World | Business | Subscribe\n\nBusiness\n\nCouncil agrees budget\n\nBy Writer 1\n2026-01-02\n\n"
        "A short summary.\n\nThe first paragraph of the story is here.\n\nTags: harbour, budget\n© 2026 The Daily Scrape\n"
    )
    got = (found.headline, found.section, found.summary, found.tags, found.published, body(found))
    assert got == (
        "Council agrees budget", ("Business",), "A short summary.", ("harbour", "budget"), date(2026, 1, 2),
        ["The first paragraph of the story is here."],
    )  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_given_language_is_configured(language: str) -> None:
    """The caller's language wins and is said to be configured."""
    found = scrape.read(WIRE, language)
    assert (found.language, found.evidence["lang"].basis) == (language, "configured")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "One line",
        "\n\n\n",
        "a\n" * 3000,
        "word " * 20000,
        "<" * 5000,
        "- " * 2000,
        "By\n" * 500,
        "((((" * 2000,
        "é" * 9000,
        "| " * 3000,
    ],
)
def test_odd_text_neither_fails_nor_hangs(text: str) -> None:
    """Any text gives an article, if an empty one."""
    assert isinstance(read(text).headline, str)


def _checker() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "benchmarks" / "evidence.py"
    spec = importlib.util.spec_from_file_location("evidence_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("text", [WIRE, GERMAN, JAPANESE, UNDATED], ids=["wire", "german", "japanese", "undated"])
def test_evidence_holds_its_values(text: str) -> None:
    """Every value has evidence; every span stands on its line and holds the value."""
    assert list(_checker().faults(read(text), text)) == []


def test_evidence_check_sees_a_wrong_line() -> None:
    """The check itself finds a span that does not stand where it says."""
    found = read(WIRE)
    assert list(_checker().faults(found, "\n" + WIRE)) != []


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "1. no list", "- no list", "> no quote", "*no* _emphasis_ **here**", "`no code`", "    no block",
        "<b>no markup</b>", "<script>alert(1)</script>", "[no](http://link.example)", "![no](x.png)", "&lt;no entity&gt; &amp;",
        "| no | table |", "***", "---", "===", "~~~", "```", "a\\*b", "[TOC]", "{: .no }", "{filename}no.md", "1986. Ein Jahr",
        "Term", ": no definition", "[^1]: no note", "https://plain.example/a_b_c", "$x^2$ ~no~ ^no^ ==no==", "=1+1", "\\",
    ],
)  # fmt: skip
def test_text_stays_literal(text: str) -> None:
    """No syntax of Markdown or HTML in a scrape means anything: the reader sees the source's words."""
    rendered = content.render(Article("x", body=markdown.paragraph(text)), None).text
    assert " ".join(rendered.split()) == " ".join(text.split())


def test_spans_of_days_that_fit() -> None:
    """Years spoken of and "since Aug. 1" bound the days that an undated text can be of."""
    found = lines.read("It closed in 2015, the mayor said.\n\nSince Aug. 1, the bridge has been shut to carts.", "en")
    assert clues.evidence(found, "en").candidates == ("2015-08-01/2015-12-31", "2016-08-01/2016-12-31")


def test_the_seed(shared: Path) -> None:
    """The real scrape that the project began with is read as its reader would."""
    text = next((shared / "seed").glob("*.txt")).read_text("utf-8")
    found = read(text)
    assert found.place is not None
    assert found.publisher is not None
    parts = body(found)
    got = {
        "section": found.section, "published": found.published, "dateline": found.dateline, "country": found.place.country,
        "author": [(one.name, getattr(one, "affiliation", None)) for one in found.authors],
        "agency": [(one.name, one.code) for one in found.agencies], "paper": (found.publisher.name, found.publisher.founding_date),
        "ends": (parts[0][:31], parts[-1][-41:]),
    }  # fmt: skip
    assert got == {
        "section": ("News", "Nation/World"), "published": None, "dateline": "BENGHAZI, Libya", "country": "LY",
        "author": [("Rami Musa", "Associated Press")],
        "agency": [("Associated Press", "AP")], "paper": ("The Spokesman-Review", "1883-05-19"),
        "ends": ("U.S.-backed Libyan forces said ", "under the command of Serraj’s government."),
    }  # fmt: skip


@pytest.mark.slow
def test_evidence_holds_on_real_pages(shared: Path) -> None:
    """On every third real page too, each span stands where it says and holds its value."""
    checker = _checker()
    pages = sorted((shared / "dev" / "news-pages").glob("*/page.txt"))[::3]
    if not pages:
        pytest.skip("no development pages")
    texts = [page.read_text("utf-8").replace("\r\n", "\n") for page in pages]
    assert [fault for text in texts for fault in checker.faults(read(text), text)] == []


SHORT = "The council voted on Tuesday to reopen the swing bridge to traffic after eleven years of repairs.\n\nThe bridge will carry two lanes and a footway, the mayor said, and the last rivets are to be set in the spring.\n\n"


def test_stacked_names_with_title() -> None:
    """Names below each other are one byline; a title below a name is that person's."""
    found = read(
        f"Harbour News\n\nBridge to reopen after eleven years\n\nBy Ann Lee\nStaff Writer\nRobert Moss\n\n{SHORT}"
    )
    assert [(one.name, getattr(one, "job_title", None)) for one in found.authors] == [
        ("Ann Lee", "Staff Writer"),
        ("Robert Moss", None),
    ]


def test_update_before_publication() -> None:
    """Which date comes first on the page does not matter, what stands beside it does."""
    dates = "Updated March 5, 2026 9:00 AM\nPublished March 4, 2026 7:15 AM"
    found = read(f"Harbour News\n\nBridge to reopen after eleven years\n\nAnn Lee\n\n{dates}\n\n{SHORT}")
    assert (found.published, found.modified) == (datetime(2026, 3, 4, 7, 15), datetime(2026, 3, 5, 9, 0))


@pytest.mark.parametrize("line", ["— Ann Lee", "Author: Ann Lee", "By Ann Lee"])
def test_byline_behind_the_text(line: str) -> None:
    """A byline may stand at the end."""
    found = read(f"Harbour News\n\nBridge to reopen after eleven years\n\n{SHORT}{line}\n\nComments (12)\n")
    assert [one.name for one in found.authors] == ["Ann Lee"]


def test_date_of_another_article_is_not_taken() -> None:
    """A date below "Related" belongs to another article."""
    found = read(
        f"Harbour News\n\nBridge to reopen after eleven years\n\n{SHORT}Related\n\nFerry fares rise\n\n13 May 2024\n"
    )
    assert found.published is None


def test_hard_wrapped_text() -> None:
    """Paragraphs that go over several lines are one paragraph each, and their evidence holds."""
    text = (
        "The Harbour Chronicle\n\nBridge to reopen after eleven years\n\nBy Ann Lee\n\n"
        "PORT ELLERY, Wash. - The council voted on Tuesday to reopen the swing\n"
        "bridge to traffic after eleven years of repairs. The mayor said that it\n"
        "was a great day for the town and for the harbour.\n\n"
        "The bridge will carry two lanes and a footway, and the last rivets are to\n"
        "be set in the spring of next year, according to a report that the council\n"
        "saw on Monday.\n"
    )
    found = read(text)
    assert ([len(part.split()) for part in body(found)], list(_checker().faults(found, text))) == ([33, 33], [])


def test_chinese_labels_on_one_line() -> None:
    """Date, source and author on one line are told apart; the editor is no author."""
    found = read(
        "首页\n社会\n\n旋转桥时隔十一年重新开放\n\n2026年3月4日 18:30 来源：新华社 作者：王小明\n\n新华社北京3月4日电 市议会星期二以多数票通过议案，"
        "决定重新开放因老化而关闭的旋转桥。市长在会后对记者表示，大桥将于明年春天通车，届时市民出行将更加方便。\n\n责任编辑：李四\n"
    )
    got = ([one.name for one in found.authors], [one.code for one in found.agencies], found.dateline, found.published)
    assert got == (["王小明"], ["Xinhua"], "北京", datetime(2026, 3, 4, 18, 30))


@pytest.mark.parametrize("credit", ["(AFP / ANN LEE)", "(Bo Tarn/SIPA)"])
def test_a_credited_caption_is_no_headline(credit: str) -> None:
    """A picture's line above the text that ends in its credit speaks of the same things, and is no headline of it."""
    caption = f"The swing bridge that the council voted to reopen, seen from the harbour on Tuesday {credit}"
    page = WIRE.replace("Council votes to reopen the swing bridge", caption, 1)
    assert read(page).headline != caption


@pytest.mark.parametrize("service", ["California - CCPA Notice", "Contact Us Login", "Share This Story"])
def test_a_service_of_the_page_is_no_section(service: str) -> None:
    """What leads to an account or a policy stands where sections stand, and is none."""
    page = WIRE.replace("News >  Local/Harbour", f"Home\n{service}", 1)
    assert service not in read(page).section


@pytest.mark.parametrize("credit", ["Photo: Bo Vale/HCW", "Port Ellery.AFP"])
def test_a_caption_with_its_credit_glued_on_is_no_headline(credit: str) -> None:
    """A line that shares all its words with the text and credits a picture is passed over."""
    caption = f"The swing bridge of Port Ellery on the day of the vote that reopens it to traffic. {credit}"
    text = f"The council votes\n\nCouncil votes to reopen the swing bridge\n\n{caption}\n\n{SHORT}"
    assert read(text).headline == "Council votes to reopen the swing bridge"


@pytest.mark.parametrize(
    "piece", ["x ", "last Monday in May 3 ", "By Photo: a. ", "a.b.com ", "London, May 3 (Reuters) "]
)
def test_one_endless_line_is_read(piece: str) -> None:
    """A line of half a million characters does not hang: no rule compares each of its words with each other."""
    assert read(piece * (500_000 // len(piece))).headline
