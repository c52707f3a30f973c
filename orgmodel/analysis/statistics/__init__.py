"""Statistics of leaders: the chosen ones, their bands, layers and averages, as tables."""
