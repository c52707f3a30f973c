"""What the tests of arrays share."""

import pytest

from orgmodel.arrays import forest


@pytest.fixture(params=[forest.MOST_LAYERS, 1, 0], scope="module", ids="{} layers".format)
def either_way(request):
    """Take leaders off in layers, then in paths, however few entries there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forest, "MOST_LAYERS", request.param)
        yield
