"""The five requests of S3 that a deploy needs, signed and repeated as S3 wants it.

boto3 would do it too, at some ten times the processor time a file; it is asked for
credentials where the environment holds none, since it knows all the places.
Signing: AWS, "Signature Version 4" (2026). All of a request is in bytes that are known
before, so that each may be repeated.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import random
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from msgspec import Struct

from broadsheet.deploy.options import S3
from broadsheet.deploy.wire import Wire

if TYPE_CHECKING:
    from lxml.etree import _Element

_TRIES: Final = 6
_FEW: Final = 2  # further tries of a server that has never answered
_EMPTY: Final = hashlib.sha256(b"").hexdigest()
_REASONS: Final = {one.value: one.phrase for one in HTTPStatus}
_AGAIN: Final = {408, 429, 500, 502, 503, 504}


class S3Error(Exception):
    """A request that S3 refused, or that did not reach it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class Credentials(Struct, frozen=True):
    """What a request is signed with. Never printed."""

    key: str
    secret: str
    token: str | None = None

    def __repr__(self) -> str:
        return "Credentials(…)"


class Bucket:
    """One bucket. May be used by several threads."""

    def __init__(self, options: S3) -> None:
        self.region = (
            options.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        )
        inside = options.endpoint or f"https://{options.bucket}.s3.{self.region}.amazonaws.com"
        if options.endpoint is None and "." in options.bucket:  # no certificate is for such a name
            inside = f"https://s3.{self.region}.amazonaws.com"
        parts = urlsplit(inside)
        by_path = options.endpoint is not None or "." in options.bucket
        self.secure, self.host = parts.scheme == "https", parts.netloc
        self.base = parts.path.rstrip("/") + (f"/{options.bucket}" if by_path else "")
        self._local = threading.local()
        self._reached = False  # whether the server ever answered
        self._context = ssl.create_default_context() if self.secure else None

    @cached_property
    def credentials(self) -> Credentials:
        """Return what the environment or the usual files hold. Raise `S3Error`."""
        key, secret = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
        if key and secret:
            return Credentials(key, secret, os.environ.get("AWS_SESSION_TOKEN"))
        return _from_files()

    def listed(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield (key, ETag) of every object whose key begins with ``prefix``."""
        more: dict[str, str] = {}
        while True:
            query = {"list-type": "2", "prefix": prefix, **more}
            page = _xml(self.ask("GET", "", query=query))
            for one in page.iterfind("{*}Contents"):
                yield one.findtext("{*}Key", ""), one.findtext("{*}ETag", "").strip('"')
            token = page.findtext("{*}NextContinuationToken")
            if page.findtext("{*}IsTruncated") != "true" or not token:
                return
            more = {"continuation-token": token}

    def get(self, key: str) -> bytes | None:
        """Return an object, None where there is none."""
        try:
            return self.ask("GET", key)
        except S3Error as error:
            if error.code in {"NoSuchKey", "404"}:
                return None
            raise

    def put(self, key: str, content: bytes, sha256: str, headers: Mapping[str, str]) -> None:
        """Write an object whole."""
        self.ask("PUT", key, headers=headers, content=content, sha256=sha256)

    def delete(self, keys: Sequence[str]) -> None:
        """Delete up to 1,000 objects."""
        objects = "".join(f"<Object><Key>{escape(key)}</Key></Object>" for key in keys)
        content = f"<Delete><Quiet>true</Quiet>{objects}</Delete>".encode()
        digest = b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        told = self.ask("POST", "", query={"delete": ""}, headers={"Content-MD5": digest}, content=content)
        for error in _xml(told).iterfind("{*}Error"):
            raise S3Error(
                error.findtext("{*}Code", ""), f"{error.findtext('{*}Key', '')}: {error.findtext('{*}Message', '')}"
            )

    def ask(
        self,
        method: str,
        key: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        sha256: str | None = None,
    ) -> bytes:
        """Send one request, again where that may help, and return the body of the answer. Raise `S3Error`."""
        path = f"{self.base}/{quote(key, safe='/~')}" if key or not self.base else self.base
        terms = "&".join(
            f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted((query or {}).items())
        )
        digest = sha256 or (hashlib.sha256(content).hexdigest() if content else _EMPTY)
        last = S3Error("ConnectionError", "no answer")
        for turn in range(_TRIES):
            if turn:
                time.sleep(min(0.2 * 2**turn, 5) * (0.5 + random.random()))  # noqa: S311 - when, not what
            signed = self._signed(method, path, terms, digest, headers or {})
            try:
                status, body = self._exchange(method, f"{path}?{terms}" if terms else path, signed, content)
            except OSError as error:
                last = S3Error("ConnectionError", f"Could not connect to {self.host}: {error}")
                if turn >= _FEW and not self._reached:  # no such server, rather than one that stumbled
                    break
                continue
            self._reached = True
            if status < 300:
                return body
            last = _error(status, body)
            if status not in _AGAIN:
                break
        raise last

    def _exchange(self, method: str, path: str, headers: Mapping[str, str], content: bytes) -> tuple[int, bytes]:
        wire: Wire | None = getattr(self._local, "wire", None)
        if wire is None:
            wire = self._local.wire = Wire(self.host, self._context)
        return wire.ask(method, path, headers, content)

    def _signed(self, method: str, path: str, terms: str, digest: str, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers with the signature among them."""
        who, now = self.credentials, datetime.now(UTC)
        stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        every = {**headers, "Host": self.host, "x-amz-content-sha256": digest, "x-amz-date": stamp}
        if who.token:
            every["x-amz-security-token"] = who.token
        lines = sorted((name.lower(), " ".join(value.split())) for name, value in every.items())
        names = ";".join(name for name, _ in lines)
        told = "".join(f"{name}:{value}\n" for name, value in lines)
        request = f"{method}\n{path}\n{terms}\n{told}\n{names}\n{digest}"
        scope = f"{day}/{self.region}/s3/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.digest(_key(who.secret, day, self.region), text.encode(), "sha256").hex()
        every["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={who.key}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
        return every


@lru_cache(maxsize=4)
def _key(secret: str, day: str, region: str) -> bytes:
    """Return the key that signs the requests of one day."""
    key = f"AWS4{secret}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _from_files() -> Credentials:
    try:
        from botocore.session import Session
    except ModuleNotFoundError:
        found = None
    else:
        found = Session().get_credentials()
    if found is None:
        sentence = "There are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or install broadsheet[s3] and set AWS_PROFILE."
        raise S3Error("NoCredentials", sentence)
    frozen = found.get_frozen_credentials()
    return Credentials(frozen.access_key, frozen.secret_key, frozen.token)


def _xml(body: bytes) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise S3Error("BadAnswer", f"The answer is not XML: {error}") from error


def _error(status: int, body: bytes) -> S3Error:
    """Return what an answer says is wrong."""
    if not body.lstrip().startswith(b"<"):
        return S3Error(str(status), _REASONS.get(status, "no reason"))
    told = _xml(body)
    return S3Error(told.findtext("{*}Code") or told.findtext("Code") or str(status), told.findtext("{*}Message") or "")
