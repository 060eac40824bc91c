"""What must not be sent, and what a host would not take: looked at before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from broadsheet.deploy.manifest import Item
from broadsheet.model import Problem

_MIB = 1024 * 1024


class Limits(Struct, frozen=True):
    """What a host takes. ``types``: the extensions it accepts; None is any."""

    name: str
    files: int | None = None
    file_bytes: int | None = None
    bytes: int | None = None
    types: frozenset[str] | None = None
    see: str = ""


#: `host` in [deploy.NAME] → its limits, each with where it is stated.
HOSTS: Final[Mapping[str, Limits]] = {
    "cloudflare": Limits(
        "Cloudflare Pages", 20_000, 25 * _MIB, see="developers.cloudflare.com/pages/platform/limits, 2026"
    ),
    "cloudflare-paid": Limits(
        "Cloudflare Pages", 100_000, 25 * _MIB, see="developers.cloudflare.com/pages/platform/limits, 2026"
    ),
    "github": Limits("GitHub Pages", None, 100 * _MIB, 1024 * _MIB, see="docs.github.com/pages, limits, 2026"),
    "neocities": Limits(
        "Neocities",
        types=frozenset(
            "atom css csv gif html ico jpeg jpg js json jsonl md png rss svg txt webmanifest webp woff2 xml".split()
        ),
        see="neocities.org/site_files/allowed_types, 2026",
    ),
}
_SECRET_NAME = re.compile(
    r"(?:^|/)(?:\.env.*|id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|kdbx|sqlite-wal)|credentials|\.netrc|\.npmrc"
    r"|\.htpasswd|wp-config\.php|broadsheet\.toml|pelicanconf\.py)\Z",
    re.IGNORECASE,
)
_SECRET_TEXT = re.compile(
    rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abprs]-[0-9A-Za-z-]{20,}"
)
_SECRET_MARKS = (b"PRIVATE KEY-----", b"AKIA", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"xox")
_EXAMPLE = re.compile(
    r"https?://(?:localhost|127\.|\[::1\]|[^/]*\.(?:example|test|invalid|local)(?:[:/]|\Z)|example\.)"
)


def problem(path: str, rule: str, message: str, see: str = "") -> Problem:
    """Return an error of the pre-flight check."""
    return Problem(path, 0, "", f"deploy-{rule}", "error", message, see)


def looks_secret(path: str, content: bytes) -> str | None:
    """Return why a file looks like a secret, or None."""
    if _SECRET_NAME.search(path):
        return "its name is that of a secret or a setting"
    head = content[:_MIB]
    found = _SECRET_TEXT.search(head) if any(mark in head for mark in _SECRET_MARKS) else None
    return f"it holds “{found[0][:14].decode()}…”" if found else None


def site_url(url: str) -> Iterator[Problem]:
    """Yield a problem where the site's address is one that no reader can reach."""
    if _EXAMPLE.match(url):
        message = f"The site's address is {url}, which no reader can reach; set [site] url to the paper's own."
        yield problem("broadsheet.toml", "site-url", message, "RFC 6761")


def within_limits(items: Iterable[Item], host: str | None) -> Iterator[Problem]:
    """Yield what ``host`` would not take."""
    if host is None:
        return
    limits, whole, count = HOSTS[host], 0, 0
    for one in items:
        whole, count = whole + one.size, count + 1
        ending = one.path.rsplit(".", 1)[-1].lower()
        if limits.file_bytes is not None and one.size > limits.file_bytes:
            message = f"{one.path} has {one.size:,} bytes; {limits.name} takes {limits.file_bytes:,} a file."
            yield problem(one.path, "file-size", message, limits.see)
        if limits.types is not None and ending not in limits.types:
            yield problem(one.path, "file-type", f"{limits.name} takes no .{ending} files: {one.path}.", limits.see)
    if limits.files is not None and count > limits.files:
        yield problem("", "file-count", f"There are {count:,} files; {limits.name} takes {limits.files:,}.", limits.see)
    if limits.bytes is not None and whole > limits.bytes:
        yield problem(
            "", "whole-size", f"The site has {whole:,} bytes; {limits.name} takes {limits.bytes:,}.", limits.see
        )
