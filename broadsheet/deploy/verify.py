"""Read the live site back: what is served must be what was built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from broadsheet.deploy.hosting import SECURITY, policy_of
from broadsheet.deploy.manifest import Item
from broadsheet.deploy.preflight import problem
from broadsheet.deploy.target import Progress
from broadsheet.model import Problem

_SECONDS = 30
_AGENT = "broadsheet-verify"


def verify(
    items: Iterable[Item], url: str, *, headers: bool = False, jobs: int = 8, progress: Progress | None = None
) -> list[Problem]:
    """Fetch every file below ``url`` and return what is served otherwise than it was built.

    ``headers``: pages must come with the security headers of docs/deploy.md too, which
    not every host can send.
    """
    wanted = list(items)
    found: list[Problem] = []
    with ThreadPoolExecutor(jobs) as pool:
        for number, told in enumerate(pool.map(lambda one: list(_check(one, url, headers=headers)), wanted), 1):
            found += told
            if progress is not None:
                progress(number, len(wanted))
    return found


def _check(one: Item, url: str, *, headers: bool) -> Iterator[Problem]:
    address = f"{url}/{quote(one.path)}"
    try:
        with urlopen(Request(address, headers={"User-Agent": _AGENT}), timeout=_SECONDS) as answer:  # noqa: S310 - the site's own http(s) address
            body, served = answer.read(one.size + 1), answer.headers
    except HTTPError as error:
        yield problem(one.path, "not-served", f"{address} answers {error.code} instead of the file that was built.")
        return
    except (URLError, OSError) as error:
        yield problem(one.path, "not-served", f"{address} cannot be reached: {getattr(error, 'reason', error)}.")
        return
    if hashlib.sha256(body).hexdigest() != one.sha256:
        yield problem(
            one.path, "served-otherwise", f"{address} serves other bytes than were built; a cache may be old."
        )
    kind = (served.get("Content-Type") or "nothing").partition(";")[0].strip()
    if one.path.endswith(".html") and kind != "text/html":
        yield problem(one.path, "served-as", f"{address} is served as {kind}, not text/html.")
    if headers and one.path.endswith(".html"):
        for name, value in {**SECURITY, "Content-Security-Policy": policy_of(one.path)}.items():
            if served.get(name) != value:
                yield problem(one.path, "header", f"{address} comes with {name}: {served.get(name) or 'nothing'}.")
