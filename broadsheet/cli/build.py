"""``broadsheet build``: read, validate, publish, export and audit."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from broadsheet.cli.words import many

if TYPE_CHECKING:
    from collections.abc import Collection

    from broadsheet.build import BuildReport


@click.command("build")
@click.option(
    "--site",
    "site_root",
    type=click.Path(path_type=Path),
    default=None,
    help="The site folder; else the nearest one at or above this folder.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="Where the paper is written; default SITE/output."
)
@click.option("--jobs", type=click.IntRange(0), default=None, help="Processes that work; 0 is one for each processor.")
@click.option("--fresh", is_flag=True, help="Forget what earlier builds made and make everything anew.")
@click.option("--strict", is_flag=True, help="Publish nothing while any article has an error.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.option(
    "--profile-build",
    is_flag=True,
    help="Write the time by phase, by slowest article and by template to .broadsheet/profile.json.",
)
def command(
    site_root: Path | None,
    output: Path | None,
    jobs: int | None,
    *,
    fresh: bool,
    strict: bool,
    as_json: bool,
    profile_build: bool,
) -> None:
    """Build the newspaper: pages, JSON-LD, feeds, sitemaps and data exports.

    Articles with errors are left out, and the rest is published. The new paper takes the
    place of the old one when it is whole; an interrupted build leaves the old one.

    \b
    Exit 0: built, perhaps with warnings. 1: errors, each printed. 2: nothing could be built.

    \b
    Examples:
      broadsheet build
      broadsheet build --site mypaper --output public
      broadsheet build --strict --json | jq .problems
    """
    started = time.perf_counter()
    from broadsheet import build, config
    from broadsheet.cli.progress import shown_progress

    root = find_site(site_root)
    site = config.load(root)
    with shown_progress(quiet=as_json) as progress:
        report = build.build(
            site,
            output or root / "output",
            jobs=site.build.jobs if jobs is None else jobs,
            fresh=fresh,
            strict=strict,
            progress=progress,
            profile=profile_build,
        )
    show(report, time.perf_counter() - started, as_json=as_json)
    if profile_build:
        click.echo(f"The times are in {site.state / 'profile.json'}", err=True)
    sys.exit(1 if report.faulty else 0)


def find_site(stated: Path | None) -> Path:
    """Return the site folder: the stated one, else the nearest. Raise click's usage error."""
    from broadsheet.config import find_root

    root = stated or find_root(Path.cwd())
    if root is None:
        raise click.UsageError(
            "There is no broadsheet.toml here or above; `broadsheet init DIR` makes a site, --site names one."
        )
    return root.absolute()


def show(report: BuildReport, seconds: float, *, as_json: bool = False, known: Collection[str] = ()) -> None:
    """Print the problems and the summary line; those that are ``known`` are counted and not printed again."""
    if as_json:
        import json

        click.echo(json.dumps(_plain(report, seconds), ensure_ascii=False, indent=1))
        return
    fresh = [line for line in report.folded.lines if line not in known]
    for line in fresh:
        click.echo(line, err=True)
    if report.folded.more and not known:
        click.echo(f"… and {report.folded.more:,} more; --json lists all.", err=True)
    click.echo(summary(report, seconds), err=True)


def summary(report: BuildReport, seconds: float) -> str:
    """Return one line: what was built, reused and left out, problems, time by phase, folder."""
    counts = f"{many(report.articles, 'article')} ({report.built:,} built, {report.reused:,} reused)"
    held = "".join(
        f", {count:,} {_HELD[why]}{'s' * (why == 'draft' and count != 1)}" for why, count in sorted(report.held.items())
    )
    phases = ", ".join(f"{name} {spent:.2f}" for name, spent in report.seconds.items() if spent >= 0.005)
    where = report.output if report.written else "nothing was published"
    return f"{counts}{held}; {_problems(report)}; {seconds:.2f} s ({phases}); {where}"


def _problems(report: BuildReport) -> str:
    counts = report.folded.counts
    told = [many(counts[kind], kind) for kind in ("error", "warning", "notice") if counts.get(kind)]
    return ", ".join(told) or "no problems"


_HELD = {"error": "left out for errors", "draft": "draft", "future": "dated in the future"}


def _plain(report: BuildReport, seconds: float) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in ("articles", "built", "reused", "held", "seconds", "written")}
    return {
        "output": str(report.output),
        **counts,
        "problems": [asdict(one) for one in report.problems],
        "errors": report.errors,
        "total_seconds": round(seconds, 3),
    }
