"""What the tests of arrays share."""

import pytest

from orgmodel.arrays import kernels


@pytest.fixture(params=["plain", "compiled"], scope="module")
def either_way(request):
    """Run every kernel as plain Python, then compiled, however many entries there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            kernels.Kernel, "__call__", lambda self, *args: getattr(self, request.param)(*args)
        )
        yield
