"""The page of what an organisation's data leave open or contradict, and its JSON twin."""
