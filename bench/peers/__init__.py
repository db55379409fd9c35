"""Servers that send the same frames the usual ways, each as its documentation shows it."""
