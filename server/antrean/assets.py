"""Where the files that are not Python lie: displays, clients and schema.sql.

In a checkout they stand at the top of the repository, in an installed wheel inside the
package. Nothing else may guess at either layout.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# An editable install copies the files into site-packages too, where they would go stale; they
# are never read, since the package then resolves to the checkout.
ROOT = _PACKAGE if (_PACKAGE / "schema.sql").is_file() else _PACKAGE.parent.parent

SCHEMA = ROOT / "schema.sql"
DISPLAYS = ROOT / "displays"
CLIENTS = ROOT / "clients"
