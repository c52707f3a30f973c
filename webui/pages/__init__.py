"""The pages of the explorer: a folder or a module each, with its routes, data and template."""
