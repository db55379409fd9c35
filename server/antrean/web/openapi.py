"""The OpenAPI 3.1 document, made from the table of endpoints: there is nothing else to keep in
step."""

from functools import cache
from typing import Any

import msgspec

from antrean import __version__
from antrean.web import schemas, schemas_hall
from antrean.web.codes import KINDS
from antrean.web.endpoint import ANYONE, HOLDER, Endpoint, Parameter
from antrean.web.table import ENDPOINTS

_REF = "#/components/schemas/{name}"
_COMMON = ("unauthenticated", "not_found", "rate_limited", "internal")
_WITH_BODY = (
    "malformed",
    "csrf",
    "too_large",
    "unsupported_media_type",
    "invalid",
    "storage_unavailable",
)
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_X_SEQ = {
    "X-Seq": {
        "description": "The published journal position at that moment",
        "schema": {"type": "integer", "minimum": 0},
    }
}


@cache
def document() -> dict[str, Any]:
    """The whole document. Never change it: it is made once."""
    bodies = {e.body for e in ENDPOINTS if e.body is not None}
    answers = (schemas.ANSWERS | schemas_hall.ANSWERS).values()
    kinds = [*answers, schemas.Problem, *sorted(bodies, key=_name)]
    refs, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    ref_of = dict(zip((_name(k) for k in kinds), refs, strict=True))
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, ref_of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Antrean",
            "version": __version__,
            "description": "The queue of a public service mall. Its WebSocket: asyncapi.json.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _security_schemes()},
        "tags": [{"name": tag} for tag in sorted({e.tag for e in ENDPOINTS})],
    }


def _name(kind: Any) -> str:
    return str(kind.__name__)


def _security_schemes() -> dict[str, Any]:
    return {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A role's token, or the token of a ticket's holder",
        },
        "session": {"type": "apiKey", "in": "cookie", "name": "antrean"},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    }


def _operation(endpoint: Endpoint, ref_of: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(endpoint),
        "summary": endpoint.summary,
        "description": f"Who: {endpoint.who.name}.",
        "tags": [endpoint.tag],
        "responses": _responses(endpoint, ref_of),
        "security": _security(endpoint),
    }
    parameters = [*_path_parameters(endpoint), *(_query_parameter(p) for p in endpoint.query)]
    if endpoint.keyed:
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "One for each action; without a credential 22 characters or more",
                "schema": {"type": "string", "minLength": 1, "maxLength": 200},
            }
        )
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body is not None:
        required = any(f.required for f in msgspec.structs.fields(endpoint.body))
        kind = "multipart/form-data" if endpoint.upload else "application/json"
        operation["requestBody"] = {
            "required": required,
            "content": {kind: {"schema": ref_of[_name(endpoint.body)]}},
        }
    return operation


def _operation_id(endpoint: Endpoint) -> str:
    words = endpoint.path.replace("{", "").replace("}", "").replace(".", "-").strip("/")
    return f"{endpoint.method.lower()}-{words.replace('/', '-')}"


def _path_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in endpoint.path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": parameter.kind}
    if parameter.least is not None:
        schema["minimum"] = parameter.least
    if parameter.most is not None:
        schema["maximum"] = parameter.most
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.help,
        "schema": schema,
    }


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    if endpoint.who is HOLDER:
        return [{"bearer": []}]
    with_cookie: dict[str, list[str]] = {"session": []}
    if endpoint.method != "GET":
        with_cookie["csrf"] = []
    options: list[dict[str, list[str]]] = [{"bearer": []}, with_cookie]
    return [{}, *options] if endpoint.who is ANYONE else options


def codes_of(endpoint: Endpoint) -> list[str]:
    """Every code that an answer of this endpoint may carry."""
    codes = [*_COMMON, *endpoint.codes]
    if endpoint.method != "GET":
        codes += [c for c in _WITH_BODY if endpoint.body is not None or c not in _WITH_BODY[2:4]]
    elif endpoint.query:
        codes.append("invalid")
    if endpoint.who is not ANYONE:
        codes.append("forbidden")
    if endpoint.keyed:
        codes.append("idempotency_mismatch")
    return sorted(set(codes), key=lambda c: (KINDS[c].status, c))


def _responses(endpoint: Endpoint, ref_of: dict[str, Any]) -> dict[str, Any]:
    if endpoint.answer == "Image":
        content: dict[str, Any] = {"image/svg+xml": {"schema": {"type": "string"}}}
    elif endpoint.answer == "Document":
        content = {"application/json": {"schema": {"type": "object"}}}
    else:
        content = {"application/json": {"schema": ref_of[endpoint.answer]}}
    responses: dict[str, Any] = {
        str(endpoint.success): {"description": "Done", "headers": _X_SEQ, "content": content}
    }
    by_status: dict[int, list[str]] = {}
    for code in codes_of(endpoint):
        by_status.setdefault(KINDS[code].status, []).append(code)
    for status, codes in by_status.items():
        named = ", ".join(f"`{code}`" for code in codes)
        responses[str(status)] = {"description": named, "headers": _X_SEQ, "content": _PROBLEM}
    return responses
