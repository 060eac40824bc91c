"""The command line. One module a command; each is imported when it is called."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from typing import Any

import click

from broadsheet import __version__
from broadsheet.model import BroadsheetError
from broadsheet.nearest import nearest

#: command → one-line help, so that `broadsheet --help` imports no command.
COMMANDS = {
    "init": "Make a new site folder that builds at once.",
    "import": "Turn scrapes, saved pages, feeds and archives into content files.",
    "convert": "Print sources or content files as NewsArticle JSON-LD.",
    "check": "Report the problems of content files, JSON-LD and pages.",
    "build": "Read, validate, publish, export and audit the site.",
    "audit": "Read the built site back and prove that everything agrees.",
    "export": "Write the data exports alone.",
    "query": "Ask the exported data a question in SQL.",
    "review": "Go through what wants a person's eye, and settle it.",
    "duplicates": "Find the same story in several articles.",
    "serve": "Build, serve, watch and rebuild.",
    "deploy": "Send the built site to a static host, only what changed.",
}


#: What helps against the troubles of a machine that one meets most.
_HELP = {
    errno.ENOSPC: "make room, then run it again",
    errno.EDQUOT: "make room, then run it again",
    errno.EROFS: "name a folder that can be written",
    errno.EACCES: "ask for the right to it, or name another place",
    errno.EPERM: "ask for the right to it, or name another place",
}
STOPPED = 130  # the exit code of a program ended by Ctrl-C: 128 + SIGINT


class _Commands(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(
            f"broadsheet.cli.{cmd_name}_" if cmd_name == "import" else f"broadsheet.cli.{cmd_name}"
        )
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("broadsheet: Stopped.", err=True)
            ctx.exit(STOPPED)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS)
            hint = f" Did you mean {near}?" if near else ""
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="broadsheet")
def group() -> None:
    """News articles become validated NewsArticle JSON-LD, a static newspaper and open data.

    \b
    Start here:
      broadsheet init mypaper && cd mypaper
      broadsheet import ../scrapes/*.txt
      broadsheet build
    """


def main() -> None:
    """Run the command line: exit 0 fine, 1 problems found, 2 wrong usage, configuration or machine, 130 stopped."""
    try:
        group(prog_name="broadsheet")
    except BroadsheetError as error:
        _fail(str(error))
    except OSError as error:
        _fail(_trouble(error))


def run() -> None:
    """Run the command line and end the process at once: the system frees memory sooner than Python does."""
    code: object = 0
    gc.set_threshold(100_000, 20, 20)  # imports make many objects and no garbage
    try:
        main()
    except SystemExit as end:
        code = end.code
    if code is None or isinstance(code, int):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 0)
    sys.exit(str(code))


def _fail(sentence: str) -> None:
    click.echo(f"broadsheet: {sentence}", err=True)
    sys.exit(2)


def _trouble(error: OSError) -> str:
    """Say what the machine refused: the file, the reason, and what helps where that is known."""
    reason = error.strerror or str(error)
    where = f"{error.filename}: " if error.filename else ""
    advice = _HELP.get(error.errno or 0)
    return f"{where}{reason}; {advice}." if advice else f"{where}{reason}."
