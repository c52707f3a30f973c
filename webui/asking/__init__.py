"""The input of a request: the viewer, and the parameters of the URL."""
