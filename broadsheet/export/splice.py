"""Exports after an edit: the files that stand, with the pieces of the edited articles changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from broadsheet.export import changes, describing, sums, whole
from broadsheet.export.charts import Chart, charts
from broadsheet.export.counts import Counts
from broadsheet.export.dataset import Dataset, describe
from broadsheet.export.edits import Edited, UnfitError, amend, edits
from broadsheet.export.files import File
from broadsheet.export.laid import Laid, remember
from broadsheet.export.pieces import repiece
from broadsheet.export.plan import Plan
from broadsheet.export.record import DIGEST, Record
from broadsheet.export.sink import Written
from broadsheet.export.tally import PREVIEW_KEPT, PREVIEW_ROWS, Tally
from broadsheet.model import Problem

#: Position of an article among those that stand in lists, from 0 → its record as it was, and as it is; empty where it is gone.
Replaced = Mapping[int, tuple[Record, Record]]
#: Position of before → records of the articles that come now before the one that stood there.
Inserted = Mapping[int, Sequence[Record]]


def splice(
    plan: Plan,
    laid: Laid,
    before: Path,
    folder: Path,
    replaced: Replaced,
    *,
    inserted: Inserted = MappingProxyType({}),
    problems: Iterable[Problem] | None = None,
) -> tuple[Dataset, Laid, tuple[str, ...]] | None:
    """Write into ``folder`` the files that differ from those in ``before``, which ``laid`` describes.

    Return the dataset, what to remember of it, and the names of what was written; None where that cannot be
    done and all must be assembled: another plan or published version, a format that is not made of pieces, rows
    that articles have in several ways, or files that are not as they were. Without ``problems``, they are as they were.
    """
    known = laid.stands
    same = known.mark == plan.mark and known.compared == changes.stamp(plan.before) and known.changes is not None
    if not same or not plan.spliced:
        return None
    edited = edits(replaced, inserted)
    try:
        return _spliced(plan, laid, before, folder, edited, None if problems is None else tuple(problems))
    except UnfitError:
        return None


def _spliced(
    plan: Plan, laid: Laid, before: Path, folder: Path, edited: list[Edited], problems: tuple[Problem, ...] | None
) -> tuple[Dataset, Laid, tuple[str, ...]]:
    tally = _tally(plan, laid, edited)
    together = sums.amended(laid.sums, edited)
    now = whole.stands(plan, laid.stands, edited, problems, tally.count(plan.articles))
    lengths, written = repiece(plan, laid, together, before, folder, edited)
    written |= whole.rewrite(plan, tally, folder, laid.stands, now, problems or ())
    written |= sums.rewrite(plan, tally, folder, laid.sums, together)
    drawn = charts(tally.counts)
    dataset = describe(plan.site, tally, plan.tables, drawn)
    listed = tuple(_file(one, written, tally) for one in laid.files)
    browse = _file(laid.browse, written, tally) if laid.browse is not None else None
    dataset = replace(dataset, files=listed, browse=browse)
    changed = [one for _, one in now.changes or ()]
    words = describing.told(changed, len(changed), first=plan.before is None)
    dataset, texts = describing.descriptors(dataset, plan.site, words)
    names = (*written, *describing.write_changed(texts | _pictures(drawn, laid), before, folder))
    return dataset, remember(now, together, lengths, dataset, tally), tuple(sorted(names))


def _tally(plan: Plan, laid: Laid, edited: list[Edited]) -> Tally:
    """Return what is known of all articles after an edit. Raise `UnfitError` where the articles were others."""
    tally = laid.tally
    for one in edited:
        start = one.position * DIGEST
        if one.old is not None and laid.digests[start : start + DIGEST] != one.old.digest:
            raise UnfitError
        for record, times in ((one.old, -1), (one.new, 1)):
            if record is not None:
                tally.counts.add(record.facts, times)
                tally.rows.update({t.name: times * n for t, n in zip(plan.ordinary, record.counts, strict=True) if n})
    amend(tally.digests, edited, lambda one: one.digest, DIGEST)
    shown = len(tally.preview)
    seen = [one for one in edited if one.position < shown or (one.old is None and one.position == shown)]
    amend(tally.preview, seen, lambda one: [one.preview])
    del tally.preview[PREVIEW_KEPT:]
    if len(tally.preview) < min(PREVIEW_ROWS, tally.count(plan.articles)):
        raise UnfitError
    tally.counts = Counts().restore(tally.counts.plain())
    return tally


def _pictures(drawn: Iterable[Chart], laid: Laid) -> dict[str, bytes]:
    """Return the charts by file name. Raise `UnfitError` where there are others than before."""
    before = {one.file for one in charts(laid.tally.counts)}
    found = {f"charts/{one.file}": one.source.encode() for one in drawn}
    if {f"charts/{one}" for one in before} != found.keys():
        raise UnfitError
    return found


def _file(one: File, written: Mapping[str, Written], tally: Tally) -> File:
    """Return what is told of a file, written again or not."""
    rows = tally.rows[one.table] if one.table is not None else one.rows
    known = written.get(one.name)
    if known is None:
        return one if one.rows == rows else replace(one, rows=rows)
    return replace(one, bytes=known.bytes, sha256=known.sha256, rows=rows)
