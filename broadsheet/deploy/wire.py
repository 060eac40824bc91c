"""One HTTP/1.1 connection that is kept: a request in one write, its answer whole (RFC 9112).

`http.client` takes three times the processor time (it reads headers as it reads mail and
writes head and body apart), which is most of what sending ten thousand small files costs.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from typing import BinaryIO, Final

_SECONDS: Final = 60  # until an answer is given up
_LINE: Final = 65536  # bytes of one header line
_LINES: Final = 200
_MOST: Final = 256 * 1024 * 1024  # bytes of one answer
_NO_BODY: Final = {204, 304}


class WireError(OSError):
    """The other side closed the connection, or does not speak HTTP/1.1."""


class Wire:
    """A connection to ``host`` ("name" or "name:port"). For one thread; opened when it is first used."""

    def __init__(self, host: str, context: ssl.SSLContext | None) -> None:
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        self._name, self._port = (name, int(port)) if name and port.isdigit() else (host, 443 if context else 80)
        self._context = context
        self._socket: socket.socket | None = None
        self._answers: BinaryIO | None = None

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: bytes) -> tuple[int, bytes]:
        """Send one request and return status and body of its answer. Raise `OSError`; the next call connects anew."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"{method} {path} HTTP/1.1\r\n{lines}Content-Length: {len(content)}\r\n\r\n"
        try:
            link, answers = self._opened()
            link.sendall(head.encode("latin-1") + content)
            status, body, lasting = _answer(answers)
        except (OSError, ValueError) as error:
            self.close()
            raise error if isinstance(error, OSError) else WireError(f"This is no HTTP answer: {error}") from error
        if not lasting:
            self.close()
        return status, body

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._answers is not None:
            self._answers.close()
        if self._socket is not None:
            self._socket.close()
        self._socket = self._answers = None

    def _opened(self) -> tuple[socket.socket, BinaryIO]:
        if self._socket is None or self._answers is None:
            link = socket.create_connection((self._name.strip("[]"), self._port), _SECONDS)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket = link
            if self._context is not None:
                self._socket = self._context.wrap_socket(link, server_hostname=self._name.strip("[]"))
            self._answers = self._socket.makefile("rb")
        return self._socket, self._answers


def _answer(answers: BinaryIO) -> tuple[int, bytes, bool]:
    """Read one answer: status, body, and whether the connection lasts."""
    version, status = _status(answers)
    headers = _headers(answers)
    while 100 <= status < 200:  # an interim answer; the real one follows
        version, status = _status(answers)
        headers = _headers(answers)
    lasting = version == b"HTTP/1.1" and headers.get(b"connection", b"").lower() != b"close"
    if status in _NO_BODY:
        return status, b"", lasting
    if headers.get(b"transfer-encoding", b"").lower() == b"chunked":
        return status, _chunks(answers), lasting
    if b"content-length" in headers:
        return status, _exactly(answers, int(headers[b"content-length"])), lasting
    return status, answers.read(_MOST), False  # until the other side closes


def _status(answers: BinaryIO) -> tuple[bytes, int]:
    version, _, rest = _line(answers).partition(b" ")
    if not version.startswith(b"HTTP/1."):
        raise WireError("The answer is not HTTP/1.1.")
    return version, int(rest[:3])


def _headers(answers: BinaryIO) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for _ in range(_LINES):
        line = _line(answers)
        if not line:
            return found
        name, _, value = line.partition(b":")
        found[name.lower()] = value.strip()
    raise WireError("The answer has too many headers.")


def _line(answers: BinaryIO) -> bytes:
    line = answers.readline(_LINE)
    if not line.endswith(b"\n"):
        raise WireError("The connection was closed within an answer." if line else "The connection was closed.")
    return line.rstrip(b"\r\n")


def _chunks(answers: BinaryIO) -> bytes:
    body: list[bytes] = []
    room = _MOST
    while size := int(_line(answers).partition(b";")[0], 16):
        room -= size
        if room < 0:
            raise WireError("The answer is too large.")
        body.append(_exactly(answers, size))
        _line(answers)
    _headers(answers)  # trailers, and the empty line
    return b"".join(body)


def _exactly(answers: BinaryIO, size: int) -> bytes:
    if not 0 <= size <= _MOST:
        raise WireError("The answer is too large.")
    body = answers.read(size)
    if len(body) != size:
        raise WireError("The connection was closed within an answer.")
    return body
