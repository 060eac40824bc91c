"""Layer vocab: one value against the range of its property."""

from __future__ import annotations

from typing import Any

from broadsheet.model import Severity
from broadsheet.validate import formats
from broadsheet.validate.emptiness import empty_weight, is_empty
from broadsheet.validate.graph import Graph
from broadsheet.validate.literals import NEARLY_SAYS, SAYS, rule_for, verdict
from broadsheet.validate.nodes import Node
from broadsheet.validate.publication import is_main
from broadsheet.validate.references import absolute
from broadsheet.validate.report import Report
from broadsheet.validate.structure import AGENTS
from broadsheet.validate.vocabulary import MEASURES, NUMBERS, Property, Vocabulary, is_long_text
from broadsheet.validate.wording import listed, quoted

_LIST_HINT = "a list within a list; write one list."
_AGENT_CLASSES = frozenset({"Person", "Organization"})
_LONG_TEXTS = frozenset({"TextObject"})
_PAPERS = frozenset({"publisher", "provider", "funder", "sponsor"})


class Judge:
    """Judges the values of one document."""

    def __init__(self, graph: Graph, words: Vocabulary, report: Report) -> None:
        self.graph = graph
        self.words = words
        self.report = report
        self.node: Node | None = None
        self.misfits: set[str] = set()  # objects of a wrong type, by pointer
        self.grave = True  # the node at hand belongs to what news pages say

    def _fault(self, rule: str, path: str, message: str, severity: Severity | None = None) -> None:
        """Add a problem; outside of news markup an error becomes a warning."""
        self.report.add(rule, path, message, severity or (None if self.grave else "warning"))

    def begin(self, node: Node) -> None:
        """Take up the next node."""
        self.node = node
        self.grave = self.words.is_news(node.types)

    def value(self, node: Node, known: Property, value: Any, path: str) -> None:
        """Judge one value of ``known``: text, number, flag, object or list of these."""
        if isinstance(value, str):
            if not known.text:
                self._text(known, value, path)
            elif known.name == "copyrightYear" and not any(char.isdigit() for char in value):
                self._fault("vocab/number", path, f"{known.name} {quoted(value)} is no year; write one, such as 2026.")
        elif isinstance(value, dict):
            self._object(node, known, value, path)
        elif isinstance(value, list):
            self._list(node, known, value, path)
        elif isinstance(value, bool):
            self._flag(known, value, path)
        elif value is not None:
            self._number(known, value, path)

    def _list(self, node: Node, known: Property, values: list[Any], path: str) -> None:
        for number, one in enumerate(values):
            here = f"{path}/{number}"
            if isinstance(one, list):
                self._fault("vocab/nested-list", here, f"{known.name} holds {_LIST_HINT}")
                self._list(node, known, one, here)
            elif one is None or one == "" or (isinstance(one, str) and one.isspace()):
                message = f"Entry {number + 1} of {known.name} is empty; remove it."
                self.report.add("vocab/empty-value", here, message, empty_weight(node, known.name, self.words))
            else:
                self.value(node, known, one, here)

    def _text(self, known: Property, text: str, path: str) -> None:
        """Judge a text where the range does not simply allow text."""
        if not known.literals:
            self._text_for_object(known, text, path)
            return
        rule, found = verdict(known, text)
        if found != formats.BAD and rule == "vocab/url-format":
            absolute(known, text, path, self.words, self.report, grave=self.grave)
        if found == formats.GOOD:
            return
        if known.anything and not known.by_courtesy:
            return
        if rule == "vocab/url-format" and known.classes and self._is_member(text):
            return
        severity: Severity | None = "warning" if found == formats.NEARLY else None
        if known.name in self.words.tolerated:
            severity = "notice"
        says = (NEARLY_SAYS if found == formats.NEARLY else SAYS)[rule]
        if rule == "vocab/url-format" and known.classes and not formats.looks_like_address(text):
            self._words_for_address(known, text, path, severity)
            return
        self._fault(rule, path, f"{known.name} {quoted(text)} {says}.", severity)

    def _is_member(self, text: str) -> bool:
        return text.rpartition("/")[2] in self.words.members

    def _words_for_address(self, known: Property, text: str, path: str, severity: Severity | None) -> None:
        if known.by_courtesy and not known.anything:
            self._text_for_object(known, text, path)
            return
        what = listed(sorted(known.classes))
        message = f"{known.name} {quoted(text)} is plain text; write an address or an object of type {what}."
        self._fault("vocab/url-format", path, message, severity)

    def _text_for_object(self, known: Property, text: str, path: str) -> None:
        if known.anything or known.name in self.words.tolerated or self._is_enumeration(known):
            return
        if known.classes <= _AGENT_CLASSES:
            self._bare_name(known, text, path)
            return
        what = listed(sorted(known.classes)[:3])
        message = f"{known.name} is the text {quoted(text)}; an object of type {what} would say more."
        self._fault("vocab/value-type", path, message, "warning")

    def _bare_name(self, known: Property, text: str, path: str) -> None:
        """Judge a name that stands as bare text; for an article's own byline the publication schema does."""
        if known.name in {"author", "publisher"} and self.node is not None and is_main(self.node, self.words):
            return
        organization = known.name in _PAPERS or "Person" not in known.classes
        rule = "pub/publisher-object" if organization else "pub/author-object"
        message = f"{known.name} is the text {quoted(text)}; write an object with @type and name."
        self.report.add(rule, path, message, None if self._signed(known) else "warning")

    def _signed(self, known: Property) -> bool:
        """Return whether the object at hand is shown with its author and publisher: a fact check, a film, an update."""
        node = self.node
        if node is None or known.name not in {"author", "publisher"} or not self.grave:
            return False
        return (node.top or node.via == "liveBlogUpdate") and not self.words.is_a(node.types, "ImageObject")

    def _is_enumeration(self, known: Property) -> bool:
        return any("Enumeration" in self.words.ancestors(one) for one in known.classes)

    def _flag(self, known: Property, value: bool, path: str) -> None:
        kinds = known.literals
        if "Boolean" in kinds or known.anything:
            return
        rule = rule_for(known)
        says = SAYS.get(rule)
        if says is None:
            what = "text" if known.text else f"an object of type {listed(sorted(known.classes)[:3])}"
            says = f"does not fit here; write {what}"
        self._fault(rule, path, f"{known.name} {quoted(value)} {says}.", "warning" if known.text else None)

    def _number(self, known: Property, value: float, path: str) -> None:
        kinds = known.literals
        if known.anything or known.text or kinds & (NUMBERS | MEASURES):
            self._whole(known, value, path)
            return
        rule = rule_for(known)
        if rule == "vocab/date-format" and isinstance(value, int) and 1000 <= value < 3000:
            return  # a year
        says = SAYS.get(rule, f"does not fit here; write an object of type {listed(sorted(known.classes)[:3])}")
        self._fault(rule, path, f"{known.name} {quoted(value)} {says}.")

    def _whole(self, known: Property, value: float, path: str) -> None:
        wants_whole = "Integer" in known.literals and not known.literals & {"Number", "Float"} and not known.text
        if wants_whole and (value < 0 or value != int(value)):
            message = f"{known.name} {quoted(value)} counts something; write a whole number of 0 or more."
            self._fault("vocab/number", path, message, "warning")

    def _object(self, node: Node, known: Property, value: dict[str, Any], path: str) -> None:
        if "@value" in value:
            self._value_object(node, known, value, path)
            return
        for word in ("@list", "@set"):
            if word in value and is_empty(value[word]):
                self._nothing(node, known, path)
                return
            if word in value:
                self.value(node, known, value[word], f"{path}/{word}")
                return
        child = self.graph.resolve(value)
        if child is None or known.anything:
            return
        own = self.graph.node(value)
        types = (own.types if own is not None else ()) or self.graph.types(child)
        if not known.classes or (not types and not child.foreign and is_long_text(known)):
            self._object_for_literal(known, value, types, path)
        elif types and not self._fits(known, types):
            self._misfit(known, types, path)
            self.misfits |= {path, child.path}

    def _misfit(self, known: Property, types: tuple[str, ...], path: str) -> None:
        if known.text and known.name not in _SHOWN:
            severity: Severity | None = None if known.classes <= _LONG_TEXTS and self.grave else "warning"
            message = f"{known.name} is an object of type {listed(types, 'and')}; write text."
            self.report.add("vocab/object-for-text", path, message, severity)
            return
        severity = None if self._matters(known) and self.grave else "warning"
        what = listed(sorted(known.classes)[:4])
        message = f"{known.name} is of type {listed(types, 'and')}; it must be of type {what}."
        self.report.add("vocab/value-type", path, message, severity)

    def _value_object(self, node: Node, known: Property, value: dict[str, Any], path: str) -> None:
        inner = value["@value"]
        if isinstance(inner, (str, int, float, bool)) and inner != "":
            if not known.classes or known.literals:
                self.value(node, known, inner, f"{path}/@value" if "@type" not in value else path)
        elif inner is None or inner == "":
            self._nothing(node, known, path)

    def _nothing(self, node: Node, known: Property, path: str) -> None:
        weight = empty_weight(node, known.name, self.words)
        self.report.add("vocab/empty-value", path, f"{known.name} is empty; fill it or leave it out.", weight)

    def _object_for_literal(self, known: Property, value: dict[str, Any], types: tuple[str, ...], path: str) -> None:
        if "URL" in known.literals and set(value) <= {"@id", "id"}:
            return  # {"@id": "https://…"} is an address
        if any(
            self.words.ancestors(one) & {"Role", "StructuredValue", "Enumeration", "DataType"} or one in known.literals
            for one in types
        ):
            return
        rule = "vocab/object-for-text" if known.text else "vocab/value-type"
        if "URL" in known.literals and not known.text and types:
            self._fault(rule, path, f"{known.name} is an object; write its address as text.", "warning")
            return
        what = (
            "text"
            if known.text
            else {"vocab/date-format": "a date", "vocab/number": "a number", "vocab/boolean": "true or false"}.get(
                rule_for(known), "plain text"
            )
        )
        self._fault(rule, path, f"{known.name} is an object; write {what}.")

    def _fits(self, known: Property, types: tuple[str, ...]) -> bool:
        """Return whether one of the types is in the range, above it, unknown or a Role."""
        for one in types:
            above = self.words.ancestors(one)
            if not above or known.classes & above or "Role" in above:
                return True
            if not known.text and any(one in self.words.ancestors(wanted) for wanted in known.classes):
                return True  # a supertype: vague, not wrong
        return False

    @staticmethod
    def _matters(known: Property) -> bool:
        return known.name in AGENTS or known.name in _SHOWN


_SHOWN = frozenset(
    {"image", "logo", "mainEntityOfPage", "video", "breadcrumb", "primaryImageOfPage", "thumbnail"}
    | {"worksFor", "affiliation", "speakable", "hasPart", "reviewRating"}
)
