"""One deploy: gather, look before sending, compare, guard, send, report."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from broadsheet import __version__
from broadsheet.config import Site
from broadsheet.deploy import hosting, plan, preflight, redirects
from broadsheet.deploy.bundle import Bundle, gather
from broadsheet.deploy.folder import FolderTarget
from broadsheet.deploy.git import GitTarget
from broadsheet.deploy.memory import Memory
from broadsheet.deploy.options import BadTarget, Folder, Git, Options, Rsync, read
from broadsheet.deploy.rsync import RsyncTarget
from broadsheet.deploy.s3 import S3Target
from broadsheet.deploy.target import Busy, Progress, Report, Target
from broadsheet.model import BroadsheetError, Problem

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")


_HASHES, _AUDITED = "deploy-hashes.json", "deploy-audited"
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


class Wish(Struct, frozen=True):
    """How a deploy is to be done."""

    dry: bool = False
    force: bool = False
    fresh: bool = False  # believe nothing that earlier deploys noted: read, audit and list everything
    allow: frozenset[str] = frozenset()  # rules of the pre-flight check that are passed over
    aliases: Callable[[], Mapping[str, str]] = dict  # called for the old paths that front matter names → new ones


def target_of(name: str, site: Site, *, fresh: bool = False) -> tuple[Options, Target]:
    """Return the options and the adapter of ``[deploy.NAME]``. Raise `BadTarget`."""
    options = read(name, site.deploy)
    if isinstance(options, Folder):
        return options, FolderTarget(options)
    if isinstance(options, Git):
        return options, GitTarget(options)
    if isinstance(options, Rsync):
        return options, RsyncTarget(options)
    return options, S3Target(options, fresh=fresh)


def bundle_of(site: Site, output: Path, options: Options, moved: Mapping[str, str | None] | None = None) -> Bundle:
    """Return what is sent to a target: the output and what its host wants beside it."""
    memory, olds = Memory(site.state / _HASHES), dict(moved or {})
    # Netlify shows a file before it follows a rule, so where rules lead on the pages that do are not sent.
    without = redirects.built(output, olds) if options.host in _REDIRECTING else frozenset()
    return gather(output, host_files(site, options, olds), memory, without)


def host_files(site: Site, options: Options, moved: Mapping[str, str | None]) -> dict[str, bytes]:
    """Return the host files that go with the site, by path."""
    made = hosting.files(site.base_path, moved)
    extra: dict[str, str] = {}
    found: dict[str, bytes] = {}
    if options.host not in _REDIRECTING:
        found = redirects.stubs(site, dict(moved))
    if options.host in _REDIRECTING:
        extra |= {name: made[name] for name in ("_headers", "_redirects") if made[name]}
    if isinstance(options, Git):
        extra[".nojekyll"] = ""
        if options.cname is not None:
            if not _DOMAIN.match(options.cname):
                raise BadTarget("git", f"cname must be a domain such as news.example.org, not {options.cname!r}.")
            extra["CNAME"] = options.cname + "\n"
    return {**found, **{name: text.encode() for name, text in extra.items()}}


def forget(site: Site) -> None:
    """Forget what earlier deploys knew of the files of the output."""
    for name in (_HASHES, _AUDITED):
        (site.state / name).unlink(missing_ok=True)


def look(site: Site, bundle: Bundle, options: Options) -> list[Problem]:
    """Return what speaks against sending: secrets, the host's limits, an address no one can reach."""
    found = [*preflight.site_url(site.url), *preflight.within_limits(bundle.items, options.host)]
    for path, why in bundle.secrets.items():
        found.append(preflight.problem(path, "secret", f"{path} looks like a secret: {why}."))
    return found


def audited(site: Site, bundle: Bundle, audit: Callable[[], Sequence[Problem]]) -> Sequence[Problem]:
    """Return what ``audit`` finds in the output; nothing where these very files were found good before."""
    whole = hashlib.sha256(f"{__version__}\n{site.url}\n".encode())
    for one in bundle.items:
        if one.path not in bundle.extra:
            whole.update(f"{one.sha256} {one.path}\n".encode())
    place = site.state / _AUDITED
    if place.is_file() and place.read_bytes() == whole.hexdigest().encode():
        return ()
    found = audit()
    if not found:
        place.write_text(whole.hexdigest(), encoding="utf-8")
    return found


def deploy(
    name: str,
    site: Site,
    output: Path,
    wish: Wish,
    audit: Callable[[], Sequence[Problem]] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Send the built site to the target ``name`` and return what was done.

    ``audit`` is called to read the output back before anything is sent. Raise `Refused`,
    `TooManyRemoved`, `Busy`, `DeployFailed` or `BadTarget`.
    """
    began = time.monotonic()
    options, target = target_of(name, site, fresh=wish.fresh)
    with _alone(site, name):
        if wish.fresh:
            forget(site)
        target.begin()
        moved = redirects.known(site, output, wish.aliases())
        bundle = bundle_of(site, output, options, moved)
        against = [*(audited(site, bundle, audit) if audit is not None else ()), *look(site, bundle, options)]
        against = [one for one in against if one.rule.removeprefix("deploy-") not in wish.allow]
        if against:
            raise Refused(tuple(against))
        todo = target.compare(bundle)
        if not wish.dry:
            plan.guard(todo, force=wish.force)
            target.send(bundle, todo, force=wish.force, progress=progress)
            redirects.remember(site, moved)
    return Report(
        target=name,
        where=target.where,
        dry=wish.dry,
        added=tuple(one.path for one in todo.add),
        changed=tuple(one.path for one in todo.change),
        removed=todo.remove,
        same=todo.same,
        bytes=todo.bytes,
        sizes={one.path: one.size for one in todo.send},
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
