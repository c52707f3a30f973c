"""The domain model: frozen entities, independent of files, graphs and screens."""
