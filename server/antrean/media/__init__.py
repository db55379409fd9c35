"""Images and films that displays show: which files are taken, how they are named, where they lie.

kinds    what a file is, by its bytes alone
names    the name that it came with, made harmless
folder   DATA/media: temporary files, what is kept, what is swept away
"""
