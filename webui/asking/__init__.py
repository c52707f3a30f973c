"""What a request asks for: who looks, and the parameters of the address."""
