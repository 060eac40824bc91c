"""Exports after an edit: the files that stand, with the pieces of the edited articles changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from broadsheet.export import changes, describing, whole
from broadsheet.export.charts import charts
from broadsheet.export.dataset import Dataset, describe
from broadsheet.export.files import File
from broadsheet.export.laid import Laid, remember
from broadsheet.export.patch import UnfitError
from broadsheet.export.pieces import Edited, repiece
from broadsheet.export.plan import Plan
from broadsheet.export.record import DIGEST, Record, Recorded
from broadsheet.export.sink import Written
from broadsheet.export.tally import PREVIEW_ROWS, Tally
from broadsheet.model import Problem

#: Position of an article among those that stand in lists, from 0 → its record as it was, and as it is.
Replaced = Mapping[int, tuple[Record, Record]]


def splice(
    plan: Plan, laid: Laid, before: Path, folder: Path, replaced: Replaced, problems: Iterable[Problem] | None = None
) -> tuple[Dataset, Laid, tuple[str, ...]] | None:
    """Write into ``folder`` the files that differ from those in ``before``, which ``laid`` describes.

    Return the dataset, what to remember of it, and the names of what was written; None where that cannot be
    done and all must be assembled: another plan or published version, a format that is not made of pieces, other
    sums over the articles, or files that are not as they were. Without ``problems``, they are as they were.
    """
    edited = _edited(plan, laid, replaced)
    if edited is None:
        return None
    try:
        return _spliced(plan, laid, before, folder, edited, None if problems is None else tuple(problems))
    except UnfitError:
        return None


def _edited(plan: Plan, laid: Laid, replaced: Replaced) -> list[Edited] | None:
    """Return what was edited, in the order of the paper; None where more is touched by it."""
    known = laid.stands
    same = known.mark == plan.mark and known.compared == changes.stamp(plan.before) and known.changes is not None
    if not same or not plan.spliced or not all(map(all, replaced.values())):
        return None
    found = [Edited(at, Recorded(*old), Recorded(*new)) for at, (old, new) in sorted(replaced.items())]
    return found if all(_alone(laid, one) for one in found) else None


def _alone(laid: Laid, one: Edited) -> bool:
    """Tell whether an edit leaves alone all that articles make together."""
    start = one.position * DIGEST
    old, new = one.old, one.new
    known = laid.digests[start : start + DIGEST] == old.digest
    return known and (old.facts, old.distinct, old.shared) == (new.facts, new.distinct, new.shared)


def _spliced(
    plan: Plan, laid: Laid, before: Path, folder: Path, edited: list[Edited], problems: tuple[Problem, ...] | None
) -> tuple[Dataset, Laid, tuple[str, ...]]:
    tally = laid.tally
    for one in edited:
        _tell(plan, tally, one)
    now = whole.stands(plan, laid.stands, edited, problems)
    lengths, written = repiece(plan, laid, before, folder, edited)
    written |= whole.rewrite(plan, tally, folder, laid.stands, now, problems or ())
    dataset = describe(plan.site, tally, plan.tables, charts(tally.counts))
    listed = tuple(_file(one, written, tally) for one in laid.files)
    browse = _file(laid.browse, written, tally) if laid.browse is not None else None
    dataset = replace(dataset, files=listed, browse=browse)
    changed = [one for _, one in now.changes or ()]
    words = describing.told(changed, len(changed), first=plan.before is None)
    dataset, texts = describing.descriptors(dataset, plan.site, words)
    names = (*written, *describing.write_changed(texts, before, folder))
    return dataset, remember(now, lengths, dataset, tally), tuple(sorted(names))


def _tell(plan: Plan, tally: Tally, one: Edited) -> None:
    """Put what is known of an article alone into the sums."""
    start = one.position * DIGEST
    tally.digests[start : start + DIGEST] = one.new.digest
    if one.position < PREVIEW_ROWS:
        tally.preview[one.position] = one.new.preview
    for table, was, now in zip(plan.ordinary, one.old.counts, one.new.counts, strict=True):
        if now != was:
            tally.rows[table.name] += now - was


def _file(one: File, written: Mapping[str, Written], tally: Tally) -> File:
    """Return what is told of a file, written again or not."""
    rows = tally.rows[one.table] if one.table is not None else one.rows
    known = written.get(one.name)
    if known is None:
        return one if one.rows == rows else replace(one, rows=rows)
    return replace(one, bytes=known.bytes, sha256=known.sha256, rows=rows)
