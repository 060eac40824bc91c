"""``broadsheet check --explain RULE``, and docs/rules.md from the same words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from broadsheet import parts
from broadsheet.nearest import nearest
from broadsheet.validate.report import Rule, every_rule


def explained(name: str, site_root: Path | None) -> str:
    """Return what a rule asks, why, its source and examples. Raise `click.UsageError` for an unknown rule."""
    table = every_rule(site_root)
    if name in table:
        return _rule(table[name])
    if name.removeprefix("content/") in _front_matter_keys(site_root):
        return _rule(table["content/value"])
    several = [one for one in table if one.startswith(name.rstrip("/") + "/")]
    if several:
        return "\n".join(f"{one}: {table[one].title}" for one in several)
    near = nearest(name, table, 0.5)
    hint = (
        f" Did you mean {near}?"
        if near
        else f" Layers are {', '.join(dict.fromkeys(rule.layer for rule in table.values()))}; --explain LAYER lists their rules."
    )
    raise click.UsageError(f"There is no rule {name!r}.{hint}")


def _front_matter_keys(site_root: Path | None) -> frozenset[str]:
    """Return the keys of the front matter: a wrong value under `date` is the rule content/date."""
    path = parts.find("schema", "front_matter.schema.json", site_root)
    return frozenset(json.loads(path.read_text(encoding="utf-8"))["properties"])


def _rule(rule: Rule) -> str:
    parts = [f"{rule.id} ({rule.severity})", f"{rule.title}.", rule.why, f"Source: {rule.see}"]
    for heading, examples in (("Right:", rule.right), ("Wrong:", rule.wrong)):
        if examples:
            parts.append("\n".join([heading, *(_indented(example_text(one)) for one in examples)]))
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def example_text(example: Mapping[str, Any]) -> str:
    """Return an example as an editor would write it."""
    if "text" in example:
        return example["text"] or "(an empty file)"
    for plain in ("words", "content", "file", "html"):
        if plain in example:
            return str(example[plain])
    if "front" in example:
        return "\n".join(f"{key}: {_yaml(value)}" for key, value in example["front"].items())
    if "document" in example:
        return json.dumps(example["document"], ensure_ascii=False, indent=1)
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in example["article"].items()]
    lines += [f"(no {key})" for key in example.get("without", ())]
    return "\n".join(lines) or "(a complete article)"


def _yaml(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def markdown(site_root: Path | None = None) -> str:
    """Return docs/rules.md."""
    table = every_rule(site_root)
    parts = [_HEAD, _overview(table)]
    layer = ""
    for rule in table.values():
        if rule.layer != layer:
            layer = rule.layer
            parts.append(f"## {_LAYERS.get(layer, f'Consumer profile {layer}')}")
        parts.append(_section(rule))
    parts.append(_PROFILES)
    return "\n\n".join(parts) + "\n"


_HEAD = """# The rules of the gate

Generated from `schema/rules.json` and `schema/profiles/*.json` by `python scripts/rules.py`; do not edit.
`broadsheet check --explain RULE` prints the same.

An **error** means: do not publish. A **warning** means: publish, and show it to the desk. A **notice** is good to know.
The severity here is the rule's usual one. Outside of what news pages say (recipes, products, medicine …) an error
becomes a warning, and so does what every reader understands in spite of the standard, such as a space in a date.
The rules of a consumer never keep an article from being published.

An old archive adopts the gate with a baseline: `broadsheet check output --write-baseline known.json` once, then
`broadsheet check output --baseline known.json` fails on new problems only. `--select` and `--ignore` take rules or the
beginnings of their names, such as `pub` or `vocab/date`."""

_PROFILES = """## A profile of your own

A site's `schema/profiles/partner.json` is asked for with `--profile partner`, or for every build with
`profiles = ["partner"]` under `[build]` in broadsheet.toml. A file of the same name as ours replaces ours.

```json
{
 "title": "Our partner's app",
 "sources": {"C": {"source": "the contract, annex B", "date": "2026-01-01", "url": "https://partner.example/annex-b"}},
 "rules": [
  {
   "id": "partner/dateline",
   "from": "C",
   "severity": "warning",
   "title": "An article has a dateline",
   "why": "The app prints it above the text.",
   "message": "The article has no {property}; the partner's app prints it.",
   "checks": [{"on": ["NewsArticle"], "only_articles": true, "needs": ["dateline"]}],
   "right": [{"article": {"dateline": "PORT ELLERY"}}],
   "wrong": [{"article": {}, "at": "/dateline"}]
  }
 ]
}
```

A check says on which objects (`on`: types of schema.org, with the types below them; `only_articles`: only the articles
that the page is about), at which property (`each`: `"author"` or `"author.name"`; references are followed) what must
hold: `needs` (every one of these properties), `needs_one_of` (one of them), `types` (the object is of one of these),
`longest` (characters of a text) or `named` (a check in code; there is one, `author-name`). The `message` may hold
{value}, {name}, {property}, {length}, {type} and, for `author-name`, {fault}."""

_LAYERS = {
    "json": "Layer json: the text",
    "ld": "Layer ld: what each object is",
    "vocab": "Layer vocab: schema.org's words",
    "pub": "Layer pub: what broadsheet promises of an article",
    "page": "Layer page: HTML pages",
    "content": "Layer content: front matter",
}


def _overview(table: Mapping[str, Rule]) -> str:
    rows = [f"| [{one.id}](#{one.id.replace('/', '')}) | {one.severity} | {one.title} |" for one in table.values()]
    return "\n".join(["| rule | severity | asks |", "|---|---|---|", *rows])


def _section(rule: Rule) -> str:
    where = f"[{rule.source}]({rule.url})" if rule.url else rule.source
    parts = [
        f"### {rule.id}",
        f"{rule.title}. {rule.why}",
        f"*{rule.severity.capitalize()}. Source: {where}, {rule.date}.*",
    ]
    for heading, examples in (("Right", rule.right), ("Wrong", rule.wrong)):
        parts += [f"{heading}:\n\n```\n{example_text(one)}\n```" for one in examples]
    return "\n\n".join(parts)
