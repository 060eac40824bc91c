"""``s3``: a bucket, compared by the MD5 that S3 lists, sent by many threads, deleted last."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from typing import Final

from broadsheet.deploy import note
from broadsheet.deploy.bucket import Bucket, S3Error
from broadsheet.deploy.bundle import Bundle
from broadsheet.deploy.manifest import ORDER, Item
from broadsheet.deploy.note import Note
from broadsheet.deploy.options import S3
from broadsheet.deploy.plan import Plan, compare
from broadsheet.deploy.target import Busy, DeployFailed, Progress
from broadsheet.model import BroadsheetError

#: What we keep in the bucket beside the site: who is deploying, and by which header rules it was sent.
LOCK: Final = ".broadsheet-lock"
RULES: Final = ".broadsheet-rules"
_OURS = {LOCK, RULES}
_STALE = 3600  # seconds after which a lock is taken over
_BATCH = 1000  # keys of one delete request

#: What stands there (path → MD5), None where it need not be listed; and the note of the last deploy.
_Answer = Future[tuple[dict[str, str] | None, Note]]


class MissingBoto(BroadsheetError):
    """The library that speaks to CloudFront is not installed."""

    def __str__(self) -> str:
        return "boto3 is not installed; run: pip install 'broadsheet[s3]'"


class S3Target:
    """Serve a bucket, or what stands below a prefix in it."""

    def __init__(self, options: S3, *, fresh: bool = False) -> None:
        self.options = options
        self.fresh = fresh  # list what stands there, whatever the last deploy noted
        self.prefix = options.prefix.strip("/") + "/" if options.prefix.strip("/") else ""
        self._bucket = Bucket(options)
        self._remote: frozenset[str] = frozenset()  # what stood there when it was compared
        self._sent: dict[str, str] = {}  # the rules, and which deploy wrote them
        self._asked: _Answer | None = None

    @property
    def where(self) -> str:
        """Return what to call the place."""
        return f"s3://{self.options.bucket}/{self.prefix}"

    def begin(self) -> None:
        """Begin to ask the bucket, in a thread that no one need wait for."""
        self._asked = self._begin()

    def _begin(self) -> _Answer:
        asked: _Answer = Future()
        threading.Thread(target=self._ask, args=(asked,), daemon=True).start()
        return asked

    def compare(self, bundle: Bundle) -> Plan:
        """Return what differs from the bundle, by content.

        Where the last deploy noted that it left just these files, that is believed for a
        day; in all other cases the bucket is listed.
        """
        with self._told():
            remote, self._sent = (self._asked or self._begin()).result()
            if remote is None and note.same(self._sent, bundle.items):
                return Plan(same=len(bundle.items))
            remote = dict(self._listed()) if remote is None else remote
        for name in _OURS:
            remote.pop(name, None)
        self._remote = frozenset(remote)
        # A file that was sent with other headers is sent again, whatever its content.
        return compare(bundle.items, remote, lambda one: one.md5 if note.sent_alike(one, self._sent) else "")

    def send(self, bundle: Bundle, plan: Plan, *, force: bool, progress: Progress | None) -> None:
        """Send group by group, then delete; hold the lock in the bucket meanwhile."""
        if plan.empty:
            return
        with self._told(), self._locked(force=force):
            sent = self._rules()
            if sent != self._sent and not force:
                raise DeployFailed(self.where, "Another deploy ran meanwhile; deploy again.")
            wanted = note.wanted(bundle.items)
            standing = {key for key, _ in (note.rule(one) for one in bundle.items if one.path in self._remote)}
            # Until the end only those rules are noted that no file there contradicts, so that
            # an interrupted deploy goes on where it was and leaves no old headers behind.
            sure = {
                key: value
                for key, value in wanted.items()
                if key == note.DEPLOY or (sent.get(key, value) == value and (key in sent or key not in standing))
            }
            self._put_own(RULES, json.dumps(sure, sort_keys=True))
            done = 0
            for group in ORDER:
                items = [one for one in plan.send if one.group == group]
                for _ in self._put_all(bundle, items):
                    done += 1
                    if progress is not None:
                        progress(done, len(plan.send))
            if plan.remove:
                self._put_own(RULES, json.dumps(wanted, sort_keys=True))
            for start in range(0, len(plan.remove), _BATCH):
                self._delete(plan.remove[start : start + _BATCH])
            self._put_own(RULES, json.dumps(note.finished(wanted, bundle.items), sort_keys=True))
        if self.options.cdn:
            self._invalidate(plan)

    def _ask(self, asked: _Answer) -> None:
        try:
            found = self._rules()
            believed = note.trusted(found) and not self.fresh
            asked.set_result((None if believed else dict(self._listed()), found))
        except Exception as error:  # noqa: BLE001 - carried to the thread that waits for it
            asked.set_exception(error)

    def _listed(self) -> Iterator[tuple[str, str]]:
        return ((key[len(self.prefix) :], etag) for key, etag in self._bucket.listed(self.prefix))

    def _put_all(self, bundle: Bundle, items: Sequence[Item]) -> Iterator[None]:
        """Send items at once, each whole or not at all; the first error ends it."""
        with ThreadPoolExecutor(self.options.jobs) as pool:
            work = [pool.submit(self._put, bundle, one) for one in items]
            try:
                for done in as_completed(work):
                    done.result()
                    yield
            finally:
                pool.shutdown(cancel_futures=True)

    def _put(self, bundle: Bundle, one: Item) -> None:
        headers = {"Content-Type": one.media_type, "Cache-Control": one.cache}
        self._bucket.put(self.prefix + one.path, bundle.content(one.path), one.sha256, headers)

    def _put_own(self, name: str, text: str) -> None:
        body = text.encode()
        self._bucket.put(self.prefix + name, body, hashlib.sha256(body).hexdigest(), {"Cache-Control": "no-store"})

    def _rules(self) -> dict[str, str]:
        try:
            found = json.loads(self._text(RULES) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _text(self, name: str) -> str | None:
        found = self._bucket.get(self.prefix + name)
        return None if found is None else found[:65536].decode("utf-8", "replace")

    def _delete(self, paths: Sequence[str]) -> None:
        self._bucket.delete([self.prefix + path for path in paths])

    @contextlib.contextmanager
    def _locked(self, *, force: bool) -> Iterator[None]:
        """Hold the lock in the bucket. Raise `Busy` while another deploy holds a fresh one."""
        mine = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "at": datetime.now(UTC).isoformat()})
        held = self._text(LOCK)
        if held is not None and not force and _fresh(held):
            raise Busy(self.where, _owner(held))
        self._put_own(LOCK, mine)
        if self._text(LOCK) != mine:  # two came at once: the one that wrote last has it
            raise Busy(self.where, "it began at the same moment")
        try:
            yield
        finally:
            with contextlib.suppress(S3Error):
                self._delete([LOCK])

    def _invalidate(self, plan: Plan) -> None:
        """Tell CloudFront which paths changed, and no others."""
        changed = [f"/{one.path}" for one in plan.change] + [f"/{path}" for path in plan.remove]
        folders = [path.removesuffix("index.html") for path in changed if path.endswith("/index.html")]
        paths = sorted({*changed, *folders})
        if not paths:
            return
        if len(paths) > _BATCH:
            paths = ["/*"]
        reference = hashlib.sha256("\n".join([*paths, datetime.now(UTC).isoformat()]).encode()).hexdigest()
        batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": reference}
        try:
            import boto3
            from botocore.exceptions import BotoCoreError, ClientError
        except ModuleNotFoundError as error:
            raise MissingBoto from error
        try:
            boto3.client("cloudfront").create_invalidation(DistributionId=self.options.cdn, InvalidationBatch=batch)
        except (BotoCoreError, ClientError) as error:
            raise DeployFailed(self.where, f"The files are sent, but CloudFront was not told: {error}") from None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the bucket answers into one sentence that holds no credential."""
        try:
            yield
        except S3Error as error:
            raise DeployFailed(self.where, str(error)) from None


def _fresh(held: str) -> bool:
    """Tell whether the deploy that wrote a lock may still be running."""
    try:
        told = json.loads(held)
        began = datetime.fromisoformat(told["at"])
        here, pid = told.get("host") == socket.gethostname(), int(told.get("pid", 0))
    except (ValueError, KeyError, TypeError):
        return False
    if here and pid and not _runs(pid):
        return False
    return (datetime.now(UTC) - began).total_seconds() < _STALE


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _owner(held: str) -> str:
    told = json.loads(held)
    return f"on {told.get('host')}, since {told.get('at')}"
