"""An export reads only the articles that are not as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from broadsheet import export
from broadsheet.config import Site
from broadsheet.model import Published


class Known:
    """Articles that are known by a digest; it writes down which of them are read for their rows."""

    def __init__(self, articles: Sequence[Published]) -> None:
        self.articles = articles
        self.read: list[str] = []

    def __iter__(self) -> Iterator[Published]:
        return iter(self.articles)

    def keyed(self) -> Iterator[tuple[bytes, Callable[[], Published]]]:
        """Yield a digest and what reads the article."""
        for one in self.articles:
            yield repr(one).encode(), lambda one=one: self.read.append(one.slug) or one


def everything(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def edited(paper, publish) -> tuple[Published, ...]:
    """Return the paper with another headline and other authors in one article."""
    article = replace(paper[2].article, headline="Ferry very late", authors=paper[0].article.authors[:1])
    return (paper[0], paper[1], publish(article, "ferry"))


def test_an_edit_reads_one_article(paper, edited, site: Site, tmp_path: Path) -> None:
    """After an edit only the edited article is read for its rows."""
    export.write(Known(paper), site, tmp_path / "a")
    again = Known(edited)
    export.write(again, site, tmp_path / "b")
    assert again.read == ["ferry"]


def test_remembered_rows_give_the_same_bytes(paper, edited, site: Site, tmp_path: Path) -> None:
    """An export from memory equals one that read every article."""
    export.write(Known(paper), site, tmp_path / "a")
    export.write(Known(edited), site, tmp_path / "b", ["csv", "json", "jsonl", "sqlite"])
    export.write(edited, site, tmp_path / "c", ["csv", "json", "jsonl", "sqlite"])
    assert everything(tmp_path / "b") == everything(tmp_path / "c")


def test_a_hidden_article_has_no_row(paper, publish, site: Site, tmp_path: Path) -> None:
    """A hidden article is left out, remembered or not."""
    hidden = publish(replace(paper[1].article, status="hidden"), "tides")
    for name in ("a", "b"):
        export.write(Known((paper[0], hidden)), site, tmp_path / name, ["csv"])
    export.write((paper[0],), site, tmp_path / "c", ["csv"])
    assert everything(tmp_path / "a") == everything(tmp_path / "b") == everything(tmp_path / "c")


@pytest.mark.parametrize("name", ["rows.bin", "rows.index"])
def test_a_damaged_memory_is_forgotten(paper, site: Site, tmp_path: Path, name: str) -> None:
    """A flipped bit in what is remembered makes the article be read, never a wrong row."""
    export.write(Known(paper), site, tmp_path / "a")
    file = site.state / name
    raw = bytearray(file.read_bytes())
    raw[20] ^= 1
    file.write_bytes(raw)
    export.write(Known(paper), site, tmp_path / "b")
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_a_broken_off_export_is_no_memory(paper, edited, site: Site, tmp_path: Path) -> None:
    """What an export that failed had remembered does not disturb the next."""
    (site.root / "exporters").mkdir()
    (site.root / "exporters" / "bad.py").write_text(
        'SUFFIX = "x"\nDESCRIPTION = MEDIA_TYPE = "x"\ndef export(articles, out):\n    raise OSError\n'
    )
    with pytest.raises(export.ExporterError):
        export.write(Known(paper), site, tmp_path / "a", ["csv", "bad"])
    for name in ("b", "c"):
        export.write(Known(edited), site, tmp_path / name, ["csv"])
    assert everything(tmp_path / "b") == everything(tmp_path / "c")


def test_the_memory_does_not_grow_for_ever(paper, publish, site: Site, tmp_path: Path) -> None:
    """Many edits leave a file that is not much larger than the rows in use."""
    for number in range(30):
        article = replace(paper[0].article, headline=f"Bridge {number}")
        export.write(Known([publish(article, "bridge")]), site, tmp_path / "a", ["csv"])
    assert (site.state / "rows.bin").stat().st_size < 20_000
