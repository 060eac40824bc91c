"""Is what was published what the records meant?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from broadsheet.audit import differences, walk
from broadsheet.audit.differences import problem
from broadsheet.model import Problem, Published


def as_meant(output: Path, files: AbstractSet[str], meant: Iterable[Published]) -> Iterator[Problem]:
    """Yield where the published documents are not the records, record by record."""
    wanted: set[str] = set()
    for one in meant:
        wanted.add(one.path)
        if one.path not in files:
            message = f"There is no {one.path} though {one.article.file or one.slug} was to be published."
            yield problem(one.path, "page-missing", message)
            continue
        document, found = walk.document_beside(output, one.path)
        yield from found
        if document is not None:
            name = walk.document_name(one.path)
            yield from differences.graphs(
                document, one.document, name, name, f"the record of {one.article.file or one.slug}"
            )
    for file in sorted(files):
        if (
            walk.is_article(file)
            and file not in wanted
            and walk.tell_forward((output / file).read_bytes(), file) is None
        ):
            yield problem(file, "page-unmeant", f"{file} stands in the output but no record asks for it.")
