"""Measures the speed of live delivery against a floor in C and against peers."""
