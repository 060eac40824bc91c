"""Datelines and their places: told from colons and dashes that open other sentences."""

from __future__ import annotations

import pytest

from broadsheet.importers import agencies, datelines, places

TEXT = "The council voted on Tuesday to reopen the swing bridge after eleven years."


@pytest.mark.parametrize(
    ("head", "language", "expected"),
    [
        ("BENGHAZI, Libya – ", "en", "BENGHAZI, Libya"),
        ("INDIANAPOLIS (AP) — ", "en", "INDIANAPOLIS"),
        ("BEIRUT/THE HAGUE, March 7 (Reuters) - ", "en", "BEIRUT/THE HAGUE"),
        ("TAMPA, Fla.- ", "en", "TAMPA, Fla."),
        ("ST. LOUIS — ", "en", "ST. LOUIS"),
        ("LONDON: ", "en", "LONDON"),
        ("New Delhi, Dec 4 (PTI) ", "en", "New Delhi"),
        ("MOSCOW, March 5. /TASS/. ", "en", "MOSCOW"),
        ("Berlin (dpa/bb) - ", "de", "Berlin"),
        ("Berlin. ", "de", "Berlin"),
        ("Wien/Berlin (APA/dpa) – ", "de", "Wien/Berlin"),
        ("PARIS, 5 mars (AFP) - ", "fr", "PARIS"),
        ("Madrid, 5 mar (EFE).- ", "es", "Madrid"),
        ("(ANSA) - ROMA, 5 MAR - ", "it", "ROMA"),
        ("【ソウル＝山田太郎】", "ja", "ソウル"),
        ("[서울=뉴시스] 홍길동 기자 = ", "ko", "서울"),
        ("新华社北京4月24日电 ", "zh", "北京"),
    ],
)
def test_dateline_is_found_and_leaves_the_text(head: str, language: str, expected: str) -> None:
    """The dateline is told, and the text begins behind it."""
    found = datelines.split(head + TEXT, language)
    assert found is not None
    assert (found.text, (head + TEXT)[found.end :]) == (expected, TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "Earnings up: the harbour company said on Monday that it would pay a dividend.",
        "Man-made snow covered the slope when the lifts opened on Saturday morning.",
        "BREAKING – the council has voted to reopen the bridge after eleven years.",
        "Thomas. He said that nothing would ever be the same again in this town.",
        "NASA — the space agency — said that the launch had been put off once more.",
        "The mayor (left) said that the bridge would open to traffic on Saturday.",
        "",
        "(((((((((((((((((((((((((((((((((((((((((",
    ],
)
def test_other_heads_are_no_datelines(text: str) -> None:
    """A colon, a dash or a bracket alone makes no dateline."""
    assert datelines.split(text, "en") is None


def test_agency_of_the_dateline() -> None:
    """The bracket's agencies are told, a regional desk with them."""
    found = datelines.split("Kiel (dpa/lno) - " + TEXT, "de")
    assert found is not None
    assert [one.code for one in found.agencies] == ["dpa"]


@pytest.mark.parametrize(
    ("printed", "country", "region"),
    [
        ("BENGHAZI, Libya", "LY", None),
        ("CLEAR LAKE, Iowa", "US", "Iowa"),
        ("SPRINGFIELD, Ill.", "US", "Illinois"),
        ("INDIANAPOLIS", "US", "Indiana"),
        ("Paris, Texas", "US", "Texas"),
        ("Tripolis, Libyen", "LY", None),
        ("ソウル", "KR", None),
    ],
)
def test_place_has_country_and_coordinates(printed: str, country: str, region: str | None) -> None:
    """A printed place is found in the gazetteer with its country, region and coordinates."""
    found = places.find(printed)
    assert found is not None
    assert (found.place.country, found.place.region, found.place.latitude is not None) == (country, region, True)


def test_ambiguous_place_stays_open() -> None:
    """A Springfield without a state gets no coordinates; its readings are listed."""
    found = places.find("SPRINGFIELD")
    assert found is not None
    assert found.place.latitude is None
    assert len(found.candidates) > 2


def test_publishers_country_decides_between_namesakes() -> None:
    """A paper of one country means its own town."""
    found = places.find("Cambridge", home="GB")
    assert found is not None
    assert found.place.country == "GB"


def test_unknown_place_keeps_its_name() -> None:
    """A place the gazetteer lacks is a name, and nothing is made up."""
    found = places.find("Port Ellery")
    assert found is not None
    assert (found.place.name, found.place.country, found.place.latitude) == (
        "Port Ellery",
        None,
        None,
    )


@pytest.mark.parametrize("text", ["AP", "(AP)", "The Associated Press", "Associated Press (AP)", "ap news"])
def test_agency_by_any_name(text: str) -> None:
    """An agency is known by its name, its code and its aliases."""
    found = agencies.find(text)
    assert found is not None
    assert found.name == "Associated Press"


@pytest.mark.parametrize("text", ["will", "pa said", "Ann Lee", ""])
def test_words_are_no_agencies(text: str) -> None:
    """A word that is some agency's code in small letters is a word."""
    assert agencies.find_all(text) == ()
