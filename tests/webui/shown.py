"""The contexts of pages, before they are rendered."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import template_rendered

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def page_data(client: FlaskClient, address: str) -> Any:
    """Return the context that the page of an address is made from, as plain values."""
    contexts: list[Any] = []

    def note(_app: object, *, context: dict[str, Any], **_more: object) -> None:
        contexts.append(context["page"])

    with template_rendered.connected_to(note, client.application):
        assert client.get(address).status_code == 200
    json = client.application.json
    return json.loads(json.dumps(asdict(contexts[-1])))
