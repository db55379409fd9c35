"""A display that runs for days: what its page takes, and whether that grows."""
