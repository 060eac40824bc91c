"""One deploy: gather, look before sending, compare, guard, send, report."""

from __future__ import annotations

import contextlib
import fcntl
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.config import Site
from broadsheet.deploy import hosting, plan, preflight
from broadsheet.deploy.bundle import Bundle, gather
from broadsheet.deploy.folder import FolderTarget
from broadsheet.deploy.git import GitTarget
from broadsheet.deploy.options import BadTarget, Folder, Git, Options, Rsync, read
from broadsheet.deploy.redirects import stubs
from broadsheet.deploy.rsync import RsyncTarget
from broadsheet.deploy.s3 import S3Target
from broadsheet.deploy.target import Busy, Progress, Report, Target
from broadsheet.model import BroadsheetError, Problem

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")


#: Hosts that read _headers and _redirects.
_REDIRECTING = frozenset({"netlify", "cloudflare", "cloudflare-paid"})


class Refused(BroadsheetError):
    """Something in the site must not be sent."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        rules = sorted({one.rule.removeprefix("deploy-") for one in self.problems})
        return f"Nothing was sent, because of what is told above. If it is meant: {' '.join(f'--allow {rule}' for rule in rules)}"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a deploy is to be done."""

    dry: bool = False
    force: bool = False
    allow: frozenset[str] = frozenset()  # rules of the pre-flight check that are passed over
    redirects: Mapping[str, str | None] = field(default_factory=dict)  # old path → new one, None: gone


def target_of(name: str, site: Site) -> tuple[Options, Target]:
    """Return the options and the adapter of ``[deploy.NAME]``. Raise `BadTarget`."""
    options = read(name, site.deploy)
    if isinstance(options, Folder):
        return options, FolderTarget(options)
    if isinstance(options, Git):
        return options, GitTarget(options)
    if isinstance(options, Rsync):
        return options, RsyncTarget(options)
    return options, S3Target(options)


def bundle_of(site: Site, output: Path, options: Options, redirects: Mapping[str, str | None] | None = None) -> Bundle:
    """Return what is sent to a target: the output and what its host wants beside it."""
    return gather(output, host_files(site, options, redirects or {}))


def host_files(site: Site, options: Options, redirects: Mapping[str, str | None]) -> dict[str, bytes]:
    """Return the host files that go with the site, by path."""
    made = hosting.files(site.base_path, redirects)
    extra: dict[str, str] = {}
    found: dict[str, bytes] = {}
    if options.host not in _REDIRECTING:
        found = stubs(site, dict(redirects))
    if options.host in _REDIRECTING:
        extra |= {name: made[name] for name in ("_headers", "_redirects") if made[name]}
    if isinstance(options, Git):
        extra[".nojekyll"] = ""
        if options.cname is not None:
            if not _DOMAIN.match(options.cname):
                raise BadTarget("git", f"cname must be a domain such as news.example.org, not {options.cname!r}.")
            extra["CNAME"] = options.cname + "\n"
    return {**found, **{name: text.encode() for name, text in extra.items()}}


def look(site: Site, bundle: Bundle, options: Options) -> list[Problem]:
    """Return what speaks against sending: secrets, the host's limits, an address no one can reach."""
    found = [*preflight.site_url(site.url), *preflight.within_limits(bundle.items, options.host)]
    for one in bundle.items:
        why = preflight.looks_secret(one.path, bundle.content(one.path))
        if why is not None:
            found.append(preflight.problem(one.path, "secret", f"{one.path} looks like a secret: {why}."))
    return found


def deploy(
    name: str,
    site: Site,
    output: Path,
    wish: Wish,
    problems: tuple[Problem, ...] = (),
    progress: Progress | None = None,
) -> Report:
    """Send the built site to the target ``name`` and return what was done.

    ``problems`` are those that the audit found. Raise `Refused`, `TooManyRemoved`,
    `Busy`, `DeployFailed` or `BadTarget`.
    """
    began = time.monotonic()
    options, target = target_of(name, site)
    bundle = bundle_of(site, output, options, wish.redirects)
    against = [*problems, *look(site, bundle, options)]
    against = [one for one in against if one.rule.removeprefix("deploy-") not in wish.allow]
    if against:
        raise Refused(tuple(against))
    with _alone(site, name):
        todo = target.compare(bundle)
        if not wish.dry:
            plan.guard(todo, force=wish.force)
            target.send(bundle, todo, force=wish.force, progress=progress)
    return Report(
        target=name,
        where=target.where,
        dry=wish.dry,
        added=tuple(one.path for one in todo.add),
        changed=tuple(one.path for one in todo.change),
        removed=todo.remove,
        same=todo.same,
        bytes=todo.bytes,
        seconds=round(time.monotonic() - began, 2),
    )


@contextlib.contextmanager
def _alone(site: Site, name: str) -> Iterator[None]:
    """Keep a second deploy of this site to this target waiting outside."""
    site.state.mkdir(exist_ok=True)
    with (site.state / f"deploy-{_file_name(name)}.lock").open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(name, "on this machine") from None
        yield


def _file_name(name: str) -> str:
    """Return a target's name as it may stand in a file name."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)[:60]
