"""Printed dates: read as they stand, with their span; nothing invented."""

# ruff: noqa: DTZ001 - printed times have no zone, and get none
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from broadsheet.importers import dates


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("March 7, 2026", "en", date(2026, 3, 7)),
        ("7 March 2026", "en", date(2026, 3, 7)),
        ("Sept. 7th, 2026", "en", date(2026, 9, 7)),
        ("2026-03-07", "en", date(2026, 3, 7)),
        ("2026-03-07T10:05:00+01:00", "en", datetime(2026, 3, 7, 10, 5, tzinfo=timezone(timedelta(hours=1)))),
        ("March 7, 20267:55 AM UTC", "en", datetime(2026, 3, 7, 7, 55, tzinfo=UTC)),
        ("10:27 AM PST, December 21, 2026", "en", datetime(2026, 12, 21, 10, 27, tzinfo=timezone(timedelta(hours=-8)))),
        ("9 July 2026 at 9:00 p.m. ET", "en", datetime(2026, 7, 9, 21, tzinfo=timezone(timedelta(hours=-4)))),
        ("12.12.2026, 05:07 Uhr", "de", datetime(2026, 12, 12, 5, 7)),
        ("29. September 2026 17.27 Uhr", "de", datetime(2026, 9, 29, 17, 27)),
        ("18 juil. 2026 à 08h01", "fr", datetime(2026, 7, 18, 8, 1)),
        ("4 de marzo de 2026", "es", date(2026, 3, 4)),
        ("søndag 2. februar 2026", "da", date(2026, 2, 2)),
        ("2026. március 5. 10:00", "hu", datetime(2026, 3, 5, 10)),
        ("2026 m. kovo 5 d.", "lt", date(2026, 3, 5)),
        ("8 января 2026, 17:46", "ru", datetime(2026, 1, 8, 17, 46)),
        ("14 Mart 2026", "tr", date(2026, 3, 14)),
        ("5 tháng 3, 2026", "vi", date(2026, 3, 5)),
        ("2026年1月14日 01時28分", "ja", datetime(2026, 1, 14, 1, 28)),
        ("2026年1月14日 午後9時19分", "ja", datetime(2026, 1, 14, 21, 19)),
        ("입력 2026.07.12 22:09", "ko", datetime(2026, 7, 12, 22, 9)),
        ("12 มีนาคม 2569", "th", date(2026, 3, 12)),
    ],
)
def test_printed_date_is_read(text: str, language: str, moment: date) -> None:
    """A date printed in the custom of its language is read as it stands."""
    assert [one.moment for one in dates.find(text, language)] == [moment]


def test_span_is_verbatim() -> None:
    """The span of a date is the very words of the line, without what stands about it."""
    line = "By A. Writer | March 4, 2026 6:30 p.m. | 3 min read"
    assert dates.find(line, "en")[0].text == "March 4, 2026 6:30 p.m."


def test_naive_time_stays_naive() -> None:
    """A time printed without a zone gets none."""
    assert dates.find("March 4, 2026 6:30 p.m.", "en")[0].moment == datetime(2026, 3, 4, 18, 30)


@pytest.mark.parametrize("zone", ["CST", "IST", "BST"])
def test_zone_of_several_meanings_is_not_taken(zone: str) -> None:
    """CST is Chicago, Shanghai and Havana: the time stays naive."""
    moment = dates.find(f"March 4, 2026 6:30 p.m. {zone}", "en")[0].moment
    assert isinstance(moment, datetime)
    assert moment.tzinfo is None


def test_ambiguous_order_keeps_the_other_reading() -> None:
    """03/04/2026 is read in the language's order, and the other reading is kept."""
    assert dates.find("03/04/2026", "en")[0].ambiguous == ("2026-04-03",)


def test_impossible_order_leaves_one_reading() -> None:
    """25/12/2026 can be read one way only, whatever the language's order."""
    assert dates.find("25/12/2026", "en")[0].moment == date(2026, 12, 25)


def test_stated_order_wins() -> None:
    """A page known to print the day first is read so."""
    assert dates.find("03/04/2026", "en", "dmy")[0].moment == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text", ["two hours ago", "on Wednesday", "Aug. 1", "in 2026", "version 1.2.3", "30/02/2026", "score 3-2", "2026"]
)
def test_what_is_no_full_date_gives_none(text: str) -> None:
    """Relative, partial and impossible dates are no dates."""
    assert not dates.find(text, "en")


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("Published March 4, 2026 Updated March 5, 2026", "en", ["published", "updated"]),
        ("05.04.2026 - Güncelleme : 06.04.2026", "tr", [None, "updated"]),
        ("公開日：2026/01/31 11:30　更新日：2026/01/31 12:30", "ja", ["published", "updated"]),
        ("Publié le 18 juil. 2026 à 08:01 Mis à jour le 18 juil. 2026 à 09:02", "fr", ["published", "updated"]),
    ],
)
def test_label_tells_publication_from_update(text: str, language: str, kinds: list[str | None]) -> None:
    """What stands beside a date says whether it is the publication's or the last change's."""
    assert [one.kind for one in dates.find(text, language)] == kinds
