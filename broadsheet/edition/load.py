"""All articles together: `Edition`, what only all of them can have wrong, their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from broadsheet import urls
from broadsheet.config import Site
from broadsheet.config.clock import clock
from broadsheet.edition.files import files
from broadsheet.edition.judge import Held, Judged, Reading, finish, read, settle
from broadsheet.model import Article, Problem, Published


class Edition(Struct, frozen=True):
    """What a site publishes, newest first, undated last; and all that is wrong with its content."""

    published: tuple[Published, ...]
    problems: tuple[Problem, ...]
    judged: tuple[Judged, ...] = ()

    def held(self, why: Held) -> int:
        """Return how many articles are left out for this reason."""
        return sum(one.held == why for one in self.judged)


#: Does a task for each of the files that are named, in order.
Each = Callable[[Sequence[str], Callable[[int], Any]], Iterator[Any]]


def _each(names: Sequence[str], task: Callable[[int], Any]) -> Iterator[Any]:
    return map(task, range(len(names)))


def load(
    site: Site, *, now: datetime | None = None, profiles: Sequence[str] | None = None, each: Each = _each
) -> Edition:
    """Read, address, document and judge every article of ``site``. ``each`` may measure the work on one file."""
    now = now or clock()
    found, refused = files(site)
    names = [path.relative_to(site.root).as_posix() for path in found]
    readings = list(each(names, lambda number: read(found[number], site)))
    slugs = settle(readings)
    wanted = site.build.profiles if profiles is None else profiles

    def judge(number: int) -> Judged:
        one: Reading = readings[number]
        return finish(one, slugs.get(one.file, ""), site, now, wanted)

    judged: list[Judged] = list(each(names, judge))
    problems = [*refused, *(problem for one in judged for problem in one.problems), *crossed(judged)]
    published = [one.published for one in judged if one.published is not None]
    return Edition(tuple(in_order(published)), tuple(sorted(problems)), tuple(judged))


def crossed(judged: Iterable[Judged]) -> list[Problem]:
    """Return the problems that only all articles together can have."""
    published = [one.published for one in judged if one.published is not None]
    slugs = {one.slug for one in published}
    found = []
    for one in published:
        target = one.article.translation_of
        if target is not None and urls.slugify(target) not in slugs:
            message = f"translationOf names {target!r}, and no published article has that slug; correct or remove it."
            found.append(
                Problem(one.article.file or "", 0, "/translationOf", "content/translation", "warning", message)
            )
    return found


def in_order(published: Iterable[Published]) -> list[Published]:
    """Return articles newest first; those of one moment by slug; undated ones last, by slug."""
    return sorted(sorted(published, key=lambda one: one.slug), key=lambda one: when(one.article), reverse=True)


def when(article: Article) -> datetime:
    """Return an instant to sort by: a day counts as its midnight UTC, no date as the year 1."""
    moment = article.published
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    if isinstance(moment, datetime):
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
