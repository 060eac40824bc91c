"""``[deploy.NAME]`` in broadsheet.toml → the options of one target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from broadsheet.deploy.preflight import HOSTS
from broadsheet.model import BroadsheetError
from broadsheet.nearest import hint


class BadTarget(BroadsheetError):
    """A target that broadsheet.toml does not describe rightly."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, message)
        self.name = name
        self.message = message

    def __str__(self) -> str:
        return f"[deploy.{self.name}]: {self.message}"


class S3(Struct, frozen=True):
    """``kind = "s3"``: a bucket of S3 or of a host that speaks S3. Credentials come from the environment."""

    bucket: str
    prefix: str = ""  # below which the site stands in the bucket
    endpoint: str | None = None  # address of the host; without it, Amazon's
    region: str | None = None
    cdn: str | None = None  # id of a CloudFront distribution whose changed paths are invalidated
    host: str | None = None
    jobs: int = 16  # files sent at once


class Git(Struct, frozen=True):
    """``kind = "git"``: a branch of a repository, as GitHub Pages, Codeberg and GitLab serve it."""

    remote: str  # address or path of the repository
    branch: str = "gh-pages"
    cname: str | None = None  # the domain, written to CNAME
    host: str | None = None


class Rsync(Struct, frozen=True):
    """``kind = "rsync"``: a folder on a machine that one reaches by ssh."""

    path: str  # folder on that machine
    server: str | None = None  # "user@machine"; without it, this machine
    host: str | None = None


class Folder(Struct, frozen=True):
    """``kind = "folder"``: a folder of this machine, swapped in whole."""

    path: str  # what the web server serves: becomes a symbolic link to the newest release
    keep: int = 5  # releases that stay for `--rollback`
    host: str | None = None


Options = S3 | Git | Rsync | Folder
KINDS: Mapping[str, type[Options]] = {"s3": S3, "git": Git, "rsync": Rsync, "folder": Folder}


def read(name: str, targets: Mapping[str, Mapping[str, Any]]) -> Options:
    """Return the options of the target ``name``. Raise `BadTarget`."""
    if name not in targets:
        known = f"there are: {', '.join(targets)}" if targets else f"add a section [deploy.{name}]"
        raise BadTarget(name, f"There is no such target in broadsheet.toml; {known}.")
    table = dict(targets[name])
    kind = table.pop("kind", None)
    if kind not in KINDS:
        raise BadTarget(name, f"kind must be one of {', '.join(KINDS)}, not {kind!r}.")
    options = KINDS[kind]
    known_keys = {one.name: one for one in fields(options)}
    for key, value in table.items():
        if key not in known_keys:
            raise BadTarget(name, f"Unknown key {key}; {hint(key, known_keys)}")
        wanted = int if isinstance(known_keys[key].default, int) else str
        if type(value) is not wanted:
            raise BadTarget(name, f"{key} must be {'a number' if wanted is int else 'text in quotes'}, not {value!r}.")
    for key, one in known_keys.items():
        if one.required and not table.get(key):
            raise BadTarget(name, f"A target of kind {kind} needs {key}.")
    if table.get("host") not in {None, *HOSTS, "netlify"}:
        raise BadTarget(name, f"host must be one of {', '.join(HOSTS)}, netlify, not {table['host']!r}.")
    return options(**table)
