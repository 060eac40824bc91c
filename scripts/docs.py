"""Write the generated documentation: ``python scripts/docs.py [--check]``.

docs/cli.md from the commands' own help, docs/rules.md from the tables of rules.
With ``--check`` nothing is written, and the exit code is 1 where a file is out of date.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from broadsheet.cli import COMMANDS, group

ROOT = Path(__file__).resolve().parent.parent
CLI = ROOT / "docs" / "cli.md"
HEAD = """# Commands

Data goes to stdout, all else to stderr. Exit codes: 0 fine, 1 problems found, 2 wrong usage or configuration. `NO_COLOR` is
honoured. This page is made from the commands' own help by `make docs`.
"""


def reference() -> str:
    """Return docs/cli.md."""
    context = click.Context(group, info_name="broadsheet", max_content_width=100, terminal_width=100)
    parts = [HEAD]
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is None:
            message = f"{name} is listed and has no command"
            raise LookupError(message)
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        parts.append(f"## broadsheet {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


def main(check: bool) -> int:
    """Write or compare; return the exit code."""
    text = reference()
    stale = not CLI.is_file() or CLI.read_text(encoding="utf-8") != text
    if stale and not check:
        CLI.write_text(text, encoding="utf-8")
    rules = subprocess.run(
        [sys.executable, ROOT / "scripts" / "rules.py", *(["--check"] if check else [])], check=False
    )
    if stale and check:
        print("docs/cli.md is out of date; run make docs", file=sys.stderr)
    return 1 if (stale and check) or rules.returncode else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
