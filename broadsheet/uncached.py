"""Writing without keeping: what is written does not stay in the system's page cache, where it can be told so.

Memory that was in no one's hands is dear where a virtual machine gives it back to its host: up to 5 ms for each MB
that is taken anew, and a fifth of that where the same memory is used again and again.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Final

CAN: Final = sys.platform == "linux"
_DONTCACHE: Final = 0x80  # RWF_DONTCACHE of pwritev2(2), Linux 6.14
_REFUSED: Final = frozenset({errno.EOPNOTSUPP, errno.EINVAL})


def write(handle: int, data: bytes | memoryview) -> int:
    """Write ``data`` where an open file stands, as `os.write` does; kept where the system cannot help it. Raise OSError."""
    if CAN:
        try:
            return os.pwritev(handle, [data], -1, _DONTCACHE)
        except OSError as error:
            if error.errno not in _REFUSED:
                raise
    return os.write(handle, data)
