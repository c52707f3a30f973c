"""What the data leave open or contradict."""
