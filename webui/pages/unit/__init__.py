"""The page of one unit, and its panel as data."""
