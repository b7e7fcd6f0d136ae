"""Practice software: what dentalpain asks of it, and the adapters that ship."""
