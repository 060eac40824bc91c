"""Write schema/vocabulary.json from a schema.org release.

    python scripts/vocabulary.py schemaorg-current-https-30.0.jsonld

The release file is the "current, https" JSON-LD that schema.org publishes for every release.
The tables hold names only: of a type its supertypes; of a property its domains, its
ranges and what superseded it; of an enumeration member its type.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).resolve().parent.parent / "schema" / "vocabulary.json"
LICENCE = "CC BY-SA 3.0, https://creativecommons.org/licenses/by-sa/3.0/"
ABOUT = "schema.org vocabulary, release {release}, by the schema.org contributors; reduced to tables by scripts/vocabulary.py"


def main() -> None:
    """Read the release that the command line names and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release_file", type=Path)
    parser.add_argument("--release", help="the release's number, where the file's name does not hold it")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    release = options.release or _release(options.release_file.name)
    graph = json.loads(options.release_file.read_text(encoding="utf-8"))["@graph"]
    options.output.write_text(text(tables(graph, release)), encoding="utf-8")


def _release(name: str) -> str:
    found = re.search(r"\d+\.\d+", name)
    if found is None:
        raise SystemExit(f"{name} names no release; say --release 30.0")
    return found[0]


def tables(graph: list[dict[str, Any]], release: str) -> dict[str, Any]:
    """Return the tables of a release, every name in order so that a new release gives a readable diff."""
    types: dict[str, list[Any]] = {}
    properties: dict[str, list[Any]] = {}
    members: dict[str, str] = {}
    for term in sorted(graph, key=lambda one: str(one["@id"])):
        name = _name(term["@id"])
        kinds = term["@type"] if isinstance(term["@type"], list) else [term["@type"]]
        superseded = _names(term.get("schema:supersededBy"))
        if name is None:
            continue
        if "rdf:Property" in kinds:
            domains, ranges = _names(term.get("schema:domainIncludes")), _names(term.get("schema:rangeIncludes"))
            properties[name] = [domains, ranges, superseded] if superseded else [domains, ranges]
        elif "rdfs:Class" in kinds:
            parents = _names(term.get("rdfs:subClassOf"))
            types[name] = [parents, superseded] if superseded else [parents]
        else:
            members[name] = " ".join(filter(None, (_name(kind) for kind in kinds)))
    about = {"about": ABOUT.format(release=release), "release": release, "licence": LICENCE}
    return {**about, "types": types, "properties": properties, "members": members}


def _names(value: Any) -> str:
    values = value if isinstance(value, list) else [value] if value else []
    return " ".join(sorted(filter(None, (_name(one["@id"]) for one in values))))


def _name(iri: str) -> str | None:
    """Return a term's own name; None for terms of other vocabularies."""
    return iri.removeprefix("schema:") if iri.startswith("schema:") else None


def text(data: dict[str, Any]) -> str:
    """Return JSON with one term a line."""
    rows = []
    for key, value in data.items():
        if isinstance(value, dict):
            inner = ",\n".join(
                f"{json.dumps(name)}:{json.dumps(one, separators=(',', ':'))}" for name, one in value.items()
            )
            rows.append(f"{json.dumps(key)}:{{\n{inner}\n}}")
        else:
            rows.append(f"{json.dumps(key)}:{json.dumps(value)}")
    return "{" + ",\n".join(rows) + "}\n"


if __name__ == "__main__":
    main()
