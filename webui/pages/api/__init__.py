"""The API: what programs can ask for, as a page for people and as an OpenAPI document."""
