"""What is known of all articles of an export together: counts, the version's hash, the preview."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Final

from msgspec import Struct, field

from broadsheet.export.counts import Counts
from broadsheet.fields import Table

#: Rows of the preview on the data page.
PREVIEW_ROWS: Final = 25
#: Those that are kept, so that one may go.
PREVIEW_KEPT: Final = 2 * PREVIEW_ROWS


class Tally(Struct):
    """Sums over the articles, in the order of the paper."""

    counts: Counts = field(default_factory=Counts)
    digests: bytearray = field(default_factory=bytearray)  # those of the records, one after another
    preview: list[bytes] = field(default_factory=list)  # of the first `PREVIEW_KEPT` records
    rows: Counter[str] = field(default_factory=Counter)  # table → its rows

    @property
    def digest(self) -> str:
        """Return the SHA-256 over the hashes of the rows of the articles, lower-case hex."""
        return hashlib.sha256(self.digests).hexdigest()

    def count(self, table: Table) -> int:
        """Return the number of rows of one table."""
        return self.rows[table.name]
