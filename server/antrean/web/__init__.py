"""The only place that knows HTTP: routes, credentials, limits, pages, sockets, documents."""
