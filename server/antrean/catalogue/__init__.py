"""The catalogue of a site from TOML (contract, section 6): every fault at once, or a `Catalogue`.

Knows nothing but `antrean.domain.catalogue`. What the keys mean: docs/catalogue.md.
"""

from dataclasses import replace
from pathlib import Path

from antrean.catalogue.build import parse
from antrean.catalogue.faults import CatalogueFaults, Fault
from antrean.domain.catalogue import ALWAYS, Catalogue

__all__ = ["BUILT_IN", "CatalogueFaults", "Fault", "always_open", "load", "parse"]

BUILT_IN = Path(__file__).resolve().parent.parent / "catalogues" / "mpp-kota-tangerang.toml"
"""The catalogue that is served when none is named."""


def load(path: Path) -> Catalogue:
    """Reads the file; raises `CatalogueFaults`, also when it cannot be read at all."""
    name = str(path)
    try:
        # Editors on Windows put a byte order mark at the head, which TOML does not know.
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise CatalogueFaults([Fault(name, "", "", problem, "name a file that exists")]) from None
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start})"
        raise CatalogueFaults([Fault(name, "", "", problem, "save it as UTF-8")]) from None
    return parse(text, name)


def always_open(catalogue: Catalogue) -> Catalogue:
    """The same site, open at any hour of any day; what does not operate still does not."""
    services = {s.id: replace(s, hours=ALWAYS) for s in catalogue.services.values()}
    return replace(catalogue, services=services)
