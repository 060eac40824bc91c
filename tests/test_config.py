"""broadsheet.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import config

SITE = '[site]\nname = "Gazette"\nurl = "https://gazette.example/sub/"\n'


def _load(folder: Path, text: str) -> config.Site:
    (folder / "broadsheet.toml").write_text(text, encoding="utf-8")
    return config.load(folder)


def _error(folder: Path, text: str) -> str:
    with pytest.raises(config.ConfigError) as caught:
        _load(folder, text)
    return str(caught.value)


def test_the_address_loses_its_last_slash(tmp_path: Path) -> None:
    """Paths are added with a slash of their own."""
    assert _load(tmp_path, SITE).url == "https://gazette.example/sub"


def test_the_sub_path_is_known(tmp_path: Path) -> None:
    """A site below a sub-path knows it."""
    assert _load(tmp_path, SITE).base_path == "/sub"


def test_the_publisher_takes_the_name_of_the_site(tmp_path: Path) -> None:
    """A paper that names no publisher publishes itself."""
    assert _load(tmp_path, SITE).publisher.name == "Gazette"


def test_a_policy_address_is_kept(tmp_path: Path) -> None:
    """Policy addresses are schema.org properties of the publisher."""
    site = _load(tmp_path, SITE + '[publisher]\nethicsPolicy = "https://gazette.example/ethics"\n')
    assert site.publisher.properties == {"ethicsPolicy": "https://gazette.example/ethics"}


def test_a_toml_date_is_a_founding_date(tmp_path: Path) -> None:
    """TOML has dates of its own; they need no quotes."""
    assert _load(tmp_path, SITE + "[publisher]\nfoundingDate = 1883-05-19\n").publisher.founding_date == "1883-05-19"


def test_an_unknown_key_names_its_line_and_its_neighbour(tmp_path: Path) -> None:
    """A slip of the pen is an error with a did-you-mean."""
    message = _error(tmp_path, SITE + '[publisher]\nlegalname = "x"\n')
    assert message.endswith("broadsheet.toml:5: Unknown key legalname in [publisher]; did you mean legalName?")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[sight]\n", "did you mean site?"),
        ('[site]\nname = "x"\n', "has no url"),
        ('[site]\nname = "x"\nurl = "gazette.example"\n', "full address"),
        (SITE + 'timezone = "Mars/Olympus"\n', "IANA time zone"),
        (SITE + '[build]\njobs = "two"\n', "whole number"),
        (SITE + "[build]\nfuture = 1\n", "true or false"),
        (SITE + '[build]\npress = "slow"\n', '"fast" or "stock"'),
        (SITE + "[exports]\nformats = [1]\n", "list of texts"),
        ("[site\n", "not TOML"),
    ],
)
def test_a_mistake_is_told_plainly(tmp_path: Path, text: str, part: str) -> None:
    """Each kind of mistake has a sentence that says what to write."""
    assert part in _error(tmp_path, text)


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    """Who has no configuration is told about `init`."""
    with pytest.raises(config.ConfigError, match="broadsheet init DIR"):
        config.load(tmp_path)


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    """Latin-1 is not guessed at."""
    (tmp_path / "broadsheet.toml").write_bytes(b'[site]\nname = "Caf\xe9"\n')
    with pytest.raises(config.ConfigError, match="toml:2: This is not UTF-8"):
        config.load(tmp_path)


def test_the_site_folder_is_found_from_below(tmp_path: Path) -> None:
    """A command that runs inside content/ finds its site."""
    _load(tmp_path, SITE)
    (tmp_path / "content" / "news").mkdir(parents=True)
    assert config.find_root(tmp_path / "content" / "news") == tmp_path
