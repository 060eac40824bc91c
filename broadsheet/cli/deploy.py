"""``broadsheet deploy``: send the built site to a static host."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from broadsheet.cli.audit import reading
from broadsheet.cli.build import find_site
from broadsheet.cli.words import many

if TYPE_CHECKING:
    from broadsheet.config import Site
    from broadsheet.deploy import Report
    from broadsheet.model import Problem

_MOST = 20  # paths of one kind that are printed


@click.command("deploy")
@click.argument("target", required=False)
@click.option("--site", "site_root", type=click.Path(path_type=Path), help="The site folder; else the nearest one.")
@click.option("--output", type=click.Path(path_type=Path), help="What was built; default SITE/output.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent and deleted, and do nothing.")
@click.option("--force", is_flag=True, help="Delete more than a quarter of what stands there; take over a lock.")
@click.option("--fresh", is_flag=True, help="Read, audit and list everything, whatever the last deploy noted.")
@click.option("--allow", multiple=True, metavar="RULE", help="Send in spite of problems of this rule, such as secret.")
@click.option(
    "--verify", "verify_it", is_flag=True, help="Read the live site back: what is served must be what was built."
)
@click.option("--headers", is_flag=True, help="With --verify: the security headers must be there too.")
@click.option("--rollback", is_flag=True, help="Serve the release before this one again (targets of kind folder).")
@click.option(
    "--host-files", type=click.Path(path_type=Path), help="Write _headers, nginx.conf, Caddyfile … into this folder."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def command(  # noqa: PLR0913 - one argument an option
    target: str | None,
    site_root: Path | None,
    output: Path | None,
    allow: tuple[str, ...],
    host_files: Path | None,
    *,
    dry_run: bool,
    force: bool,
    fresh: bool,
    verify_it: bool,
    headers: bool,
    rollback: bool,
    as_json: bool,
) -> None:
    """Send the built site to TARGET, a [deploy.TARGET] of broadsheet.toml.

    Only what changed is sent, compared by content: pictures and styles first, then
    data, articles, other pages, feeds and sitemaps; what is gone is deleted last.
    The site is audited before. Credentials come from the environment or the usual files.

    \b
    [deploy.live]                      kind and its keys:
    kind = "s3"                        s3:     bucket prefix endpoint region cdn jobs
    bucket = "my-paper"                git:    remote branch cname
    host = "cloudflare"                rsync:  server path
                                       folder: path keep

    \b
    Exit 0: done. 1: problems (nothing was sent), or --verify found differences. 2: it failed.

    \b
    Examples:
      broadsheet deploy live --dry-run
      broadsheet deploy live && broadsheet deploy live --verify
      broadsheet deploy live --rollback
      broadsheet deploy --host-files ops
    """
    from broadsheet import config

    root = find_site(site_root)
    site = config.load(root)
    folder = output or root / "output"
    if host_files is not None:
        _write_host_files(site, host_files)
        return
    name = target or _only(site)
    if rollback:
        _rollback(site, name)
    elif verify_it:
        _verify(site, name, folder, headers=headers, as_json=as_json)
    else:
        _deploy(site, name, folder, allow, dry=dry_run, force=force, fresh=fresh, as_json=as_json)


def _only(site: Site) -> str:
    if len(site.deploy) != 1:
        if not site.deploy:
            raise click.UsageError("broadsheet.toml names no target yet; add a section [deploy.live] with its kind.")
        raise click.UsageError(f"Name a target; there are {', '.join(site.deploy)}.")
    return next(iter(site.deploy))


def _deploy(
    site: Site, name: str, output: Path, allow: tuple[str, ...], *, dry: bool, force: bool, fresh: bool, as_json: bool
) -> None:
    from broadsheet import deploy

    audit = None if "audit" in allow else partial(_audited, site, output)
    wish = deploy.Wish(
        dry=dry, force=force, fresh=fresh, allow=frozenset(allow), aliases=partial(_aliases, site, output)
    )
    try:
        with reading("Sending files") as progress:
            report = deploy.deploy(name, site, output, wish, audit, progress)
    except deploy.Refused as refused:
        for one in refused.problems[:_MOST]:
            click.echo(f"{one.file}: {one.severity}: {one.message} [{one.rule}]", err=as_json)
        click.echo(f"broadsheet: {refused}", err=True)
        sys.exit(1)
    if not dry:
        _remember(site, output)
    _show(report, as_json=as_json)


def _remember(site: Site, output: Path) -> None:
    """Keep what is public now, so that the next build can tell what it changed."""
    if not (output / "data").is_dir():
        return
    from broadsheet.export import changes

    changes.remember(output / "data", site)


def _aliases(site: Site, output: Path) -> dict[str, str]:
    """Return old path → path of the articles whose front matter names earlier addresses."""
    from broadsheet.deploy import aliases

    files = aliases.naming(site)
    if not files:
        return {}
    known = aliases.addresses(output / "data" / "articles.jsonl", site.url)
    return aliases.read(files, site, known or _all_addresses(site))


def _all_addresses(site: Site) -> dict[str, str]:
    """Return content file → path, from the content itself: slow, for papers without that export."""
    from broadsheet import edition

    return {one.article.file: one.path for one in edition.load(site).published if one.article.file}


def _audited(site: Site, output: Path) -> tuple[Problem, ...]:
    """Return what the audit finds, under the one rule "audit" that --allow names."""
    from msgspec.structs import replace

    from broadsheet.audit import audit

    found = audit(output, site.url)
    return tuple(replace(one, rule="deploy-audit") for one in found)


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return
    for sign, paths in (("+", report.added), ("~", report.changed), ("-", report.removed)):
        for path in paths[:_MOST]:
            size = report.sizes.get(path)
            click.echo(f"{sign} {path}" if size is None else f"{sign} {path} ({size:,} bytes)")
        if len(paths) > _MOST:
            click.echo(f"{sign} … and {len(paths) - _MOST:,} more")
    done = "Would send" if report.dry else "Sent"
    click.echo(
        f"{report.where}: {len(report.added):,} new, {len(report.changed):,} changed, {len(report.removed):,} removed, "
        f"{report.same:,} the same. {done} {report.bytes:,} bytes in {report.seconds} s.",
        err=True,
    )


def _verify(site: Site, name: str, output: Path, *, headers: bool, as_json: bool) -> None:
    from broadsheet import deploy
    from broadsheet.deploy import redirects
    from broadsheet.deploy.options import read

    hidden = {"_headers", "_redirects", "CNAME", ".nojekyll"}  # read by the host, served by none
    moved = redirects.known(site, output, _aliases(site, output))
    bundle = deploy.bundle_of(site, output, read(name, site.deploy), moved)
    items = [one for one in bundle.items if one.path not in hidden]
    with reading("Fetching") as progress:
        found = deploy.verify(items, site.url, headers=headers, progress=progress)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(f"{one.message} [{one.rule}]")
        click.echo(f"{site.url}: {many(len(found), 'difference')} in {many(len(items), 'file')}.", err=True)
    sys.exit(1 if found else 0)


def _rollback(site: Site, name: str) -> None:
    from broadsheet.deploy.folder import FolderTarget
    from broadsheet.deploy.options import Folder, read

    options = read(name, site.deploy)
    if not isinstance(options, Folder):
        raise click.UsageError(f"Only a target of kind folder can be rolled back; {name} is none.")
    release = FolderTarget(options).rollback()
    click.echo(f"{options.path}: serves release {release} again.", err=True)


def _write_host_files(site: Site, folder: Path) -> None:
    from broadsheet import urls
    from broadsheet.deploy import hosting, redirects, workflows

    folder.mkdir(parents=True, exist_ok=True)
    output = site.root / "output"
    moved = redirects.known(site, output, _aliases(site, output))
    for name, text in {**hosting.files(site.base_path, moved), **workflows.files(urls.slugify(site.name))}.items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo((folder / name).as_posix())
