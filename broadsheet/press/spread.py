"""Where a file system puts new files: away from those that were deleted a moment ago.

ext4 without a journal, as small virtual machines and containers have it, gives no inode
again within minutes of its deletion, and looks at each of these in turn for every file
that is made near them (``recently_deleted`` in fs/ext4/ialloc.c). To make 20,000 files
where 20,000 were deleted took 7 s of processor time; elsewhere it took 0.5 s. A folder
marked as the top of a tree (``chattr +T``) has its subfolders spread over the disk by
their names. But places that hold few folders are preferred, and those are where earlier
editions stood: so it is timed how long files take there, and while a folder is left in
such a place the next one comes to stand elsewhere.
"""

from __future__ import annotations

import array
import os
import shutil
import time
from pathlib import Path
from typing import Final

QUICK: Final = 30_000  # ns that a system which has no such trouble does not take to make a file: mostly it is 10,000
_SLOW: Final = 2  # files, and a fourth of all, that may take longer: some wait for the disk or for memory
_FILES: Final = 64  # that are made before a place is taken: in the midst of deleted ones the first may be quick
_PLACES: Final = 32  # that are looked at
_TRIED: Final = "tried"
_GETFLAGS: Final = 0x80086601  # FS_IOC_GETFLAGS, FS_IOC_SETFLAGS of linux/fs.h, 64 bits
_SETFLAGS: Final = 0x40086602
_TOPDIR: Final = 0x00020000  # FS_TOPDIR_FL


def spread(folder: Path) -> bool:
    """Ask that subfolders of ``folder`` be spread; tell whether they are. Not every system knows such a thing."""
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    flags = array.array("l", [0])
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.ioctl(descriptor, _GETFLAGS, flags)
        if not flags[0] & _TOPDIR:
            flags[0] |= _TOPDIR
            fcntl.ioctl(descriptor, _SETFLAGS, flags)
    except OSError:  # another file system, or another's folder
        return False
    else:
        return True
    finally:
        os.close(descriptor)


def settle(folder: Path) -> bool:
    """Make ``folder`` where files are made quickly, or least slowly; tell which. Its parent was `spread`.

    The files by which that was found out lie in a folder beside it until `unsettle` is
    called: if they were deleted now, they would be in the way of those to come.
    """
    looked: list[tuple[int, Path]] = []
    while not looked or (looked[-1][0] and len(looked) < _PLACES):
        place = folder.with_name(f"{folder.name}-{len(looked)}")
        place.mkdir()
        looked.append((_slowness(place), place))
    slowness, best = min(looked)
    for _, place in looked:
        if place != best:
            shutil.rmtree(place)
    (best / _TRIED).rename(folder.with_name(f"{folder.name}-{_TRIED}"))
    best.rename(folder)
    return not slowness


def _slowness(folder: Path) -> int:
    """Make files in an empty folder. Return 0 where that is quick, else how long (ns) it takes."""
    tried = folder / _TRIED
    tried.mkdir()
    slow: list[int] = []
    for number in range(_FILES):
        began = time.perf_counter_ns()
        os.close(os.open(f"{tried}/{number}", os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        took = time.perf_counter_ns() - began
        if took > QUICK:
            slow.append(took)
            if len(slow) > _SLOW + number // 4:
                return sorted(slow)[len(slow) // 2]
    return 0


def unsettle(folder: Path) -> None:
    """Remove what was made beside ``folder`` to settle it, and what was made on the way of settling others for it."""
    for other in folder.parent.glob(f"{folder.name}-*"):
        shutil.rmtree(other)
