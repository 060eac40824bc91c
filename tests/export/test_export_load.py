"""A site's own exporters, and the mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import export
from broadsheet.config import Site
from broadsheet.fields import MissingExtra, require

HEAD = 'SUFFIX = "txt"\nDESCRIPTION = "Headlines."\nMEDIA_TYPE = "text/plain"\n'


@pytest.fixture
def own(site: Site):
    """Return what writes an exporter of the site."""
    folder = site.root / "exporters"
    folder.mkdir()

    def write(text: str, name: str = "headlines.py") -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_own_exporter_runs(own, paper, site: Site, tmp_path: Path) -> None:
    """A module dropped into exporters/ is a format."""
    own(
        HEAD
        + 'def export(articles, out):\n    for one in articles:\n        out.write(f"{one.article.headline}\\n".encode())\n'
    )
    export.write(paper, site, tmp_path, ["headlines"])
    assert (tmp_path / "articles.txt").read_text() == "Swing bridge reopens\nTide tables\nFerry late\n"


def test_an_own_exporter_wins_over_a_shipped_one(own, site: Site) -> None:
    """Yours, else ours: csv.py of the site stands for csv_.py."""
    own(HEAD + "def export(articles, out): ...\n", "csv.py")
    assert export.load("csv", site.root).suffix == "txt"


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("def export(articles, out):\n    for one in articles:\n        one.article.nope\n", 6, "AttributeError"),
        ("def export(articles, out)\n    pass\n", 4, "SyntaxError"),
        ("import no_such_module\n", 4, "ModuleNotFoundError"),
        ("def export(articles, out):\n    out.write('text')\n", 5, "TypeError"),
        ("", 1, "An exporter needs a function export"),
    ],
)
def test_a_mistake_names_file_and_line(
    own, paper, site: Site, tmp_path: Path, body: str, line: int, message: str
) -> None:
    """What goes wrong in an own exporter is told with its file and line."""
    path = own(HEAD + body)
    with pytest.raises(export.ExporterError) as caught:
        export.write(paper, site, tmp_path, ["headlines"])
    assert str(caught.value).startswith(f"{path}:{line}: {message}")


def test_a_failed_export_leaves_the_old_file(own, paper, site: Site, tmp_path: Path) -> None:
    """A file is written whole or what stood there stays."""
    (tmp_path / "articles.txt").write_text("old")
    own(HEAD + "def export(articles, out):\n    out.write(b'half')\n    raise OSError('disk full')\n")
    with pytest.raises(export.ExporterError):
        export.write(paper, site, tmp_path, ["headlines"])
    assert [(path.name, path.read_text()) for path in tmp_path.glob("*.txt")] == [("articles.txt", "old")]


@pytest.mark.parametrize("suffix", ["../x", "a/b", "", "..", "x\\0"])
def test_a_suffix_cannot_leave_the_folder(own, site: Site, suffix: str) -> None:
    """A format cannot write outside its folder."""
    own(f'SUFFIX = "{suffix}"\nDESCRIPTION = MEDIA_TYPE = "x"\ndef export(articles, out): ...\n')
    with pytest.raises(export.ExporterError, match="cannot end a file name"):
        export.load("headlines", site.root)


def test_a_missing_text_is_told(own, site: Site) -> None:
    """An exporter without SUFFIX is told what to write."""
    own("def export(articles, out): ...\n")
    with pytest.raises(export.ExporterError, match='write SUFFIX = "csv"'):
        export.load("headlines", site.root)


def test_an_unknown_format_gets_a_hint(site: Site) -> None:
    """A slip of the pen gets a did-you-mean."""
    with pytest.raises(export.ExporterError, match="There is no export format 'cvs'; did you mean csv"):
        export.load("cvs", site.root)


def test_a_missing_library_names_the_command() -> None:
    """An optional format says how to install what it needs."""
    with pytest.raises(
        MissingExtra, match=r"no_such_library is not installed; run: pip install 'broadsheet\[parquet\]'"
    ):
        require("no_such_library", "parquet")


def test_a_closed_pipe_is_no_mistake_of_an_exporter(own, paper, site: Site, tmp_path: Path) -> None:
    """What the machine refuses passes as it is; the command line says it in its own way."""
    own(HEAD + "def export(articles, out):\n    raise BrokenPipeError(32, 'Broken pipe')\n")
    with pytest.raises(BrokenPipeError):
        export.write(paper, site, tmp_path, ["headlines"])
