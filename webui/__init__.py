"""The explorer in the browser: a Flask app over `orgmodel`."""

import lazy_loader

# The command line is in this package too, and starts at once: no Flask before it is needed.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
