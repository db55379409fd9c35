"""What the endpoints do, by subject. Each handler takes an `Ask` that was checked, and returns
the answer."""
