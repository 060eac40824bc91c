"""One scrape → one article: every value with the line and the words that state it."""

from __future__ import annotations

from msgspec.structs import replace

from broadsheet.importers.fold import squash
from broadsheet.importers.text import clues, credit, headline, lines, markdown, masthead, sections, signoff, when, where
from broadsheet.importers.text.lines import Line
from broadsheet.importers.text.page import Page, above, add_agencies, below, open_page, over, stated, tail
from broadsheet.model import Article, Evidence


def read(text: str, language: str | None = None) -> Article:
    """Return the article of a scrape. What is not there stays empty and is said to be absent."""
    found, share = (language, 1.0) if language else lines.language_of(text)
    page = open_page(text, found)
    _language(page, found, share, configured=language is not None)
    _headline(page)
    _publisher(page)
    _credit(page)
    _dates(page)
    _section(page)
    where.dateline(page)
    _summary(page)
    _body(page)
    return _article(page)


def _language(page: Page, language: str | None, share: float, *, configured: bool) -> None:
    if configured:
        page.evidence["lang"] = Evidence("configured", note="The language was given with the import command.")
    elif language:
        note = f"{share:.0%} of the text is in this language."
        page.evidence["lang"] = Evidence("inferred", rule="language-of-text", note=note)
    else:
        page.evidence["lang"] = Evidence("absent", note="The text is too short to tell its language.")
    page.values["language"] = language


def _headline(page: Page) -> None:
    if page.head is None and page.lines:
        page.head = next((index for index, line in enumerate(page.lines[: page.first]) if not line.furniture), None)
        page.notes.append("No line stands out as the headline; check the title.")
    if page.head is None:
        page.values["headline"] = page.lines[page.first].text if page.first < len(page.lines) else "Untitled"
        page.evidence["title"] = Evidence(
            "absent", note="The scrape has no line above its text; its first words stand in."
        )
        return
    page.evidence["title"] = stated(page.lines[page.head], rule="headline-above-text")


def _publisher(page: Page) -> None:
    title = page.lines[page.head].text if page.head is not None else None
    found = masthead.find(page.lines, page.language, title)
    if found is not None:
        page.papers = (found.publisher.name,)
        page.values["publisher"] = found.publisher
        page.evidence["publisher"] = stated(found.line, found.text, found.rule)
        if found.founding is not None:
            note = f"Its founding date and place: line {found.founding.number}, “{found.founding.text}”."
            page.evidence["publisher"] = replace(page.evidence["publisher"], note=note)
    if page.head is not None:
        page.values["headline"] = headline.clean(page.lines[page.head].text, page.papers)


def _credit(page: Page) -> None:
    found = credit.find(below(page), above(page), tail(page), page.language, page.papers)
    if found is None:
        page.evidence["authors"] = Evidence("absent", note="No byline was found about the headline or behind the text.")
        return
    page.used |= {line.number for line in found.lines}
    page.values["authors"] = found.authors
    evidence = over(page, found.lines, found.rule)
    if found.authors:
        page.evidence["authors"] = evidence
    else:
        page.evidence["authors"] = Evidence("absent", note="The byline names an agency and no person.")
    add_agencies(page, found.agencies, evidence)


def _dates(page: Page) -> None:
    published, updated = when.of_page([*below(page), *above(page)], tail(page), page.lines, page.language)
    for key, name, found in (("published", "date", published), ("modified", "modified", updated)):
        if found is None:
            continue
        page.used.add(found.line.number)
        page.values[key] = found.printed.moment
        page.evidence[name] = replace(
            stated(found.line, found.printed.text, found.printed.rule), candidates=found.printed.ambiguous
        )
        if found.printed.ambiguous:
            page.notes.append(f"The {name} “{found.printed.text}” can be read as {found.printed.ambiguous[0]} too.")
    if published is None:
        page.evidence["date"] = clues.evidence([page.lines[index] for index in page.kept], page.language)
        page.notes.append("The page states no date of publication; the article is undated until a person gives one.")


def _section(page: Page) -> None:
    found = sections.find(page.lines, page.head, page.language, page.papers) if page.head is not None else None
    if found is not None:
        page.used.add(found.line.number)
        page.values["section"] = found.path
        page.evidence["category"] = over(page, [found.line, found.last or found.line], found.rule)
    last = page.kept[-1] if page.kept else 0
    tagged = sections.tags(page.lines[last : last + 40], page.language)
    if tagged is not None:
        page.used.add(tagged[1].number)
        page.values["tags"] = tagged[0]
        page.evidence["tags"] = stated(tagged[1], None, "tags-line")


def _summary(page: Page) -> None:
    """Take the one sentence between headline and text that nothing else has used as the summary."""
    if page.head is None:
        return
    text = {page.lines[index].number for index in page.kept} | page.used
    between = [line for line in page.lines[page.head + 1 : page.first] if line.number not in text]
    fit = [line for line in between if _is_summary(line, page.values["headline"])]
    if fit and (fit[0] in between[:2] or len(between) <= 3):
        page.values["summary"] = fit[0].text
        page.evidence["summary"] = over(page, fit[:1], "summary-below-headline")


def _is_summary(line: Line, title: str) -> bool:
    if (
        line.furniture
        or line.ending
        or line.starts
        or line.caption
        or line.paywall
        or squash(line.text) == squash(title)
    ):
        return False
    return (40 <= line.weight <= 400 and line.stops > 1) or (line.ends and line.words > 2 and line.weight <= 400)


def _body(page: Page) -> None:
    title = page.values["headline"]
    kept = [
        index
        for index in page.kept
        if page.lines[index].number not in page.used and not _is_same(page.lines[index].text, title)
    ]
    authors = [one.name for one in page.values.get("authors", ())]
    kept = signoff.without(page.lines, kept, authors, page.language)
    page.values["body"] = markdown.body((_paragraph(page, index), False) for index in kept)
    if not kept:
        page.evidence["body"] = Evidence("absent", note="No running text was found.")
        page.notes.append("No running text was found; the article has no body.")
        return
    first, last = page.lines[kept[0]], page.lines[kept[-1]]
    note = f"{len(kept)} paragraphs, lines {first.number} to {last.number}."
    page.evidence["body"] = replace(over(page, [first], "body-best-run"), note=note)


def _is_same(line: str, title: str) -> bool:
    """Tell whether a line is the headline once more; one of another length is not, and need not be looked at closely."""
    return abs(len(line) - len(title)) <= len(title) // 2 + 8 and squash(line) == squash(title)


def _paragraph(page: Page, index: int) -> str:
    """Return the text of a line of the body, without its dateline."""
    spot, dateline = page.values.get("head", (None, None))
    text = page.lines[index].text
    return text[dateline.end :] if index == spot else text


def _article(page: Page) -> Article:
    values = {key: value for key, value in page.values.items() if key != "head"}
    return Article(**values, evidence=page.evidence, notes=tuple(page.notes))
