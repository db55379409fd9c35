"""The data folder: the only SQL of the project.

folder    lock, modes, secret; who may open it        database  connections, pragmas, schema version
batch     what one group commit writes                journal   writing and loading it
reading   questions to the past, read only            verify, backup: the administrator's commands
"""

from antrean.store.batch import Batch, Note, StoredAnswer
from antrean.store.database import StorageFailed
from antrean.store.folder import Folder, UnusableFolder
from antrean.store.journal import Loaded, Store

__all__ = [
    "Batch",
    "Folder",
    "Loaded",
    "Note",
    "StorageFailed",
    "Store",
    "StoredAnswer",
    "UnusableFolder",
]
