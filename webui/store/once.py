"""A property that is worked out once, however many threads ask for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    once = cached_property
else:

    class once(cached_property):  # noqa: N801 - it stands where functools' own would
        """A property worked out when first needed, by one thread while the others wait.

        The instance has the `lock`, which one thread may take again for what it needs on the way.
        """

        def __get__(self, instance, owner=None):
            """Return the value, worked out under the instance's lock."""
            if instance is None or self.attrname in instance.__dict__:
                return super().__get__(instance, owner)
            with instance.lock:
                return super().__get__(instance, owner)
