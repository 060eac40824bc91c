"""broadsheet.toml → `Site`. An unknown key is an error with a did-you-mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from broadsheet.config.site import PUBLISHER_PROPERTIES, Build, Exports, License, Site
from broadsheet.model import BroadsheetError, Publisher
from broadsheet.nearest import hint

FILE = "broadsheet.toml"
MAX_BYTES = 256 * 1024


class ConfigError(BroadsheetError):
    """broadsheet.toml cannot be used. ``line`` is 1-based, 0 where unknown."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {self.message}"


_Plain = TypeVar("_Plain", Build, Exports, License)

#: TOML key → attribute, where they differ.
_PUBLISHER_KEYS = {
    "name": "name",
    "legalName": "legal_name",
    "url": "url",
    "logo": "logo",
    "foundingDate": "founding_date",
    "address": "address",
    "sameAs": "same_as",
}
_SITE_KEYS = ("name", "url", "language", "timezone", "description", "place")
_SECTIONS = ("site", "publisher", "build", "exports", "license", "deploy")


def load(root: Path) -> Site:
    """Read ``root/broadsheet.toml``. Raise `ConfigError` with file and line."""
    return _Reader(root).site()


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above ``start`` that holds a broadsheet.toml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


class _Reader:
    """One reading of one file: knows the text, so that an error can name its line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / FILE
        self.text = self._text()
        try:
            self.data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(self.file, self._toml_line(str(error)), f"This is not TOML: {error}.") from error

    def _text(self) -> str:
        try:
            raw = self.file.read_bytes()
        except FileNotFoundError:
            message = "There is no such file. `broadsheet init DIR` makes a site folder, --site names one."
            raise ConfigError(self.file, 0, message) from None
        except OSError as error:
            raise ConfigError(self.file, 0, f"It cannot be read: {error.strerror}.") from error
        if len(raw) > MAX_BYTES:
            raise ConfigError(self.file, 0, f"It is larger than {MAX_BYTES} bytes.")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise ConfigError(self.file, line, "This is not UTF-8; save the file as UTF-8.") from error

    @staticmethod
    def _toml_line(message: str) -> int:
        _, _, tail = message.partition("(at line ")
        number = tail.split(",")[0]
        return int(number) if number.isdigit() else 0

    def error(self, section: str, key: str, message: str) -> ConfigError:
        """Return an error at the line of ``key`` in ``[section]``."""
        inside = not section
        for number, line in enumerate(self.text.splitlines(), 1):
            word = line.strip()
            if word.startswith("["):
                inside = word.strip("[] ") == section
                if inside and not key:
                    return ConfigError(self.file, number, message)
            elif inside and key and word.partition("=")[0].strip().strip("\"'") == key:
                return ConfigError(self.file, number, message)
        return ConfigError(self.file, 0, message)

    def site(self) -> Site:
        self._known("", self.data, _SECTIONS)
        table = self._table("site")
        self._known("site", table, _SITE_KEYS)
        texts = {key: self._text_value("site", table, key) for key in _SITE_KEYS}
        for key in ("name", "url"):
            if not texts[key]:
                raise self.error("site", "", f"[site] has no {key}; a paper needs one.")
        url = self._site_url(str(texts["url"]))
        self._timezone(texts["timezone"])
        stated = {key: value for key, value in texts.items() if value and key != "url"}
        return Site(
            **stated,
            url=url,
            root=self.root,
            publisher=self._publisher(str(texts["name"]), url),
            build=self._plain("build", Build),
            exports=self._plain("exports", Exports),
            license=self._plain("license", License),
            deploy=self._deploy(),
        )

    def _table(self, name: str) -> dict[str, Any]:
        value = self.data.get(name, {})
        if not isinstance(value, dict):
            raise self.error("", name, f"{name} must be a table: write [{name}] on a line of its own.")
        return value

    def _known(self, section: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                where = f" in [{section}]" if section else ""
                raise self.error(
                    section or key, key if section else "", f"Unknown key {key}{where}; {hint(key, known)}"
                )

    def _text_value(self, section: str, table: Mapping[str, Any], key: str) -> str | None:
        value = table.get(key)
        if value is not None and not isinstance(value, str):
            value = value.isoformat() if hasattr(value, "isoformat") else value
        if value is not None and not isinstance(value, str):
            raise self.error(section, key, f"{key} must be text in quotes, not {value!r}.")
        return value

    def _site_url(self, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
            message = f"url must be the paper's full address, such as https://paper.example, not {url!r}."
            raise self.error("site", "url", message)
        return url.rstrip("/")

    def _timezone(self, name: str | None) -> None:
        if name is None:
            return
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            message = f"timezone {name!r} is not an IANA time zone, such as America/Los_Angeles."
            raise self.error("site", "timezone", message) from None

    def _publisher(self, site_name: str, site_url: str) -> Publisher:
        table = self._table("publisher")
        self._known("publisher", table, (*_PUBLISHER_KEYS, *PUBLISHER_PROPERTIES))
        values: dict[str, Any] = {"name": site_name, "url": site_url}
        for key, attribute in _PUBLISHER_KEYS.items():
            value = table.get(key)
            if value is None:
                continue
            if key == "sameAs":
                values[attribute] = self._texts("publisher", key, value)
            elif key == "address" and isinstance(value, dict):
                values[attribute] = value
            else:
                values[attribute] = self._text_value("publisher", table, key)
        extra = {key: table[key] for key in PUBLISHER_PROPERTIES if key in table}
        return Publisher(**values, properties=extra)

    def _texts(self, section: str, key: str, value: object) -> tuple[str, ...]:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self.error(section, key, f"{key} must be a list of texts in quotes, not {value!r}.")
        return tuple(values)

    def _plain(self, section: str, kind: type[_Plain]) -> _Plain:
        """Return a ``kind`` filled from ``[section]``, each value of its default's type."""
        table = self._table(section)
        known = dict(zip(kind.__struct_fields__, kind.__struct_defaults__, strict=True))
        self._known(section, table, tuple(known))
        values: dict[str, Any] = {}
        for key, value in table.items():
            default = known[key]
            if isinstance(default, tuple):
                values[key] = self._texts(section, key, value)
            elif isinstance(default, (bool, int)):
                values[key] = self._number(section, key, value, type(default))
            else:
                values[key] = self._text_value(section, table, key)
        if values.get("press") not in {None, "fast", "stock"}:
            raise self.error(section, "press", f'press must be "fast" or "stock", not {values["press"]!r}.')
        return kind(**values)

    def _number(self, section: str, key: str, value: object, kind: type) -> int:
        if type(value) is not kind or (kind is int and value < 0):  # type: ignore[operator]
            what = "true or false" if kind is bool else "a whole number, 0 or more"
            raise self.error(section, key, f"{key} must be {what}, not {value!r}.")
        return value  # type: ignore[return-value]

    def _deploy(self) -> dict[str, dict[str, Any]]:
        table = self._table("deploy")
        for name, target in table.items():
            if not isinstance(target, dict):
                raise self.error("deploy", name, f"Write the target as a table of its own: [deploy.{name}].")
        return table
