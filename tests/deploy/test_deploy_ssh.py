"""rsync over ssh, to an sshd of its own on this machine."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadsheet.config import Site
from broadsheet.deploy import DeployFailed, Report, Wish, deploy

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(
        not all((SSHD, shutil.which("ssh"), shutil.which("ssh-keygen"), shutil.which("rsync"))),
        reason="sshd, ssh and rsync are not all installed",
    ),
]
SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile {folder}/pid
PasswordAuthentication no
StrictModes no
UsePAM no
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run an sshd and return the folder with its keys and a client's settings."""
    folder = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user", "stranger"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "sshd").write_text(SETTINGS.format(port=port, folder=folder), encoding="utf-8")
    with subprocess.Popen([str(SSHD), "-D", "-e", "-f", str(folder / "sshd")], stderr=subprocess.PIPE) as running:
        if not answers(port) or running.poll() is not None:
            running.kill()
            pytest.skip("sshd does not start here")
        write_client(folder, port, "user")
        yield folder
        running.terminate()


def answers(port: int) -> bool:
    """Wait up to three seconds for the server."""
    for _ in range(30):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def write_client(folder: Path, port: int, key: str) -> None:
    """Write what ssh is called with: rsync's -e takes a program."""
    words = f"ssh -F none -p {port} -i {folder}/{key} -o IdentitiesOnly=yes -o StrictHostKeyChecking=no"
    program = folder / "bin" / "ssh"
    program.parent.mkdir(exist_ok=True)
    real = shutil.which("ssh")
    told = words.replace("ssh", str(real), 1)
    program.write_text(f'#!/bin/sh\nexec {told} -o UserKnownHostsFile={folder}/known "$@"\n', encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def send(
    machine: Path, site: Callable[..., Site], output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Report]:
    """Return a call that deploys the output over ssh."""
    monkeypatch.setenv("PATH", f"{machine / 'bin'}:{os.environ['PATH']}")
    own = site({"kind": "rsync", "server": f"{getpass.getuser()}@127.0.0.1", "path": str(tmp_path / "www")})
    return lambda: deploy("live", own, output, Wish())


def test_the_other_machine_holds_the_site(send: Callable[[], Report], output: Path, tmp_path: Path) -> None:
    """Every file arrives with its content."""
    send()
    sent = {path.relative_to(tmp_path / "www"): path.read_bytes() for path in (tmp_path / "www").rglob("*.*")}
    assert sent == {path.relative_to(output): path.read_bytes() for path in output.rglob("*.*")}


def test_only_what_changed_goes_over_ssh(send: Callable[[], Report], output: Path) -> None:
    """A change of the same size is sent, and nothing else."""
    send()
    (output / "index.html").write_text("<h1>Tnorf</h1>", encoding="utf-8")
    report = send()
    assert (report.added, report.changed, report.same) == ((), ("index.html",), 7)


def test_a_key_that_is_not_let_in_is_told(send: Callable[[], Report], machine: Path) -> None:
    """Wrong credentials are one sentence, and ssh asks for no password."""
    program = machine / "bin" / "ssh"
    before = program.read_text(encoding="utf-8")
    program.write_text(before.replace(f"{machine}/user", f"{machine}/stranger"), encoding="utf-8")
    try:
        with pytest.raises(DeployFailed, match="Permission denied"):
            send()
    finally:
        program.write_text(before, encoding="utf-8")
