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
    "08.30WIB": "delapan tiga puluh waktu Indonesia barat",
    "24/11/2026": "dua puluh empat November dua ribu dua puluh enam",
    "Rp150.000,00 per orang": "seratus lima puluh ribu rupiah per orang",
    "Rp 1.500.000.": "satu juta lima ratus ribu rupiah.",
    "Rp1.000.000.000.000": f"satu {' '.join(['nol'] * 12)} rupiah",
    "Rp5.000/hari": "lima ribu rupiah per hari",
    "0812-3456-7890": ("nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol"),
    "Rp2,5 juta": "dua koma lima juta rupiah",
    "Rp 5jt, 500rb": "lima juta rupiah, lima ratus ribu",
    "denda 2%/bulan": "denda dua persen per bulan",
    "Bpk/Ibu, fotokopi 2 lbr": "bapak Ibu, fotokopi dua lembar",
    "Rp. 1.500.000,00 dan Rp150.000,-": (
        "satu juta lima ratus ribu rupiah dan seratus lima puluh ribu rupiah"
    ),
    "2026-11-24, 24.11.2026, 24/11/26": ", ".join(
        ["dua puluh empat November dua ribu dua puluh enam"] * 3
    ),
    "31-31-2026": "tiga puluh satu tiga puluh satu dua ribu dua puluh enam",
    "Ke-3 dan KE-12": "ketiga dan kedua belas",
    "+62 812 3456 7890": (
        "plus enam dua, delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol"
    ),
    "Telp. (021) 555-1234": "telepon nol dua satu, lima lima lima, satu dua tiga empat",
    "Hub. 1500-400": "hubungi satu lima nol nol, empat nol nol",
    "Nomor 25/2009": "Nomor dua puluh lima garis miring dua ribu sembilan",
    "1/2 jam, \u00bd hari, 3/4": "setengah jam, setengah hari, tiga perempat",
    "foto 3x4 atau 4 x 6, 2x sehari": "foto tiga kali empat atau empat kali enam, dua kali sehari",
    "\u00b130 menit": "kurang lebih tiga puluh menit",
    "100 m2, 50m\u00b2": "seratus meter persegi, lima puluh meter persegi",
    "3 (tiga) hari, 14(empat belas) orang, 5 (lima belas)": (
        "tiga hari, empat belas orang, lima, lima belas"
    ),
    "#5": "nomor lima",
    # from one to another
    "Senin-Jumat 08.00-12.00": "Senin sampai Jumat delapan sampai dua belas",
    "Senin \u2013 Kamis, Januari\u2014Maret": "Senin sampai Kamis, Januari sampai Maret",
    "08.00 WIB - 15.00 WIB": (
        "delapan waktu Indonesia barat sampai lima belas waktu Indonesia barat"
    ),
    "Loket A\u2013C": "Loket A sampai C",
    "Loket 1 s/d 5": "Loket satu sampai dengan lima",
    "400-300": "empat ratus, tiga ratus",
    "10%-20%": "sepuluh persen sampai dua puluh persen",
    "H-1 dan H+7": "H minus satu dan H plus tujuh",
    # abbreviations
    "pkl. 10.30, pkl 9": "pukul sepuluh tiga puluh, pukul sembilan",
    "PT. PLN, RT.01": "P T P L N, R T nol satu",
    "No 5, Lt 2, tgl 24": "nomor lima, lantai dua, tanggal dua puluh empat",
    "Jl.Daan Mogot, Lt.Dasar": "jalan Daan Mogot, lantai Dasar",
    "S.H., M.H.": "S H, M H.",
    "tutup.Silakan": "tutup. Silakan",
    "17 thn, dll": "tujuh belas tahun, dan lain lain",
    "Kec. Cipondoh": "kecamatan Cipondoh",
    "abad XXI, lantai XIV": "abad dua puluh satu, lantai empat belas",
    "Wi-Fi, CCTV, AC": "waifai, si si ti vi, a se",
    "Mohon ke LOKET DUA dan HARAP ANTRE DI SANA ya": (
        "Mohon ke loket dua dan harap antre di sana ya"
    ),
    "Kantor ATR/BPN": "Kantor A T R, B P N",
    "BPJS, SKCK, PLN dan bjb": "B P J S, S K C K, P L N dan B J B",
    "Kartu pencari kerja (AK-1)": "Kartu pencari kerja, A K satu",
    "e-KTP dan KTP-el": "e K T P dan K T P elektronik",
    "DPM-PTSP": "D P M P T S P",
    "Jl. Sudirman No. 10, RT 01/RW 02": "jalan Sudirman nomor sepuluh, R T nol satu, R W nol dua",
    "Foto dan cetak SIM": "Foto dan cetak sim",
    "gedung II": "gedung dua",
    "a.n. Budi s.d. Jumat": "atas nama Budi sampai dengan Jumat",
    "a.n Ny. Siti s.d 12.00": "atas nama nyonya Siti sampai dengan dua belas",
    "Tn. Budi, max. 5 lembar": "tuan Budi, maksimal lima lembar",
    # a text in capitals is not spelled
    "PERHATIAN: LOKET 3 TUTUP DAN PINDAH. BAWA KTP ASLI": (
        "perhatian: loket tiga tutup dan pindah. bawa K T P asli"
    ),
    "LOKET TIGA TUTUP. HARAP KE LOKET LIMA YA, PAK": (
        "loket tiga tutup. harap ke loket lima ya, pak"
    ),
    # of several pauses a comma is the least
    "Layanan (SIM). Silakan": "Layanan, sim. Silakan",
    "Tutup, (besok) (lusa)! Halo,\nLoket 3": "Tutup, besok, lusa! Halo. Loket tiga",
    # what is not said
    "undang-undang & peraturan": "undang-undang dan peraturan",
    "https://mpp.go.id/antrean": "M P P titik go titik id antrean",
    "layanan@mpp.go.id": "layanan et M P P titik go titik id",
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
    "Counter 10A is closed": "Counter ten A is closed",
    "A ticket": "a ticket",
    "Rp150,000 for 2.5 km": "one hundred fifty thousand rupiah for two point five kilometres",
    "the 2nd time": "the 2nd time",
    "Number A-001": "Number A zero zero one",
    "my 1,002": "my one thousand two",
    "counters 3-5": "counters three to five",
    "It is in the BPJS office": "It is in the B P J S office",
    "No. No. 5": "No. number five",
    "Counter A is closed. A ticket": "Counter A is closed. a ticket",
    "SIM A and SIM C": "sim A and sim C",
    "Do NOT wait in HALL TWO or ON the stairs": "Do not wait in hall two or on the stairs",
    "Rp150.000 or IDR 150,000": (
        "one hundred fifty thousand rupiah or one hundred fifty thousand rupiah"
    ),
    "Rp1.5 million": "one point five million rupiah",
    "Open 08.00-15.00 Monday-Friday": (
        "Open eight o'clock to fifteen hundred hours Monday to Friday"
    ),
    "10 a.m., 9.30 pm, 10 AM - 3 PM": "ten A M, nine thirty P M, ten A M to three P M",
    "10:00 am, 10:00": "ten A M, ten o'clock",
    "8.30am to 3:15pm": "eight thirty A M to three fifteen P M",
    "I am 3.50 m": "I am three point five zero m",
    "No 5, 3x4 photo, 1/2 hour": "number five, three by four photo, half hour",
    "call +62 21 5551234": "call plus six two, two one, five five five one two three four",
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
