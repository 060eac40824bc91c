"""The wheel in a new environment: what a user installs is what was tested."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, folder], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return folder / done.stdout.split()[-1]


@pytest.mark.slow
def test_the_wheel_holds_the_parts(wheel: Path) -> None:
    """Theme, schemas and exporters travel with the code."""
    names = zipfile.ZipFile(wheel).namelist()
    parts = {name.split("/")[2] for name in names if name.startswith("broadsheet/_site/")}
    assert parts == {"exporters", "schema", "theme"}


@pytest.mark.slow
def test_the_wheel_makes_a_site(wheel: Path, tmp_path: Path) -> None:
    """Installed beside its dependencies and away from the checkout, it makes and builds a site."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=True)
    own = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(own)
    # The dependencies of this environment, but not its editable broadsheet.
    (Path(own) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = home / "bin" / "python"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for command in (["init", "site"], ["build", "--site", "site"], ["audit", "site/output"]):
        done = subprocess.run(
            [python, "-m", "broadsheet", *command],
            cwd=tmp_path,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout + done.stderr
    where = [python, "-c", "import broadsheet; print(broadsheet.__file__)"]
    told = subprocess.run(
        where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    assert (told.startswith(str(home)), (tmp_path / "site" / "output" / "index.html").is_file()) == (True, True)
