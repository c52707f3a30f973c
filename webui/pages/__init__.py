"""The pages of the explorer: one folder or module per page, with its routes, data and template."""
