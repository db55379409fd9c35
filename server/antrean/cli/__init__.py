"""The commands of `antrean`, one module each."""
