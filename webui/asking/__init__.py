"""What a request asks: its language, its day, and the parameters of its address."""
