"""What a deploy would do: compare what stands there with what was built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from broadsheet.deploy.manifest import ORDER, Item, group_of
from broadsheet.model import BroadsheetError

#: The share of the remote files that may go without --force, once there are more than a few.
MAX_REMOVED = 0.25
_FEW = 8


class TooManyRemoved(BroadsheetError):
    """A deploy would delete a large part of the remote."""

    def __init__(self, removed: int, whole: int) -> None:
        super().__init__(removed, whole)
        self.removed = removed
        self.whole = whole

    def __str__(self) -> str:
        return (
            f"This would delete {self.removed:,} of the {self.whole:,} files there, more than a quarter. "
            "Look at --dry-run; if it is meant, deploy with --force."
        )


class Plan(Struct, frozen=True):
    """The work of one deploy. ``add`` and ``change`` are in the order of sending, ``remove`` in that of deleting."""

    add: tuple[Item, ...] = ()
    change: tuple[Item, ...] = ()
    remove: tuple[str, ...] = ()
    same: int = 0

    @property
    def send(self) -> tuple[Item, ...]:
        """Return everything to send, in a safe order."""
        return tuple(sorted((*self.add, *self.change), key=lambda one: (ORDER.index(one.group), one.path)))

    @property
    def bytes(self) -> int:
        """Return how many bytes are sent."""
        return sum(one.size for one in self.send)

    @property
    def whole(self) -> int:
        """Return how many files stand at the remote now."""
        return self.same + len(self.change) + len(self.remove)

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to do."""
        return not (self.add or self.change or self.remove)


def compare(local: Iterable[Item], remote: Mapping[str, str], fingerprint: Callable[[Item], str]) -> Plan:
    """Return what must be done so that ``remote`` (path → fingerprint) becomes ``local``."""
    items = tuple(local)
    add = tuple(one for one in items if one.path not in remote)
    change = tuple(one for one in items if one.path in remote and remote[one.path] != fingerprint(one))
    stay = {one.path for one in items}
    gone = (path for path in remote if path not in stay)
    return Plan(add, change, removal_order(gone), len(items) - len(add) - len(change))


def removal_order(paths: Iterable[str]) -> tuple[str, ...]:
    """Return paths in the order of deleting: what refers to others goes first."""
    return tuple(sorted(paths, key=lambda path: (-ORDER.index(group_of(path)), path)))


def guard(plan: Plan, *, force: bool) -> None:
    """Raise `TooManyRemoved` where more than a quarter of the remote files would go."""
    if not force and len(plan.remove) > max(_FEW, plan.whole * MAX_REMOVED):
        raise TooManyRemoved(len(plan.remove), plan.whole)
