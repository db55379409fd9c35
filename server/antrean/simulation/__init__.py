"""Visitors and clerks who live on the real API: `antrean simulate` and `serve --demo`.

Knows the public contract alone: HTTP and sockets, never the server's inside.
"""
