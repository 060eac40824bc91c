"""Every folder in tests/cases is a site; building it does what its case.toml says.

``case.toml``: ``says`` (one sentence), ``exit`` (0), ``words`` (further options of build), ``published`` and
``absent`` (paths in the output), ``holds`` and ``lacks`` (path → texts), ``problems`` ([file, line, rule]; line 0 is
any), ``tells`` (texts of an error that stops the build). A new folder is a new test.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from broadsheet.audit import audit
from broadsheet.cli import group

CASES = Path(__file__).resolve().parent / "cases"
TOML = '[site]\nname = "The Fenwick Lantern"\nurl = "https://lantern.example"\n'


def folders() -> list[Path]:
    """Return every case."""
    return sorted(file.parent for file in CASES.glob("*/*/case.toml"))


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_case(folder: Path, tmp_path: Path) -> None:
    """The build does what the case says."""
    case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    site = tmp_path / "site"
    shutil.copytree(folder, site)
    if not (site / "broadsheet.toml").exists():
        (site / "broadsheet.toml").write_text(TOML, encoding="utf-8")
    done = CliRunner().invoke(group, ["build", "--json", "--site", str(site), *case.get("words", [])])
    if "tells" in case:
        told = f"{done.exception} {done.output}"
        assert [text for text in case["tells"] if text not in told] == []
        return
    assert (case["says"], faults(case, site, done.stdout), done.exit_code) == (case["says"], [], case.get("exit", 0))


def faults(case: dict[str, Any], site: Path, told: str) -> list[str]:
    """Return what is otherwise than the case says."""
    output, report = site / "output", json.loads(told)
    found = [f"no {path}" for path in case.get("published", []) if not (output / path).is_file()]
    found += [f"there is {path}" for path in case.get("absent", []) if (output / path).exists()]
    for path, texts in case.get("holds", {}).items():
        found += [f"{path} lacks {text}" for text in texts if text not in (output / path).read_text(encoding="utf-8")]
    for path, texts in case.get("lacks", {}).items():
        text_of = (output / path).read_text(encoding="utf-8") if (output / path).is_file() else ""
        found += [f"{path} holds {text}" for text in texts if text in text_of]
    seen = {(one["file"], one["line"], one["rule"]) for one in report["problems"]}
    seen |= {(file, 0, rule) for file, _, rule in seen}
    found += [f"no problem {wanted}" for wanted in case.get("problems", []) if tuple(wanted) not in seen]
    if output.is_dir():
        found += [one.message for one in audit(output)]
    return found
