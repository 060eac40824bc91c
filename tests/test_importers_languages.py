"""The language files: every one loads, and its months are read in every form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadsheet.importers import dates, languages

CODES = sorted(path.stem for path in (languages.DATA / "languages").glob("*.toml"))


@pytest.mark.parametrize("code", CODES)
def test_every_form_of_a_month_is_read(code: str) -> None:
    """A day, a month in any printed form and a year are a date."""
    forms = languages.words(code).month_numbers
    wrong = [
        form
        for form, month in forms.items()
        if [one.moment for one in dates.find(f"4 {form} 2026", code)] != [date(2026, month, 4)]
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_words_are_folded(code: str) -> None:
    """Words are kept as they are compared: in small letters, spaces single."""
    words = languages.words(code)
    lists = [value for value in vars(words).values() if isinstance(value, tuple)]
    assert [one for value in lists for one in value if one != languages.fold_word(one)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The council voted on Tuesday to reopen the swing bridge to traffic after years of repairs.", "en"),
        ("Der Stadtrat hat am Dienstag beschlossen, die Drehbrücke wieder für den Verkehr zu öffnen.", "de"),
        ("Byrådet stemte tirsdag for at genåbne svingbroen for trafik efter mange års reparationer.", "da"),
        ("市議会は火曜日、長年の修理を経て旋回橋の通行再開を決めた。橋は来年春に開通する見通しだ。", "ja"),
        ("Городской совет во вторник проголосовал за открытие разводного моста после ремонта.", "ru"),
    ],
)
def test_language_of_a_text(text: str, code: str) -> None:
    """One sentence is enough to tell its language."""
    assert languages.detect(text)[0] == code


@pytest.mark.parametrize("text", ["", "1234", "\ufffd\x00\ud800", "x"])
def test_language_of_nothing(text: str) -> None:
    """A text that tells nothing has no language."""
    assert languages.detect(text)[0] is None


@pytest.mark.parametrize(
    ("code", "file"),
    [("de-CH", "de"), ("nn", "nb"), ("no", "nb"), ("zh_Hant", "zh"), ("qq", "en"), (None, "en"), ("../x", "en")],
)
def test_language_file_of_a_code(code: str | None, file: str) -> None:
    """Any BCP 47 code finds its language's file, else the English one."""
    assert languages.base(code) == file


def test_language_files_are_listed() -> None:
    """The files stand where the documentation says."""
    assert Path(languages.DATA / "languages" / "en.toml").is_file()
