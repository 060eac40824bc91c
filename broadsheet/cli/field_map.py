"""``--field KEY=NAME``: which field of a JSON record holds what."""

from __future__ import annotations

import click

from broadsheet.nearest import nearest


def read(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> dict[str, str]:
    """Return the map of a repeated ``--field``; a usage error for a key that is none of ours."""
    if not words:
        return {}
    from broadsheet.importers.records import NAMES

    found: dict[str, str] = {}
    for word in words:
        key, equals, name = (part.strip() for part in word.partition("="))
        if not (equals and key and name):
            raise click.BadParameter(f"{word!r} needs KEY=NAME, such as title=kop.", context, parameter)
        if key not in NAMES:
            near = nearest(key, NAMES)
            told = f"did you mean {near}?" if near else f"the keys are {', '.join(NAMES)}."
            raise click.BadParameter(f"{key!r} is no key of an article; {told}", context, parameter)
        found[key] = name
    return found


FIELD = click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="KEY=NAME",
    callback=read,
    help="In JSON records KEY stands in the field NAME (a.b: in b of a): title=kop. Repeatable.",
)
