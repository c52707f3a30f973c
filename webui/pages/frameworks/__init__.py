"""The page of an organisation's leadership frameworks, and its JSON twin."""
