"""Write docs/rules.md from the tables of rules: ``python scripts/rules.py [--check]``."""

from __future__ import annotations

import sys
from pathlib import Path

from broadsheet.cli.checking.explaining import markdown

OUTPUT = Path(__file__).resolve().parent.parent / "docs" / "rules.md"


def main() -> None:
    """Write the page, or with --check exit 1 where it is not up to date."""
    text = markdown()
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if OUTPUT.is_file() and OUTPUT.read_text(encoding="utf-8") == text
            else "docs/rules.md is out of date; run scripts/rules.py"
        )
    OUTPUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
