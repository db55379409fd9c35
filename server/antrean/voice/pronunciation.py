"""What espeak-ng gets wrong, in its own letters for sounds. Pure; for the helper.

English "A" alone is the article to it. Its Indonesian cannot know which e is a schwa, as in
"empat", "enam", "belas", and which is open, as in "loket"; writing does not tell. And a letter
whose name begins with e loses that vowel after one that ends with e: BPJS became "be pe je 's".
Between [[ and ]] it takes sounds: @ is the schwa, E2 the open e that is never weakened, R2 an r
between vowels, N is ng, ' stands before the stress.
"""

import re
from collections.abc import Mapping

_LETTERS = {
    "F": "'E2f", "L": "'E2l", "M": "'E2m", "N": "'E2n", "R": "'E2R", "S": "'E2s", "X": "'E2ks",
}  # fmt: skip

_WORDS = {
    # numbers
    "empat": "@mp'at", "keempat": "k@@mp'at", "enam": "@n'am", "keenam": "k@@n'am",
    "belas": "b@l'as", "sebelas": "s@b@l'as", "kesebelas": "k@s@b@l'as", "persen": "p@Rs'E2n",
    "tengah": "t@N'ah", "setengah": "s@t@N'ah", "perempat": "p@R2@mp'at",
    "seperempat": "s@p@R2@mp'at", "persegi": "p@Rs@g'i",
    # times
    "detik": "d@t'ik", "menit": "m@n'it", "sore": "s'oR2e", "senin": "s@n'in",
    # a hall
    "antre": "'antR2e", "depan": "d@p'an", "dokumen": "d'okumE2n", "gedung": "g@d'uN",
    "kertas": "k@Rt'as", "berkas": "b@Rk'as", "loket": "l'okE2t", "teller": "t'E2l@R",
    "tempat": "t@mp'at", "tiket": "t'ikE2t", "toilet": "t'oIlE2t", "peserta": "p@s@Rt'a",
    "online": "'onlaIn", "sistem": "s'istE2m", "kode": "k'ode", "pesan": "p@s'an",
    # agencies and places
    "elektronik": "el,E2ktR2'onik", "kabupaten": "kabup'atE2n", "kemenag": "k@m@n'ag",
    "kependudukan": "k@p@n,dud'ukan", "kepesertaan": "k@p@s@Rt'a_|an",
    "kesehatan": "k@seh'atan", "ketenagakerjaan": "k@t@n,agak@RdZ'a_|an",
    "kerja": "k@RdZ'a", "negeri": "n@g@R2'i", "pengelolaan": "p@N@lol'a_|an",
    "polres": "p'olR2E2s", "polsek": "p'olsE2k", "tangerang": "taN@R2'aN", "taspen": "t'aspE2n",
    # what announcements are made of
    "belum": "b@l'um", "benar": "b@n'aR", "bersih": "b@Rs'ih", "besar": "b@s'aR",
    "cepat": "tS@p'at", "dengan": "d@N'an", "jelas": "dZ@l'as", "karena": "kaR2@n'a",
    "kecil": "k@tS'il", "lebih": "l@b'ih", "penting": "p@nt'iN", "perlu": "p@Rl'u",
    "sebelah": "s@b@l'ah",
    "sebelum": "s@b@l'um", "sedang": "s@d'aN", "segera": "s@g@R2'a", "sejak": "s@dZ'ak",
    "selesai": "s@l@s'aI", "tenang": "t@n'aN", "tepat": "t@p'at", "tertib": "t@Rt'ib",
    # "vi" is six to it
    "vi": "f'i",
}  # fmt: skip

_SOUNDS: Mapping[str, Mapping[str, str]] = {"id": {**_LETTERS, **_WORDS}, "en": {"A": "'eI"}}
_TOKEN = re.compile(r"\[\[.*?\]\]|[^\W\d_]+")
_CLAUSE = re.compile(r"(?:\[\[.*?\]\]|[^.,;:!?])+[.,;:!?]*|[.,;:!?]+")
_CLAUSE_BYTES = 600
"""espeak-ng cuts a clause that has some 725, also within sounds, and then spells them."""


def pronounced(text: str, language: str) -> str:
    """`text`, some of its words as sounds. A letter is a single capital."""
    return "".join(_clause(found.group(), _SOUNDS[language]) for found in _CLAUSE.finditer(text))


def _clause(text: str, sounds: Mapping[str, str]) -> str:
    def sound(found: re.Match[str]) -> str:
        word = found.group()
        known = sounds.get(word if len(word) == 1 else word.lower())
        return word if known is None else f"[[{known}]]"

    with_sounds = _TOKEN.sub(sound, text)
    return with_sounds if len(with_sounds.encode()) <= _CLAUSE_BYTES else text
