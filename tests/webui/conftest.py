"""What tests of the explorer's answers share."""

import pytest

from tests.clients import over
from tests.webui.test_security import hostile_organisation


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A client over an organisation with hostile text in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_organisation(folder)
    return over(folder)
