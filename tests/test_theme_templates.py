"""The shipped theme keeps its own rules: no scripts, no styles in pages, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import Struct

from broadsheet.press import views

THEME = Path(__file__).resolve().parents[1] / "theme"
TEMPLATES = sorted((THEME / "templates").glob("*.html"))
STYLES = sorted((THEME / "static").glob("*.css"))
SCRIPTS = sorted((THEME / "static").glob("*.js"))
LIGHT, DARK = 0, 1


def named(path: Path) -> str:
    """Name a case after its file."""
    return path.name


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_no_script_but_json_ld(template: Path) -> None:
    """A template holds no <script> except the JSON-LD one; the data page also names files of the theme."""
    scripts = set(re.findall(r"<script[^>]*>", template.read_text(encoding="utf-8")))
    files = {f'<script src="{{{{ root }}}}theme/{path.name}" defer>' for path in SCRIPTS}
    assert scripts - (files if template.name == "data.html" else set()) <= {'<script type="application/ld+json">'}


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_scripts_make_no_markup_of_text(script: Path) -> None:
    """The theme's own scripts never read text as markup or as code, and set no style."""
    harmful = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\b|new Function|\.style\b"
    assert not re.search(harmful, script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_no_inline_style_or_handler(template: Path) -> None:
    """No <style>, no style attribute and no on… attribute: the pages work under a strict policy."""
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_autoescape_is_never_left(template: Path) -> None:
    """No template marks a value as safe or turns autoescape off."""
    assert not re.search(r"\|\s*safe|autoescape|Markup", template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_every_path_begins_at_the_root(template: Path) -> None:
    """A path of the site is always written after {{ root }}, so that papers move."""
    text = template.read_text(encoding="utf-8")
    bare = re.findall(r'(?:href|src)="(?:\{\{ \w+(?:\.\w+)*(?:\.path|_path) \}\}|theme/|\w+\.html)', text)
    assert bare == []


@pytest.mark.parametrize("file", [*TEMPLATES, *STYLES, *SCRIPTS], ids=named)
def test_nothing_is_loaded_from_elsewhere(file: Path) -> None:
    """No template or style names an address outside the site."""
    assert not re.search(r"https?://|//\w|@import|url\(", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", [one for one in TEMPLATES if not one.name.startswith("_")], ids=named)
def test_articles_are_set_without_includes(template: Path) -> None:
    """Page templates hold no include and no macro: what is shared is printed once."""
    assert not re.search(r"\{%-?\s*(include|macro|call)\b", template.read_text(encoding="utf-8"))


def test_the_contract_names_every_value() -> None:
    """theme/README.md names each field of the records that templates see."""
    contract = (THEME / "README.md").read_text(encoding="utf-8")
    records = [one for one in vars(views).values() if isinstance(one, type) and issubclass(one, Struct)]
    missing = {name for record in records for name in record.__struct_fields__ if f"`{name}`" not in contract}
    assert missing == set()


def test_the_contract_names_every_template() -> None:
    """theme/README.md names each template and each static file."""
    contract = (THEME / "README.md").read_text(encoding="utf-8")
    files = [*TEMPLATES, *(THEME / "static").iterdir()]
    assert [file.name for file in files if file.name not in contract] == []


def schemes() -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of the light and of the dark scheme."""
    text = (THEME / "static" / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    colours = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return dict(colours.findall(light)), dict(colours.findall(dark))


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("back", ["paper", "paper-tint", "accent-soft"])
@pytest.mark.parametrize("front", ["ink", "ink-soft", "accent", "stated", "inferred"])
def test_text_is_readable(front: str, back: str, scheme: int) -> None:
    """Every text colour has AA contrast, 4.5 to 1, on every ground (WCAG 2.2, 1.4.3)."""
    colours = schemes()[scheme]
    dim, bright = sorted(luminance(colours[name]) for name in (front, back))
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_is_visible(scheme: int) -> None:
    """The ring around what has the focus stands out 3 to 1 (WCAG 2.2, 1.4.11)."""
    colours = schemes()[scheme]
    dim, bright = sorted(luminance(colours[name]) for name in ("focus", "paper"))
    assert (bright + 0.05) / (dim + 0.05) >= 3


CHANGING = re.compile(r"paper\.(?:sections|more_sections|indexes|edition|article_count|undated_count)")
#: Partials that are printed once, with what they include, and the pages that are made anew with every change of the paper.
ALLOWED = {"_head.html", "_masthead.html", "_masthead_front.html", "_footer.html", "_sections.html"} | {
    "404.html",
    "archive.html",
    "index.html",
    "data.html",
}


def test_pages_show_of_the_paper_what_builds_expect():
    """Counts and the day of the edition stand only where a build looks for them when an article comes or goes."""
    wrong = [path.name for path in TEMPLATES if CHANGING.search(path.read_text()) and path.name not in ALLOWED]
    assert wrong == []
