"""One blueprint a module: parameters, one question to the core, a context, a template."""
