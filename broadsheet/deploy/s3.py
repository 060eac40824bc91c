"""``s3``: a bucket, compared by the MD5 that S3 lists, sent by many threads, deleted last."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from typing import Any, Final

from broadsheet.deploy.bundle import Bundle
from broadsheet.deploy.manifest import IMMUTABLE, ORDER, Item
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


class MissingBoto(BroadsheetError):
    """The library that speaks S3 is not installed."""

    def __str__(self) -> str:
        return "boto3 is not installed; run: pip install 'broadsheet[s3]'"


class S3Target:
    """Serve a bucket, or what stands below a prefix in it."""

    def __init__(self, options: S3) -> None:
        self.options = options
        self.prefix = options.prefix.strip("/") + "/" if options.prefix.strip("/") else ""
        self._client = _client(options)
        self._remote: frozenset[str] = frozenset()  # what stood there when it was compared

    @property
    def where(self) -> str:
        """Return what to call the place."""
        return f"s3://{self.options.bucket}/{self.prefix}"

    def compare(self, bundle: Bundle) -> Plan:
        """Return what differs from the bundle, by content."""
        with self._told():
            remote = dict(self._listed())
            sent = self._rules()
        for name in _OURS:
            remote.pop(name, None)
        self._remote = frozenset(remote)
        # A file that was sent with other headers is sent again, whatever its content.
        return compare(bundle.items, remote, lambda one: one.md5 if _sent_alike(one, sent) else "")

    def send(self, bundle: Bundle, plan: Plan, *, force: bool, progress: Progress | None) -> None:
        """Send group by group, then delete; hold the lock in the bucket meanwhile."""
        if plan.empty:
            return
        with self._told(), self._locked(force=force):
            sent = self._rules()
            wanted = dict(map(_rule, bundle.items))
            standing = {key for key, _ in (_rule(one) for one in bundle.items if one.path in self._remote)}
            # Until the end only those rules are noted that no file there contradicts, so that
            # an interrupted deploy goes on where it was and leaves no old headers behind.
            sure = {
                key: value
                for key, value in wanted.items()
                if sent.get(key, value) == value and (key in sent or key not in standing)
            }
            self._put_own(RULES, json.dumps(sure, sort_keys=True))
            done = 0
            for group in ORDER:
                items = [one for one in plan.send if one.group == group]
                for _ in self._put_all(bundle, items):
                    done += 1
                    if progress is not None:
                        progress(done, len(plan.send))
            self._put_own(RULES, json.dumps(wanted, sort_keys=True))
            for start in range(0, len(plan.remove), _BATCH):
                self._delete(plan.remove[start : start + _BATCH])
        if self.options.cdn:
            self._invalidate(plan)

    def _listed(self) -> Iterator[tuple[str, str]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.options.bucket, Prefix=self.prefix)
        for page in pages:
            for one in page.get("Contents", ()):
                yield one["Key"][len(self.prefix) :], one["ETag"].strip('"')

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
        self._client.put_object(
            Bucket=self.options.bucket,
            Key=self.prefix + one.path,
            Body=bundle.content(one.path),
            ContentType=one.media_type,
            CacheControl=one.cache,
        )

    def _put_own(self, name: str, text: str, **conditions: str) -> None:
        body = text.encode()
        key = self.prefix + name
        self._client.put_object(Bucket=self.options.bucket, Key=key, Body=body, CacheControl="no-store", **conditions)

    def _rules(self) -> dict[str, str]:
        try:
            found = json.loads(self._text(RULES) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _text(self, name: str) -> str | None:
        from botocore.exceptions import ClientError

        try:
            found = self._client.get_object(Bucket=self.options.bucket, Key=self.prefix + name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
                return None
            raise
        body: bytes = found["Body"].read(65536)
        return body.decode("utf-8", "replace")

    def _delete(self, paths: Sequence[str]) -> None:
        objects = [{"Key": self.prefix + path} for path in paths]
        told = self._client.delete_objects(Bucket=self.options.bucket, Delete={"Objects": objects, "Quiet": True})
        for error in told.get("Errors", ()):
            raise DeployFailed(self.where, f"{error.get('Key')} cannot be deleted: {error.get('Message')}.")

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
            with contextlib.suppress(DeployFailed):
                self._delete([LOCK])

    def _invalidate(self, plan: Plan) -> None:
        """Tell CloudFront which paths changed, and no others."""
        import boto3

        changed = [f"/{one.path}" for one in plan.change] + [f"/{path}" for path in plan.remove]
        folders = [path.removesuffix("index.html") for path in changed if path.endswith("/index.html")]
        paths = sorted({*changed, *folders})
        if not paths:
            return
        if len(paths) > _BATCH:
            paths = ["/*"]
        reference = hashlib.sha256("\n".join([*paths, datetime.now(UTC).isoformat()]).encode()).hexdigest()
        batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": reference}
        with self._told():
            boto3.client("cloudfront").create_invalidation(DistributionId=self.options.cdn, InvalidationBatch=batch)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what boto3 raises into one sentence that holds no credential."""
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

        try:
            yield
        except NoCredentialsError:
            sentence = "There are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
            raise DeployFailed(self.where, sentence) from None
        except ClientError as error:
            told = error.response.get("Error", {})
            raise DeployFailed(self.where, f"{told.get('Code')}: {told.get('Message')}") from None
        except BotoCoreError as error:
            raise DeployFailed(self.where, f"{error}") from None


def _rule(one: Item) -> tuple[str, str]:
    """Return a kind of file, and the cache policy with which it is sent."""
    kept = "hashed" if one.cache == IMMUTABLE else "plain"
    return f"{one.group}, {kept}, {one.media_type}", one.cache


def _sent_alike(one: Item, sent: Mapping[str, str]) -> bool:
    key, value = _rule(one)
    return sent.get(key) == value


def _client(options: S3) -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ModuleNotFoundError as error:
        raise MissingBoto from error
    config = Config(
        retries={"mode": "standard", "max_attempts": 6},  # with backoff
        max_pool_connections=options.jobs + 2,
        connect_timeout=10,
        read_timeout=60,
        request_checksum_calculation="when_required",  # R2, Backblaze and rclone know no trailing checksums
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if options.endpoint else None,
    )
    return boto3.client("s3", endpoint_url=options.endpoint, region_name=options.region, config=config)


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
