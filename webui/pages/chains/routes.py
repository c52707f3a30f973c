"""The chain from one post to the top, and the chain between two posts."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.asking.state import seen
from webui.pages.chains.page import between_context, chain_context

bp = Blueprint("chains", __name__, url_prefix="/<organisation_id>")


@bp.get("/chain/<position_id>")
def page(organisation_id: str, position_id: str) -> str:
    """Show the chain from a post to the top."""
    context = chain_context(seen(organisation_id), position_id)
    return render_template("pages/chains/page.html", page=context)


@bp.get("/between")
def between(organisation_id: str) -> str:
    """Show the chain between two posts, or ask for them."""
    return render_template(
        "pages/chains/between.html", page=between_context(seen(organisation_id))
    )
