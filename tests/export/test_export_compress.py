"""Large files are compressed too."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from msgspec.structs import replace

from broadsheet import export
from broadsheet.config import Site
from broadsheet.export import compress


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file of 1500 bytes count as large."""
    monkeypatch.setattr(compress, "LARGE", 1500)


def squeezed(site: Site, *ways: str) -> Site:
    """Return the site with [exports] compress."""
    return replace(site, exports=replace(site.exports, compress=ways))


@pytest.mark.usefixtures("small")
def test_large_files_have_a_copy(paper, site: Site, tmp_path: Path) -> None:
    """A large file has a .gz that holds the same bytes; a small one has none."""
    export.write(paper, squeezed(site, "gz"), tmp_path, ["csv"])
    assert {path.name: gzip.decompress(path.read_bytes()) for path in tmp_path.glob("*.gz")} == {
        "articles.csv.gz": (tmp_path / "articles.csv").read_bytes()
    }


@pytest.mark.usefixtures("small")
def test_zst_is_listed_with_its_hash(paper, site: Site, tmp_path: Path) -> None:
    """A compressed copy is a file of the dataset."""
    pytest.importorskip("zstandard")
    dataset = export.write(paper, squeezed(site, "zst"), tmp_path, ["csv"])
    packed = next(one for one in dataset.files if one.name == "articles.csv.zst")
    assert f"{packed.sha256}  articles.csv.zst\n" in (tmp_path / "SHA256SUMS").read_text()


def test_nothing_small_is_compressed(paper, site: Site, tmp_path: Path) -> None:
    """Files under a megabyte stand alone."""
    export.write(paper, squeezed(site, "gz"), tmp_path, ["csv"])
    assert list(tmp_path.glob("*.gz")) == []


def test_an_unknown_compression_is_told(paper, site: Site, tmp_path: Path) -> None:
    """A slip in [exports] compress stops the export with what there is."""
    with pytest.raises(compress.UnknownCompressionError, match='knows "gz" and "zst", not \'rar\''):
        export.write(paper, squeezed(site, "rar"), tmp_path, ["csv"])
