"""What every kind of target offers, and the errors that all share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct, field

from broadsheet.deploy.bundle import Bundle
from broadsheet.deploy.plan import Plan
from broadsheet.model import BroadsheetError

Progress = Callable[[int, int], None]  # files done, files in all


class DeployFailed(BroadsheetError):
    """A target that cannot be reached or written. ``told`` is one sentence without any credential."""

    def __init__(self, where: str, told: str) -> None:
        super().__init__(where, told)
        self.where = where
        self.told = told

    def __str__(self) -> str:
        return f"{self.where}: {self.told}"


class Busy(BroadsheetError):
    """Another deploy to this target is running."""

    def __init__(self, where: str, who: str) -> None:
        super().__init__(where, who)
        self.where = where
        self.who = who

    def __str__(self) -> str:
        return f"{self.where}: another deploy is running ({self.who}). Wait for it, or take its lock with --force."


class Target(Protocol):
    """One place to deploy to."""

    @property
    def where(self) -> str:
        """Return what to call the place in messages, without credentials."""

    def begin(self) -> None:
        """Begin to ask what stands there, where that takes a while; `compare` waits for the answer."""

    def compare(self, bundle: Bundle) -> Plan:
        """Return what must be done so that the place holds the bundle. Raise `DeployFailed`."""

    def send(self, bundle: Bundle, plan: Plan, *, force: bool, progress: Progress | None) -> None:
        """Carry ``plan`` out in a safe order. Raise `DeployFailed` or `Busy`."""


class Report(Struct, frozen=True):
    """What a deploy did, or with ``dry`` would do. Paths are below the site."""

    target: str
    where: str
    dry: bool
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: int = 0
    bytes: int = 0
    seconds: float = 0.0
    sizes: Mapping[str, int] = field(default_factory=dict)  # bytes of each file added or changed
    notes: tuple[str, ...] = field(default_factory=tuple)
