"""The explorer in the browser: a Flask app over `orgmodel`."""

import lazy_loader

# Flask is imported lazily, so that the command line in this package starts fast.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
