"""What the documentation tells a reader to type works, and prints what it says.

In a ```console block a line that begins with ``$ `` is a command, a line that begins
with ``> `` carries it on, and the lines below are what it prints. In those, ``…``
stands for anything on a line, and alone for any number of lines. All commands of a
document run in one shell, in an empty folder; ``$BROADSHEET`` is this checkout.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    *(path for name in ("tutorial", "recipes") if (path := ROOT / "docs" / f"{name}.md").is_file()),
]
MARK = "<<<end of command"


@dataclass
class Command:
    """A command of a document, the line it stands on, and the output it promises."""

    line: int
    text: str
    output: list[str] = field(default_factory=list)

    def promise(self) -> re.Pattern[str]:
        """Return the promised output as a pattern; no promise matches everything."""
        if not self.output:
            return re.compile(r".*", re.DOTALL)
        rows = [r"(?:.*\n)*?" if row == "…" else _row(row) + r"\n" for row in self.output]
        return re.compile("".join(rows) + r"\Z")


def _row(row: str) -> str:
    return r"[^\n]*".join(re.escape(part) for part in row.split("…"))


def commands(text: str) -> list[Command]:
    """Return the commands of every ```console block."""
    found: list[Command] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append(Command(number, line[2:]))
        elif inside and (line == ">" or line.startswith("> ")) and not found[-1].output:
            found[-1].text += "\n" + line[2:]
        elif inside and found:
            found[-1].output.append(line)
    return found


def run(script: list[Command], folder: Path) -> list[tuple[str, int]]:
    """Run all commands in one shell; return what each printed and its exit code."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("the documentation's commands are written for bash")
    ends = [f'{one.text}\necho "{MARK} $?"' for one in script]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "BROADSHEET": str(ROOT), "COLUMNS": "120"}
    done = subprocess.run(
        [bash, "-c", "exec 2>&1\n" + "\n".join(ends)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        timeout=300,
        check=False,
        encoding="utf-8",
    )
    parts = re.split(rf"{MARK} (\d+)\n", done.stdout)
    return [(parts[at] and parts[at].rstrip("\n") + "\n", int(parts[at + 1])) for at in range(0, len(parts) - 1, 2)]


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_keep_their_word(document: Path, tmp_path: Path) -> None:
    """Every command of a document ends well and prints what the document shows."""
    script = commands(document.read_text(encoding="utf-8"))
    results = run(script, tmp_path)
    wrong = [
        f"{document.name}:{one.line}: $ {one.text}\n(exit {code})\n{printed}"
        for one, (printed, code) in zip(script, results, strict=True)
        if code != 0 or not one.promise().match(printed)
    ]
    assert wrong == [], "\n".join(wrong)


def test_a_broken_promise_is_seen(tmp_path: Path) -> None:
    """The test above fails where a command prints something else."""
    (only,) = commands("```console\n$ echo one\ntwo\n```")
    ((printed, _),) = run([only], tmp_path)
    assert not only.promise().match(printed)


def test_an_ellipsis_stands_for_anything(tmp_path: Path) -> None:
    """What changes from day to day need not be promised."""
    (only,) = commands("```console\n$ printf 'a 1 b\\nc\\nd\\n'\na … b\n…\nd\n```")
    ((printed, _),) = run([only], tmp_path)
    assert only.promise().match(printed)


def test_every_key_of_the_front_matter_is_documented() -> None:
    """docs/front-matter.md names every key that the reader knows."""
    from broadsheet.content import keys

    text = (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8")
    known = {*keys.FIELDS, *keys.PROPERTIES, *keys.KEPT, *keys.ALIASES, *keys.TYPES}
    assert {key for key in known if f"`{key}`" not in text} == set()


def test_every_key_of_the_configuration_is_documented() -> None:
    """docs/configuration.md names every key that broadsheet.toml may hold."""
    from broadsheet.config import Build, Exports, License, reader, site

    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    tables = {name for kind in (Build, Exports, License) for name in kind.__struct_fields__}
    known = {*tables, *reader._SITE_KEYS, *reader._PUBLISHER_KEYS, *site.PUBLISHER_PROPERTIES}
    assert {key for key in known if f"`{key}`" not in text} == set()


def test_files_that_code_and_documents_name_are_there() -> None:
    """Whoever is sent to a test, a document or a module finds it."""
    named = re.compile(r"(?<![\w/.-])(?:tests|docs|broadsheet|benchmarks|scripts)/[\w/-]+\.(?:py|md|json)\b")
    told = [path for room in ("broadsheet", "docs", "exporters", "theme") for path in (ROOT / room).rglob("*.[pm][yd]")]
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (*told, *ROOT.glob("*.md"))
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).is_file()
    }
    assert missing == set()
