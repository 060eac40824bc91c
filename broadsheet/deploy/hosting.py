"""Files by which static hosts set headers and redirects. See docs/deploy.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from broadsheet.deploy.manifest import DAY, IMMUTABLE, SHORT

_LOADS: Final = (
    "style-src 'self'; img-src 'self' https: data:; font-src 'self'; media-src 'self' https:; manifest-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
#: Nothing runs, nothing is loaded from elsewhere but pictures. JSON-LD blocks are data
#: blocks: a browser does not run them, so that they need no script-src (HTML Standard, 4.12.1).
POLICY: Final = f"default-src 'none'; {_LOADS}"
#: data.html runs our own scripts, from files, and SQLite as WebAssembly; so does its worker, by the policy it came with.
SCRIPTED: Final = (
    f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; {_LOADS}"
)
#: What holds beside `SCRIPTED` where a host can only add policies: of several, each must allow.
NO_SCRIPT: Final = "script-src 'none'; connect-src 'none'; worker-src 'none'"
_PAGES: Final = ("articles", "section", "author", "agency", "place", "tag", "archive", "pages")
_SCRIPTED: Final = r"(?:data\.html|theme/.*|data/.*)"
SECURITY: Final[Mapping[str, str]] = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
#: Kept originals are shown as text and can do nothing.
SOURCES: Final = "default-src 'none'; sandbox"
HASHED: Final = r"\.[0-9a-f]{8,64}\.[a-z0-9]+$"
_ADDRESS = re.compile(r"/?[A-Za-z0-9][A-Za-z0-9._~/-]{0,300}\Z")


def safe_redirects(redirects: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the redirects whose paths can stand in a configuration file as they are.

    Old path → new path, both below the site; None says that the page is gone (410).
    """
    return {
        "/" + old.lstrip("/"): None if new is None else "/" + new.lstrip("/")
        for old, new in sorted(redirects.items())
        if _ADDRESS.match(old) and ".." not in old and (new is None or _ADDRESS.match(new))
    }


def files(base: str, redirects: Mapping[str, str | None]) -> dict[str, str]:
    """Return the host files by name. ``base`` is the path of the site's address: "" or "/sub/path"."""
    moved = safe_redirects(redirects)
    return {
        "_headers": headers(base),
        "_redirects": _redirects(base, moved),
        "netlify.toml": '[build]\npublish = "."\n',
        "nginx.conf": nginx(base, moved),
        "Caddyfile": caddy(base, moved),
    }


def policy_of(path: str) -> str:
    """Return the Content-Security-Policy of a path below the site."""
    if path.startswith("sources/"):
        return SOURCES
    return SCRIPTED if re.fullmatch(_SCRIPTED, path) else POLICY


def headers(base: str = "") -> str:
    """Return the ``_headers`` of Netlify and Cloudflare Pages.

    Where several rules match, both hosts send all their values. So pages are left at
    the hosts' own "max-age=0, must-revalidate", and several policies hold at once.
    """
    lines = [f"{base}/*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    lines.append(f"  Content-Security-Policy: {SCRIPTED}")
    for folder in _PAGES:
        lines += [f"{base}/{folder}/*", f"  Content-Security-Policy: {NO_SCRIPT}"]
    for folder in ("theme", "images", "sources"):
        lines += [f"{base}/{folder}/*", f"  Cache-Control: {DAY}"]
    lines += [f"  Content-Security-Policy: {SOURCES}"]
    return "\n".join(lines) + "\n"


def _redirects(base: str, moved: Mapping[str, str | None]) -> str:
    return "".join(
        f"{base}{old} {base}{new} 301\n" if new is not None else f"{base}{old} {base}/404.html 410\n"
        for old, new in moved.items()
    )


def nginx(base: str, moved: Mapping[str, str | None]) -> str:
    """Return the inside of an nginx ``server`` block."""
    common = [f'add_header {name} "{value}" always;' for name, value in SECURITY.items()]
    plain, scripted, sources = (
        [*common, f'add_header Content-Security-Policy "{policy}" always;'] for policy in (POLICY, SCRIPTED, SOURCES)
    )
    blocks = [
        "# Put this inside server { … } together with root and listen.",
        "charset utf-8;",
        "server_tokens off;",
        "gzip on;",
        "gzip_types text/css application/json application/ld+json application/xml text/csv image/svg+xml;",
        f"error_page 404 {base}/404.html;",
        *(f"location = {base}{old} {{ {_nginx_answer(base, new)} }}" for old, new in moved.items()),
        _block(
            f"location ~ ^{base}/(theme|images)/.*{HASHED}",
            [*scripted, f'add_header Cache-Control "{IMMUTABLE}";'],
        ),
        _block(f"location ~ ^{base}/(theme|images)/", [*scripted, f'add_header Cache-Control "{DAY}";']),
        _block(f"location {base}/sources/", [*sources, f'add_header Cache-Control "{DAY}";']),
        _block(
            f"location ~ ^{base}/articles/[a-z0-9-]+\\.json$",
            [*plain, f'add_header Cache-Control "{SHORT}";', "types { application/ld+json json; }"],
        ),
        _block("location ~ /\\.", ["return 404;"]),
        _block(f"location ~ ^{base}/data(\\.html|/)", [*scripted, f'add_header Cache-Control "{SHORT}";']),
        _block(
            f"location {base}/",
            [*plain, f'add_header Cache-Control "{SHORT}";', "try_files $uri $uri/index.html =404;"],
        ),
    ]
    return "\n".join(blocks) + "\n"


def _nginx_answer(base: str, new: str | None) -> str:
    return "return 410;" if new is None else f"return 301 {base}{new};"


def _block(head: str, lines: Sequence[str]) -> str:
    # A regular expression with braces must stand in quotes in nginx.
    if "{" in head:
        kind, _, expression = head.rpartition(" ")
        head = f'{kind} "{expression}"'
    return "\n".join([f"{head} {{", *(f"    {line}" for line in lines), "}"])


def caddy(base: str, moved: Mapping[str, str | None]) -> str:
    """Return the inside of a Caddy site block. ``route`` keeps the order: the special comes after the general."""
    assets, hashed = f"{base}/theme/* {base}/images/*", f"^{base}/(theme|images)/.*{HASHED}"
    rules = [
        "header {",
        *(f'    {name} "{value}"' for name, value in SECURITY.items()),
        f'    Content-Security-Policy "{POLICY}"',
        f'    Cache-Control "{SHORT}"',
        "}",
        "header -Server",  # apart: a block that deletes is put off and would win over what follows
        f'header @scripted Content-Security-Policy "{SCRIPTED}"',
        f'header @sources Content-Security-Policy "{SOURCES}"',
        f'header @assets Cache-Control "{DAY}"',
        f'header @hashed Cache-Control "{IMMUTABLE}"',
        'header @documents Content-Type "application/ld+json; charset=utf-8"',
        "respond @hidden 404",
        *(f"respond {base}{old} 410" for old, new in moved.items() if new is None),
        *(f"redir {base}{old} {base}{new} permanent" for old, new in moved.items() if new is not None),
        "file_server",
    ]
    lines = [
        "# Put this inside your site block together with root.",
        "encode zstd gzip",
        f"@scripted path {base}/data.html {base}/data/* {base}/theme/*",
        f"@sources path {base}/sources/*",
        f"@assets path {assets} {base}/sources/*",
        f"@hashed path_regexp {hashed}",
        f"@documents path {base}/articles/*.json",
        "@hidden path_regexp /\\.",
        "route {",
        *(f"    {rule}" for rule in rules),
        "}",
        "handle_errors {",
        f"    rewrite * {base}/404.html",
        "    file_server",
        "}",
    ]
    return "\n".join(lines) + "\n"
