"""Antrean: the queue of a public service mall, from the ticket to the hall display."""

__version__ = "0.1.0"
