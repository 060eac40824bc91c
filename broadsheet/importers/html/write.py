"""The article's column → the body in Markdown."""

from __future__ import annotations

from broadsheet.importers.html import images, markdown
from broadsheet.importers.html.blocks import Block
from broadsheet.importers.html.body import Column
from broadsheet.importers.html.page import Page, address
from broadsheet.model import Article


def body(column: Column, page: Page, made: Article) -> str:
    """Return the column's text as Markdown, without the picture that already stands for the article."""
    used = {images.file_name(image.url) for image in made.images}
    levels = [b.level for b in column.blocks if b.kind == "heading"]
    shift = 2 - min(levels, default=2)
    linker = _linker(page)
    parts = [
        (b, _picture(b, page, used) if b.kind == "picture" else markdown.block(b, linker, shift)) for b in column.blocks
    ]
    return markdown.join(parts)


def _linker(page: Page) -> markdown.Address:
    return lambda link: address(link, page.base) if link and not link.startswith("#") else None


def _picture(one: Block, page: Page, used: set[str]) -> str:
    image = images.read(one.owner, page.base)
    if image is None or images.file_name(image.url) in used:
        return ""
    used.add(images.file_name(image.url))
    return markdown.picture(image)
