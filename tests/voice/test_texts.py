"""Announcements as they are said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antrean.voice.texts import normalise
from antrean.voice.words import abbreviations

TABLE = abbreviations()

INDONESIAN = {
    # numbers
    "Antrean 01 dan 10": "Antrean nol satu dan sepuluh",
    "12, 20, 100, 1002": "dua belas, dua puluh, seratus, seribu dua",
    "12.000 orang": "dua belas ribu orang",
    "2,5 persen": "dua koma lima persen",
    "50%": "lima puluh persen",
    "NIK 3671012345678901": (
        "nik tiga enam tujuh satu nol satu dua tiga empat lima enam tujuh delapan sembilan nol satu"
    ),
    "antrean ke-2": "antrean kedua",
    "versi 10.5.3": "versi sepuluh lima tiga",
    # tickets and counters
    "Nomor A-001 sampai B-120 ke Loket 10A!": (
        "Nomor A nol nol satu sampai B satu dua nol ke Loket sepuluh A!"
    ),
    "Loket 3-5 tutup": "Loket tiga sampai lima tutup",
    # times, dates, money, telephones
    "Buka pukul 13.00-15.30 WIB.": (
        "Buka pukul tiga belas sampai lima belas tiga puluh waktu Indonesia barat."
    ),
    "jam 08:05": "jam delapan nol lima",
    "24/11/2026": "dua puluh empat November dua ribu dua puluh enam",
    "Rp150.000,00 per orang": "seratus lima puluh ribu rupiah per orang",
    "Rp 1.500.000.": "satu juta lima ratus ribu rupiah.",
    "Rp5.000/hari": "lima ribu rupiah per hari",
    "0812-3456-7890": ("nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol"),
    # abbreviations
    "Kantor ATR/BPN": "Kantor A T R, B P N",
    "BPJS, SKCK, PLN dan bjb": "B P J S, S K C K, P L N dan B J B",
    "Kartu pencari kerja (AK-1)": "Kartu pencari kerja, A K satu",
    "e-KTP dan KTP-el": "e K T P dan K T P elektronik",
    "DPM-PTSP": "D P M P T S P",
    "Jl. Sudirman No. 10, RT 01/RW 02": "jalan Sudirman nomor sepuluh, R T nol satu, R W nol dua",
    "Foto dan cetak SIM": "Foto dan cetak sim",
    "gedung II": "gedung dua",
    "a.n. Budi s.d. Jumat": "atas nama Budi sampai dengan Jumat",
    # a text in capitals is not spelled
    "PERHATIAN: LOKET 3 TUTUP DAN PINDAH. BAWA KTP ASLI": (
        "perhatian: loket tiga tutup dan pindah. bawa K T P asli"
    ),
    # what is not said
    "undang-undang & peraturan": "undang-undang dan peraturan",
    "mpp.tangerangkota.go.id": "M P P titik tangerangkota titik go titik id",
    "<script>alert(1)</script>": "script alert, satu, script",
    "Halo 😀\nbaris \u201cdua\u201d": "Halo. baris dua",
    "Tunggu... ya?!": "Tunggu. ya!",
    "😀 \u200b": "",
    "": "",
    "...": "",
}

ENGLISH = {
    "Opens at 08:00, closes 15:30.": "Opens at eight o'clock, closes fifteen thirty.",
    "Counter 10A is closed": "Counter ten eh is closed",
    "A ticket": "a ticket",
    "Rp150,000 for 2.5 km": "one hundred fifty thousand rupiah for two point five kilometres",
    "the 2nd time": "the 2nd time",
    "Number A-001": "Number eh zero zero one",
    "my 1,002": "my one thousand two",
    "counters 3-5": "counters three to five",
    "It is in the BPJS office": "It is in the B P J S office",
    "No. No. 5": "No. number five",
}


@pytest.mark.parametrize("text", INDONESIAN)
def test_indonesian(text: str) -> None:
    assert normalise(text, "id", TABLE) == INDONESIAN[text]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert normalise(text, "en", TABLE) == ENGLISH[text]


@given(st.text(max_size=200) | st.text("0123456789.,:/- ARpke\n%&+", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_words_without_figures_and_markup(text: str) -> None:
    for language in ("id", "en"):
        said = normalise(text, language, TABLE)
        if language == "id":
            assert not any(c.isdecimal() for c in said), said
        assert not set(said) & set("<>[]{}()&%\n\r\t\x00|\\^~`"), said
