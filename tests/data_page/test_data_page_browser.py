"""The data page in a real browser: by mouse, by keyboard, without scripts, from a disk, with hostile articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from broadsheet.fields import cells

pytestmark = [pytest.mark.slow, pytest.mark.loopback]

READY = "document.querySelector('[data-ready]')"
BODY = "document.querySelector('table.preview tbody')"
TOLD = "document.querySelector('.bar [role=status]').textContent"
ANSWER = "document.querySelector('section[data-database] .told').textContent"
QUERY = "document.querySelector('#sql')"
NEXT = "document.querySelectorAll('.turner button')[1]"
ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) from n"
HOSTILE = 4  # articles of the paper whose values hold markup
SHIFT, CTRL = 8, 2


def button(text: str) -> str:
    """Return what finds the button with a text."""
    return f"[...document.querySelectorAll('button')].find((one) => one.textContent === {json.dumps(text)})"


def opened(browser, address: str, state: str = "") -> None:
    """Open the data page and wait until its table can be searched."""
    browser.go(address + state)
    browser.read("document.getElementById('preview').scrollIntoView({behavior: 'instant'})")
    browser.wait(READY)


def choose(browser, key: str, value: str) -> None:
    """Choose a value of a facet."""
    script = f"{{ const one = document.getElementById('by-{key}'); one.value = {json.dumps(value)}; "
    browser.read(script + "one.dispatchEvent(new Event('change', {bubbles: true})); }")


def headlines(browser) -> list[str]:
    """Return the headlines that the table shows, from above."""
    return browser.read(f"[...{BODY}.rows].map((row) => row.cells[1].textContent)")


def tab_to(browser, where: str, modifiers: int = 0) -> None:
    """Press Tab, or Shift and Tab, until the focus is on what ``where`` gives."""
    for _ in range(120):
        browser.press("Tab", modifiers)
        if browser.read(f"document.activeElement === {where}"):
            return
    pytest.fail(f"Tab never comes to {where}")


def box_opened(browser) -> None:
    """Open the query box where it is closed."""
    if not browser.read("document.querySelector('details.query').open"):
        browser.click("document.querySelector('details.query > summary')")
    browser.wait(QUERY)


def asked_sql(browser, sql: str) -> None:
    """Run a query and wait for its answer."""
    box_opened(browser)
    browser.read(f"{QUERY}.value = {json.dumps(sql)}")
    browser.click(button("Run"))
    browser.wait(
        "document.querySelector('section[data-database] button.main').getAttribute('aria-disabled') === 'false'"
    )


def test_the_page_loads_all_articles(browser, address: str) -> None:
    """Scrolled to, the table says how many articles there are."""
    opened(browser, address)
    assert browser.read(TOLD) == "41 articles, page 1 of 2."


def test_search_ignores_case_and_accents(browser, address: str) -> None:
    """Typed words narrow the table; "zoe" finds Zoë."""
    opened(browser, address)
    browser.click("document.getElementById('find')")
    browser.type("ZOE story")
    browser.wait(f"{TOLD}.includes('of 41')")
    assert browser.read(TOLD) == "16 of 41 articles."


@pytest.mark.parametrize(
    ("key", "value", "count"),
    [("section", "Sport", 12), ("author", "Ada Quill", 20), ("year", "2021", 10), ("basis", "inferred", 8)],
)
def test_a_facet_narrows(browser, address: str, key: str, value: str, count: int) -> None:
    """Each choice leaves the articles that have its value."""
    opened(browser, address)
    choose(browser, key, value)
    assert browser.read(TOLD) == f"{count} of 41 articles."


def test_counts_follow_the_other_choices(browser, address: str) -> None:
    """What a choice would leave stands beside it, while the others stay."""
    opened(browser, address)
    choose(browser, "year", "2020")
    assert browser.read("document.querySelector('#by-section option[value=Sport]').textContent") == "Sport (4)"


def test_what_is_not_there_can_be_chosen(browser, address: str) -> None:
    """Articles without a date are found by the year "(none)"."""
    opened(browser, address)
    choose(browser, "year", "(none)")
    assert headlines(browser) == ["An undated story"]


def test_a_click_sorts(browser, address: str) -> None:
    """A click on a column's name sorts by it, and the column says so."""
    opened(browser, address)
    browser.click(button("headline"))
    names = [one for one in headlines(browser) if one.startswith("Story")]
    told = browser.read("document.querySelectorAll('table.preview th')[1].getAttribute('aria-sort')")
    assert (names[:3], told) == (["Story number 0", "Story number 1", "Story number 2"], "ascending")


def test_the_sorted_column_shows_its_way(browser, address: str) -> None:
    """An arrow up or down stands beside the name of the sorted column."""
    opened(browser, address, "#sort=-headline")
    arrows = "[...document.querySelectorAll('th button')].map((one) => getComputedStyle(one, '::after').content)"
    assert browser.read(arrows)[:3] == ['" ↕"', '" ↓"', '" ↕"']


def test_a_second_click_turns_the_order(browser, address: str) -> None:
    """Descending comes after ascending, and numbers in text count as numbers."""
    opened(browser, address)
    browser.click(button("headline"))
    browser.click(button("headline"))
    assert headlines(browser)[:2] == ["Story number 39", "Story number 38"]


def test_empty_cells_stand_last(browser, address: str) -> None:
    """Whichever way the dates are sorted, the undated article comes after all."""
    opened(browser, address, "#sort=published_date&page=2")
    first = headlines(browser)[-1]
    browser.click(button("published_date"))
    browser.click(NEXT)
    assert (first, headlines(browser)[-1]) == ("An undated story", "An undated story")


def test_pages_turn(browser, address: str) -> None:
    """Next shows the rest."""
    opened(browser, address)
    browser.click(NEXT)
    assert (len(headlines(browser)), browser.read(TOLD)) == (16, "41 articles, page 2 of 2.")


def test_the_address_keeps_the_state(browser, address: str) -> None:
    """What was chosen stands after "#", and the same address shows it again."""
    opened(browser, address)
    choose(browser, "section", "Sport")
    browser.click(button("headline"))
    state, before = browser.read("location.hash"), headlines(browser)
    opened(browser, address, state)
    assert (state, headlines(browser)) == ("#section=Sport&sort=headline", before)


def test_the_back_button_state_is_read(browser, address: str) -> None:
    """A state that is put into the address by hand is followed at once."""
    opened(browser, address)
    browser.read("location.hash = 'year=2022'")
    browser.wait(f"{TOLD}.includes('of 41')")
    assert browser.read(TOLD) == "10 of 41 articles."


def test_clear_shows_all_again(browser, address: str) -> None:
    """Clear takes every choice back, in the address too."""
    opened(browser, address, "#q=story&section=Sport&sort=headline")
    browser.click(button("Clear"))
    assert (browser.read(TOLD), browser.read("location.hash")) == ("41 articles, page 1 of 2.", "")


def test_everything_by_keyboard(browser, address: str) -> None:
    """Search, sort and turn pages without a mouse."""
    opened(browser, address)
    tab_to(browser, "document.getElementById('find')")
    browser.type("story")
    browser.wait(f"{TOLD}.includes('of 41')")
    tab_to(browser, button("headline"))
    browser.press("Enter")
    tab_to(browser, NEXT, SHIFT)
    browser.press("Space")
    assert browser.read(TOLD) == "37 of 41 articles, sorted by headline, ascending, page 2 of 2."


def test_a_facet_by_keyboard(browser, address: str) -> None:
    """The arrow keys choose."""
    opened(browser, address)
    tab_to(browser, "document.getElementById('by-year')")
    browser.press("ArrowDown")
    browser.wait(f"{TOLD}.includes('of 41')")
    assert browser.read("document.getElementById('by-year').value") == "2023"


def test_headlines_lead_to_articles(browser, address: str, paper: Path) -> None:
    """The link of each row is a page of the paper."""
    opened(browser, address)
    links = browser.read(f"[...{BODY}.querySelectorAll('a')].map((one) => one.getAttribute('href'))")
    assert (len(links), [one for one in links if not (paper / one).is_file()]) == (25, [])


def test_the_found_rows_are_downloaded(browser, address: str) -> None:
    """The download holds the rows that were found, all pages of them, guarded like the exported CSV."""
    opened(browser, address, "#sort=headline")
    browser.click(button("Download these rows (CSV)"))
    rows = list(csv.DictReader(io.StringIO(browser.downloaded("articles-selection.csv"))))
    assert (len(rows), rows[-1]["authors"]) == (41, "Zoë Ámbar; Ben Tarrow")


def test_a_file_is_one_click(browser, address: str, paper: Path) -> None:
    """A click on a file's name downloads it as it is."""
    browser.go(address)
    browser.click("[...document.querySelectorAll('a[download]')].find((one) => one.textContent === 'articles.csv')")
    assert browser.downloaded("articles.csv") == (paper / "data" / "articles.csv").read_text(encoding="utf-8")


def test_the_citation_is_copied(browser, address: str) -> None:
    """The button puts the citation on the clipboard and says so."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    grants = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    browser.call("Browser.grantPermissions", browser=True, origin=origin, permissions=grants)
    browser.go(address)
    browser.read("document.getElementById('citation').scrollIntoView()")
    browser.wait(button("Copy the citation"))
    browser.click(button("Copy the citation"))
    browser.wait("document.querySelector('#citation + .buttons [role=status]').textContent === 'Copied.'")
    copied = browser.read("navigator.clipboard.readText()")
    assert copied == browser.read("document.getElementById('citation').textContent")


def test_a_query_is_answered(browser, address: str) -> None:
    """SQL over the database gives rows."""
    opened(browser, address)
    asked_sql(
        browser, "select section, count(*) from articles where section in ('News', 'Sport') group by 1 order by 1"
    )
    cells = "[...document.querySelectorAll('section[data-database] td')].map((one) => one.textContent)"
    assert browser.read(cells) == ["News", "24", "Sport", "12"]


@pytest.mark.parametrize("number", range(5))
def test_every_example_runs(browser, address: str, number: int) -> None:
    """No example query is an error."""
    opened(browser, address)
    box_opened(browser)
    browser.click(f"document.querySelectorAll('[aria-label=Examples] button')[{number}]")
    browser.wait(f"!/^(|Loading.*|Running.*)$/.test({ANSWER})")
    assert " in " in browser.read(ANSWER)


def test_an_answer_is_downloaded_with_guarded_cells(browser, address: str) -> None:
    """A cell that a spreadsheet would take for a formula has the guard of the exported CSV, and only such a cell."""
    opened(browser, address)
    asked_sql(browser, "select '=1+1' as a, -5 as b, 'x, \"y\"' as c, '\uff1d1' as d")
    browser.click(button("Download the result (CSV)"))
    row = list(csv.reader(io.StringIO(browser.downloaded("query-result.csv"))))[1]
    assert (row, [cells.guard("=1+1"), cells.guard("\uff1d1")]) == (
        ["'=1+1", "-5", 'x, "y"', "'\uff1d1"],
        [row[0], row[3]],
    )


def test_the_full_text_index_answers(browser, address: str) -> None:
    """The database's index is of a kind that the browser's SQLite knows."""
    opened(browser, address)
    asked_sql(browser, "select count(*) from articles_fts where articles_fts match 'undated'")
    assert browser.read("document.querySelector('section[data-database] td').textContent") == "1"


def test_a_wrong_query_says_why(browser, address: str) -> None:
    """SQLite's own words are shown."""
    opened(browser, address)
    asked_sql(browser, "select nosuch from articles")
    assert browser.read(ANSWER) == "no such column: nosuch"


def test_an_endless_query_can_be_stopped(browser, address: str) -> None:
    """Stop ends a query that never ends, and the next one runs."""
    opened(browser, address)
    asked_sql(browser, "select 1")
    browser.read(f"{QUERY}.value = {json.dumps(ENDLESS)}")
    browser.click(button("Run"))
    browser.wait(f"{ANSWER} === 'Running …'")
    browser.click(button("Stop"))
    browser.wait(f"{ANSWER} === 'Stopped.'")
    asked_sql(browser, "select 2")
    assert browser.read("document.querySelector('section[data-database] td').textContent") == "2"


def test_long_answers_are_cut(browser, address: str) -> None:
    """At most 1,000 rows are shown, and the page says that there are more."""
    opened(browser, address)
    asked_sql(browser, "select a.id from articles a, articles b")
    told = browser.read(ANSWER)
    assert (told[:10], told.partition(". ")[2]) == ("1,000 rows", "There are more: add a limit to see others.")


def test_a_query_by_keyboard(browser, address: str) -> None:
    """Ctrl+Enter in the box runs the query."""
    opened(browser, address)
    tab_to(browser, "document.querySelector('details.query > summary')")
    browser.press("Enter")
    tab_to(browser, QUERY)
    browser.press("Enter", CTRL)
    browser.wait(f"{ANSWER}.includes(' in ')")
    assert browser.read("location.hash").startswith("#sql=select")


def test_a_query_of_an_address_waits(browser, address: str) -> None:
    """A query that came with the address stands in the box, and runs only when somebody says so."""
    browser.go(address + "#sql=select+7")
    browser.wait(QUERY)
    assert (browser.read(f"{QUERY}.value"), browser.read(ANSWER)) == ("select 7", "")


def test_the_engine_is_loaded_by_the_first_query_only(browser, address: str) -> None:
    """Before a query runs, neither SQLite nor the database is asked for."""
    opened(browser, address)
    assert [one for one in browser.asked() if "sqljs" in one or one.endswith((".sqlite", "worker.js"))] == []


def test_nothing_leaves_the_site(browser, address: str) -> None:
    """Every request goes to the paper's own host, and neither the policy nor a script complains."""
    opened(browser, address)
    asked_sql(browser, "select headline, authors from articles")
    host = urlsplit(address).netloc
    elsewhere = [one for one in browser.asked() if urlsplit(one).netloc != host and not one.startswith("blob:")]
    assert (elsewhere, browser.complaints()) == ([], [])


def test_hostile_text_stays_text(browser, address: str) -> None:
    """Markup in headlines, names and sections is shown as it is, in the table, the choices and the answers."""
    opened(browser, address, "#q=onerror")
    asked_sql(browser, "select headline, section from articles where headline like '%onerror%'")
    shown = browser.read(f"{BODY}.textContent + document.querySelector('section[data-database] table').textContent")
    live = browser.read("document.querySelectorAll('main img[src=x], main script, main [onerror]').length")
    dialogs = [one for one in browser.events if one["method"] == "Page.javascriptDialogOpening"]
    assert (shown.count("<img src=x onerror=alert(1)>") >= 2 * HOSTILE, live, dialogs) == (True, 0, [])


def test_the_page_is_whole_without_scripts(browser, address: str) -> None:
    """With JavaScript off there is a plain table of the first rows, every file, the citation, and no dead control."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.go(address)
    document = browser.call("DOM.getDocument", depth=-1)["root"]
    counts = {
        css: len(browser.call("DOM.querySelectorAll", nodeId=document["nodeId"], selector=css)["nodeIds"])
        for css in (
            "table.preview tbody tr",
            "a[download][href='data/articles.csv']",
            "#citation",
            "button, input, select",
        )
    }
    assert list(counts.values()) == [25, 1, 1, 0]


def test_the_page_works_from_a_disk(browser, paper: Path) -> None:
    """Opened as a file, the table is searched as on the web; the query box says what it needs."""
    opened(browser, (paper / "data.html").as_uri(), "#section=Sport")
    assert (browser.read(TOLD), browser.read(ANSWER)[:18]) == ("12 of 41 articles.", "Opened from a disk")


def test_a_large_index_is_loaded_on_demand(browser, address: str) -> None:
    """More than 3 MB are not loaded before somebody asks for them."""
    grow = "document.addEventListener('readystatechange', () => document.querySelector('[data-bytes]')?.setAttribute("
    script = browser.call("Page.addScriptToEvaluateOnNewDocument", source=f"{grow}'data-bytes', '3000001'))")
    browser.go(address)
    browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    ask = "document.querySelector('#first-rows + .buttons button')"
    before = (browser.read(f"{ask}.textContent")[:22], any(one.endswith("articles.js") for one in browser.asked()))
    browser.click(ask)
    browser.wait(READY)
    assert before == ("Search all 41 articles", False)


def test_a_lost_index_leaves_the_plain_table(browser, address: str, paper: Path) -> None:
    """Where data/articles.js cannot be loaded, the first rows stay and the page says so."""
    index = paper / "data" / "articles.js"
    kept = index.rename(index.with_suffix(".kept"))
    try:
        browser.go(address + "#q=story")
        browser.wait("document.querySelector('#preview ~ .told')")
    finally:
        kept.rename(index)
    assert len(headlines(browser)) == 25


def test_a_phone_needs_no_sideways_scrolling(browser, address: str) -> None:
    """At 360 pixels the page is no wider than the screen; wide tables scroll in their own frames."""
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    opened(browser, address)
    asked_sql(browser, "select * from articles")
    assert browser.read("document.documentElement.scrollWidth") == 360


def test_controls_have_names(browser, address: str) -> None:
    """Every control has a name that assistive technology reads."""
    opened(browser, address)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    kinds = {"button", "searchbox", "combobox", "textbox", "region", "search", "navigation"}
    found = [one for one in nodes if one.get("role", {}).get("value") in kinds]
    nameless = [one["role"]["value"] for one in found if not one.get("name", {}).get("value")]
    assert (len(found) > 25, nameless) == (True, [])
