"""The name that a file came with: shown to people as text, and used for nothing else."""

import re
import unicodedata

LONGEST = 100  # characters
NAMELESS = "tanpa nama"

_ENCODED = re.compile("%(22|0[AaDd])")  # all that a browser encodes in a name (HTML, form data)
_SPACES = re.compile(r"\s+")


def cleaned(raw: bytes) -> str:
    """The name without folders, control characters, marks that turn the order of letters, and
    what else is invisible; at most LONGEST characters, its extension kept."""
    text = raw.decode("utf-8", "replace")
    text = _ENCODED.sub(lambda found: chr(int(found[1], 16)), text)
    text = re.split(r"[/\\]", text)[-1]
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    # Cc control, Cf format (bidi overrides, zero width), Cs halves, Co private, Zl and Zp breaks
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    text = "".join(kept).strip(" .")
    if len(text) > LONGEST:
        stem, dot, extension = text.rpartition(".")
        tail = dot + extension if stem and len(extension) <= 10 else ""
        text = text[: LONGEST - len(tail)].rstrip() + tail
    return text or NAMELESS
