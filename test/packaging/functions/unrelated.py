raise ValueError("nobody imports this")
