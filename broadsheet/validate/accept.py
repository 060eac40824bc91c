"""A quick yes by a JSON Schema: jsonschema is the judge, and is asked wherever this does not say yes.

A positive list once more: a schema of other keywords than those below has no quick yes, and
a value of another type than JSON's gets none. tests/test_validate_accept.py holds every yes to
jsonschema's word. It takes a twentieth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

#: Tells whether a value is surely valid.
Accept = Callable[[Any], bool]

#: Keywords that judge nothing (JSON Schema 2020-12, "Meta-Data"), and those of our own.
_SILENT: Final = frozenset({"$schema", "$id", "$comment", "title", "description", "expects", "aliases", "ignored"})
#: What JSON's types are in Python; True is no integer, and 1.0, which is one, is left to jsonschema.
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_NUMBERS: Final = (int, float)


def acceptor(schema: Any) -> Accept | None:
    """Return what tells whether a value is surely valid, None where the schema says more than is listed here."""
    try:
        return _schema(schema)
    except _NotListed:
        return None


class _NotListed(Exception):
    """A keyword, or a form of one, that is not listed. Not an error: jsonschema judges alone."""


def _schema(schema: Any) -> Accept:
    if schema is True:
        return _everything
    if not isinstance(schema, dict):
        raise _NotListed
    written = {"properties": {}, **schema} if "additionalProperties" in schema else schema
    checks = [
        _KEYWORDS[word](value, schema) if word in _KEYWORDS else _unlisted(word)
        for word, value in written.items()
        if word not in _SILENT and word != "additionalProperties"  # which `properties` asks for
    ]
    if not checks:
        return _everything
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


def _everything(_: Any) -> bool:
    return True


def _unlisted(word: str) -> Accept:
    raise _NotListed(word)


def _type(wanted: Any, _: Any) -> Accept:
    names = wanted if isinstance(wanted, list) else [wanted]
    if not all(name in _TYPES for name in names):
        raise _NotListed
    types = frozenset(one for name in names for one in _TYPES[name])
    return lambda value: type(value) in types


def _enum(wanted: Any, _: Any) -> Accept:
    if not isinstance(wanted, list) or any(type(one) not in {str, type(None)} for one in wanted):
        raise _NotListed
    listed, types = frozenset(wanted), frozenset(map(type, wanted))
    return lambda value: type(value) in types and value in listed


def _required(wanted: Any, _: Any) -> Accept:
    names = tuple(wanted)
    return lambda value: type(value) is not dict or all(name in value for name in names)


def _properties(wanted: Any, schema: Any) -> Accept:
    checks = {name: _schema(one) for name, one in wanted.items()}
    other = schema.get("additionalProperties", True)
    others = _nothing if other is False else _schema(other)
    return lambda value: type(value) is not dict or all(checks.get(key, others)(one) for key, one in value.items())


def _nothing(_: Any) -> bool:
    return False


def _items(wanted: Any, _: Any) -> Accept:
    check = _schema(wanted)
    return lambda value: type(value) is not list or all(map(check, value))


def _min_length(wanted: Any, _: Any) -> Accept:
    return lambda value: type(value) is not str or len(value) >= wanted


def _minimum(wanted: Any, _: Any) -> Accept:
    return lambda value: type(value) not in _NUMBERS or value >= wanted


def _maximum(wanted: Any, _: Any) -> Accept:
    return lambda value: type(value) not in _NUMBERS or value <= wanted


def _pattern(wanted: Any, _: Any) -> Accept:
    search = re.compile(wanted).search
    return lambda value: type(value) is not str or search(value) is not None


_KEYWORDS: Final[Mapping[str, Callable[[Any, Any], Accept]]] = {
    "enum": _enum,
    "items": _items,
    "maximum": _maximum,
    "minLength": _min_length,
    "minimum": _minimum,
    "pattern": _pattern,
    "properties": _properties,
    "required": _required,
    "type": _type,
}
