"""Reporting structures of public organisations: chains, spans of control and charts.

The public names are listed in `__init__.pyi`; each is imported on first access.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

__version__ = "0.2.0"
