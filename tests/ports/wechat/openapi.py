"""The public description of Pay v3 as a judge: what a request or an answer of it breaks.

The description is a folder of Swagger 2.0 fragments, a file a path (TheNorthMemory's
wechatpay-openapi, MIT). `faults_of_request` and `faults_of_answer` take what went over the wire
and say what is wrong with it; a path without a fragment is a fault of its own.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

import yaml
from jsonschema import Draft202012Validator

from tests.ports.wechat.reference import OPENAPI

Node: TypeAlias = dict[str, Any]
SCHEMA_WORDS = ("type", "enum", "required", "properties", "items")
UNDESCRIBED = "the description has no such path"

# Answers that another operation describes better. Of a sharing: two enumerations slid down by one
# field, and a reason to fail is required of what succeeded. Of an order by WeChat's number: its
# description is older than its twin's, and has no payer.
SAME_ANSWER = {
    "/v3/profitsharing/orders/{out_order_no}": ("post", "/v3/profitsharing/orders"),
    "/v3/profitsharing/orders/unfreeze": ("post", "/v3/profitsharing/orders"),
    "/v3/pay/transactions/id/{transaction_id}": (
        "get",
        "/v3/pay/transactions/out-trade-no/{out_trade_no}",
    ),
}
# The fields of the order that was asked for are described as required in what a query answers;
# WeChat's own document of the query has neither.
NOT_REQUIRED = {
    "/v3/pay/transactions/id/{transaction_id}": {"description", "notify_url"},
    "/v3/pay/transactions/out-trade-no/{out_trade_no}": {"description", "notify_url"},
}


class Fragment(NamedTuple):
    """One operation of the description, its references resolved."""

    path: str
    parameters: list[Node]
    answers: dict[int, Node]
    is_file: bool

    def body(self) -> Node | None:
        """Give the schema of the body, if there is one."""
        return next((each["schema"] for each in self.parameters if each["in"] == "body"), None)


def faults_of_request(
    method: str, url: str, headers: Mapping[str, str], body: bytes
) -> Iterator[str]:
    """Name what a request lacks, or has and should not have."""
    parts = urlsplit(url)
    fragment = fragment_of(method, parts.path)
    if fragment is None:
        yield UNDESCRIBED
        return
    given = {
        "query": dict(parse_qsl(parts.query, keep_blank_values=True)),
        "header": {name.lower(): value for name, value in headers.items()},
        "path": _filled(fragment.path, parts.path),
    }
    for each in fragment.parameters:
        if each["in"] != "body":
            yield from _faults_of_parameter(each, given[each["in"]])
    told = {each["name"] for each in fragment.parameters if each["in"] == "query"}
    yield from (f"query: {name} is not described" for name in given["query"].keys() - told)
    schema = fragment.body()
    if schema is None:
        yield from (["body: none is described"] if body else [])
        return
    yield from _faults(strict(schema), json.loads(body))


def faults_of_answer(method: str, url: str, status: int, body: bytes) -> Iterator[str]:
    """Name what a good answer lacks, or has of the wrong type."""
    fragment = fragment_of(method, urlsplit(url).path)
    if fragment is None:
        yield UNDESCRIBED
    elif status not in fragment.answers:
        yield f"status {status} is not described"
    elif schema := fragment.answers[status]:
        yield from _faults(strict(schema), json.loads(body))
    elif body and not fragment.is_file:
        yield "body: none is described"


def example_of(schema: Node) -> Any:
    """Make a value from the examples of a schema; all fields are in it."""
    if "example" in schema and schema.get("type") not in {"object", "array"}:
        return schema["example"]
    if schema.get("type") == "object" or "properties" in schema:
        return {name: example_of(each) for name, each in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"])] if "items" in schema else []
    plain = {"integer": 1, "number": 1, "boolean": False}
    return schema.get("enum", [plain.get(str(schema.get("type")), "text")])[0]


def fragment_of(method: str, path: str) -> Fragment | None:
    """Find the operation that a path belongs to; a path without holes comes first."""
    for template in _templates():
        if _pattern(template).fullmatch(path):
            operation = _file(template).get(method.lower())
            if operation is not None:
                return _fragment(template, operation)
    return None


def _fragment(template: str, operation: Node) -> Fragment:
    file = OPENAPI / f"{template.lstrip('/')}.yaml"
    answers = {
        int(status): _merged(_resolved(answer.get("schema") or {}, file))
        for status, answer in operation["responses"].items()
    }
    if same := SAME_ANSWER.get(template):
        verb, path = same
        answers = _fragment(path, _file(path)[verb]).answers
    spared = NOT_REQUIRED.get(template, set())
    for schema in answers.values():
        if "required" in schema:
            schema["required"] = [name for name in schema["required"] if name not in spared]
    parameters = [_resolved(each, file) for each in operation.get("parameters") or []]
    for each in parameters:
        if "schema" in each:
            each["schema"] = _merged(each["schema"])
    whole = [_merged(each) for each in parameters]
    return Fragment(template, whole, answers, is_file="produces" in operation)


def strict(schema: Node) -> Node:
    """Give the schema that knows no other fields than those described."""
    if schema.get("type") == "object" and "properties" in schema:
        fields = {name: strict(each) for name, each in schema["properties"].items()}
        return {**_bare(schema), "properties": fields, "additionalProperties": False}
    if "items" in schema:
        return {**_bare(schema), "items": strict(schema["items"])}
    return _bare(schema)


def _bare(schema: Node) -> Node:
    return {name: schema[name] for name in SCHEMA_WORDS if name in schema}


def _faults(schema: Node, value: Any) -> Iterator[str]:
    for error in Draft202012Validator(schema).iter_errors(value):
        yield f"body{error.json_path[1:]}: {error.message}"


def _faults_of_parameter(parameter: Node, given: Mapping[str, str]) -> Iterator[str]:
    name = parameter["name"]
    value = given.get(name.lower() if parameter["in"] == "header" else name)
    if value is None:
        if parameter.get("required"):
            yield f"{parameter['in']}: {name} is required"
    elif "enum" in parameter and value not in parameter["enum"]:
        yield f"{parameter['in']}: {name} is {value}, not of {parameter['enum']}"
    elif parameter.get("type") == "integer" and not value.isdigit():
        yield f"{parameter['in']}: {name} is {value}, not a number"


def _resolved(node: Any, file: Path) -> Any:
    """Put in what references point to; what stands beside a reference is kept."""
    if isinstance(node, list):
        return [_resolved(each, file) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _resolved(each, file) for name, each in node.items() if name != "$ref"}
    if "$ref" not in node:
        return kept
    where, _, name = node["$ref"].partition("#")
    there = (file.parent / where).resolve() if where else file
    return {**_resolved(_read(there)[name.strip("/")], there), **kept}


def _merged(schema: Any) -> Any:
    """Make one of `allOf`: all the fields, all that is required; of enumerations any value."""
    if isinstance(schema, list):
        return [_merged(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    whole: Node = {name: _merged(each) for name, each in schema.items() if name != "allOf"}
    for part in map(_merged, schema.get("allOf", [])):
        for name, each in part.items():
            match name:
                case "properties":
                    known = whole.get(name, {})
                    twice = {
                        field: _merged({"allOf": [known[field], each[field]]})
                        for field in known.keys() & each.keys()
                    }
                    whole[name] = {**known, **each, **twice}
                case "required" | "enum" if isinstance(each, list):
                    whole[name] = [*whole.get(name, []), *each]
                case _:
                    whole.setdefault(name, each)
    return whole


def _filled(template: str, path: str) -> dict[str, str]:
    found = _pattern(template).fullmatch(path)
    names = re.findall(r"\{(\w+)\}", template)
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else {}


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(template)))


@cache
def _templates() -> tuple[str, ...]:
    files = (OPENAPI / "v3").rglob("*.yaml")
    names = ("/" + each.relative_to(OPENAPI).with_suffix("").as_posix() for each in files)
    return tuple(sorted(names, key=lambda name: (name.count("{"), name)))


def _file(template: str) -> Node:
    return _read(OPENAPI / f"{template.lstrip('/')}.yaml")


@cache
def _read(file: Path) -> Node:
    # YAML 1.1 makes dates and moments of some examples; here they are texts.
    loaded: Node = yaml.load(file.read_text("utf-8"), Loader=_Texts)  # noqa: S506 - a safe loader
    return loaded


class _Texts(yaml.SafeLoader):
    """Reads moments as the texts they are written as."""


_Texts.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
