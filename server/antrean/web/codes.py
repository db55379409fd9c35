"""The words of errors: code to HTTP status, title and a sentence that says what to do, in two
languages.

`{fact}` is filled in from what the refusal carries. docs/protocol.md lists the same codes; a test
compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code means: HTTP status, (Indonesian, English) title and detail. `{fact}` is filled
    in."""

    status: int
    title: tuple[str, str]
    detail: tuple[str, str]


KINDS: Mapping[str, Kind] = {
    "malformed": Kind(
        400,
        ("Permintaan tidak terbaca", "Malformed request"),
        (
            "Isi permintaan bukan JSON (UTF-8) atau multipart yang sah. Perbaiki lalu kirim lagi.",
            "The body is not valid JSON in UTF-8, or multipart. Mend it and send it again.",
        ),
    ),
    "unauthenticated": Kind(
        401,
        ("Belum masuk", "Not signed in"),
        (
            "Masuk lebih dahulu, atau kirim token yang masih berlaku.",
            "Sign in first, or send a token that is still valid.",
        ),
    ),
    "bad_credentials": Kind(
        401,
        ("Nama pengguna atau kata sandi salah", "Wrong user name or password"),
        (
            "Periksa nama pengguna dan kata sandi, lalu coba lagi.",
            "Check the user name and the password, then try again.",
        ),
    ),
    "forbidden": Kind(
        403,
        ("Tidak diizinkan", "Not allowed"),
        (
            "Akun atau token ini tidak berhak melakukan itu. Mintalah kepada administrator.",
            "This account or token may not do that. Ask an administrator.",
        ),
    ),
    "csrf": Kind(
        403,
        ("Permintaan tidak berasal dari halaman ini", "Not sent by our own page"),
        (
            "Kirim X-CSRF-Token dari GET /api/v1/session bersama cookie, atau muat ulang halaman.",
            "Send the X-CSRF-Token of GET /api/v1/session with the cookie, or reload the page.",
        ),
    ),
    "not_your_counter": Kind(
        403,
        ("Bukan loket Anda", "Not your counter"),
        (
            "Akun ini hanya boleh bertugas di loket yang ditentukan untuknya.",
            "This account may work only at the counters that were assigned to it.",
        ),
    ),
    "not_found": Kind(
        404,
        ("Tidak ditemukan", "Not found"),
        (
            "Tidak ada apa pun di alamat ini. Periksa alamat dan id-nya.",
            "There is nothing at this address. Check the path and the id in it.",
        ),
    ),
    "unknown_code": Kind(
        404,
        ("Kode tidak dikenal", "Unknown code"),
        (
            "Kode itu salah, sudah dipakai atau sudah berakhir. Ketik yang kini tampil di layar.",
            "That code is wrong, was used or has ended. Type the one the display shows now.",
        ),
    ),
    "method_not_allowed": Kind(
        405,
        ("Metode tidak berlaku", "Method not allowed"),
        (
            "Alamat ini tidak mengenal metode itu; header Allow menyebut yang berlaku.",
            "This address does not know that method; the header Allow names those it knows.",
        ),
    ),
    "conflict": Kind(
        409,
        ("Bertentangan dengan keadaan", "Conflict"),
        (
            "Sudah ada, atau tidak mungkin dalam keadaan sekarang. Muat ulang lalu coba lagi.",
            "It exists already, or cannot be done as things are. Reload and try again.",
        ),
    ),
    "offline": Kind(
        409,
        ("Layar tidak tersambung", "Display not connected"),
        (
            "Layar itu sedang tidak tersambung. Periksa listrik dan jaringannya, lalu coba lagi.",
            "That display is not connected now. Check its power and network, then try again.",
        ),
    ),
    "too_large": Kind(
        413,
        ("Terlalu besar", "Too large"),
        (
            "Isi permintaan paling banyak 64 KiB, berkas media 200 MiB.",
            "A body may have 64 KiB at most, a file of media 200 MiB.",
        ),
    ),
    "unsupported_media_type": Kind(
        415,
        ("Jenis isi tidak didukung", "Unsupported media type"),
        (
            "Kirim JSON dengan Content-Type: application/json; media sebagai multipart/form-data.",
            "Send JSON with Content-Type: application/json; media as multipart/form-data.",
        ),
    ),
    "invalid": Kind(
        422,
        ("Isian tidak sah", "Invalid request"),
        (
            "Perbaiki isian yang disebut dalam `errors`, lalu kirim lagi.",
            "Mend the fields named in `errors` and send it again.",
        ),
    ),
    "idempotency_mismatch": Kind(
        422,
        ("Kunci sudah dipakai", "Key used before"),
        (
            "Idempotency-Key ini milik permintaan lain. Pakai kunci baru untuk setiap tindakan.",
            "This Idempotency-Key belongs to another request. Take a new key for each action.",
        ),
    ),
    "rate_limited": Kind(
        429,
        ("Terlalu sering", "Too many requests"),
        (
            "Tunggu sebentar (header Retry-After, dalam detik), lalu coba lagi.",
            "Wait a moment (header Retry-After, in seconds), then try again.",
        ),
    ),
    "internal": Kind(
        500,
        ("Kesalahan pada server", "Server error"),
        (
            "Terjadi kesalahan tak terduga. Sebutkan nomor permintaan {request} kepada petugas.",
            "Something unexpected went wrong. Tell the operator the request number {request}.",
        ),
    ),
    "storage_unavailable": Kind(
        503,
        ("Penyimpanan tidak tersedia", "Storage unavailable"),
        (
            "Mungkin tersimpan, mungkin tidak: ulangi dengan Idempotency-Key yang sama.",
            "It may or may not have been saved: repeat it with the same Idempotency-Key.",
        ),
    ),
    "service_closed": Kind(
        409,
        ("Layanan tutup", "Service closed"),
        (
            "Layanan ini sedang tutup dan tidak memberi nomor. Lihat jam bukanya di opens_at.",
            "This service is closed and gives no numbers. See opens_at for its next opening.",
        ),
    ),
    "service_paused": Kind(
        409,
        ("Layanan dijeda", "Service paused"),
        (
            "Layanan ini dijeda untuk sementara. Coba lagi beberapa saat lagi.",
            "This service is paused for now. Try again in a while.",
        ),
    ),
    "not_operating": Kind(
        409,
        ("Layanan tidak beroperasi", "Service not operating"),
        (
            "Layanan ini belum atau tidak lagi beroperasi di sini.",
            "This service does not operate here at present.",
        ),
    ),
    "channel_closed": Kind(
        409,
        ("Tidak lewat jalur ini", "Not by this channel"),
        (
            "Layanan ini tidak memberi nomor lewat jalur ini. Datanglah ke kios atau meja depan.",
            "This service gives no numbers this way. Come to the kiosk or the front desk.",
        ),
    ),
    "quota_exhausted": Kind(
        409,
        ("Kuota habis", "Quota exhausted"),
        (
            "Semua nomor untuk tanggal itu sudah diberikan. Pilih tanggal atau layanan lain.",
            "All numbers of that date have been given. Choose another date or service.",
        ),
    ),
    "too_many_announcements": Kind(
        409,
        ("Terlalu banyak pengumuman", "Too many announcements"),
        (
            "Paling banyak {limit} pengumuman berlaku bersamaan. Tarik dahulu yang tidak perlu.",
            "At most {limit} announcements hold at once. Withdraw some that nobody needs first.",
        ),
    ),
    "slot_full": Kind(
        409,
        ("Jam itu penuh", "Slot full"),
        ("Pilih jam lain yang masih kosong.", "Choose another time that is still free."),
    ),
    "expired": Kind(
        409,
        ("Nomor sudah kedaluwarsa", "Ticket expired"),
        (
            "Nomor ini berlaku untuk hari yang sudah lewat. Ambil nomor baru.",
            "This ticket was for a day that is over. Take a new number.",
        ),
    ),
    "too_early": Kind(
        409,
        ("Terlalu awal", "Too early"),
        (
            "Lapor diri dibuka {minutes} menit sebelum jam pesanan.",
            "Check-in opens {minutes} minutes before the booked time.",
        ),
    ),
    "invalid_state": Kind(
        409,
        ("Tidak mungkin dalam keadaan ini", "Not possible in this state"),
        (
            "Keadaan tiket ini tidak mengizinkannya. Muat ulang untuk melihat keadaan terakhir.",
            "The ticket's state does not allow it. Reload to see its present state.",
        ),
    ),
    "queue_empty": Kind(
        409,
        ("Tidak ada yang menunggu", "Nobody is waiting"),
        (
            "Tidak ada yang dapat dipanggil ke loket ini sekarang.",
            "There is nobody who can be called to this counter now.",
        ),
    ),
    "counter_not_open": Kind(
        409,
        ("Loket belum buka", "Counter not open"),
        ("Buka loket ini lebih dahulu.", "Open this counter first."),
    ),
    "counter_busy": Kind(
        409,
        ("Loket sedang melayani", "Counter busy"),
        (
            "Selesaikan, tahan atau alihkan tiket di loket lebih dahulu.",
            "Complete, hold or transfer the ticket at the counter first.",
        ),
    ),
    "not_served_here": Kind(
        409,
        ("Tidak dilayani di loket ini", "Not served here"),
        (
            "Loket ini tidak melayani layanan tiket itu. Pilih loket yang melayaninya.",
            "This counter does not serve that ticket's service. Choose one that does.",
        ),
    ),
    "stale": Kind(
        409,
        ("Tiket di loket sudah lain", "Another ticket by now"),
        (
            "Tiket di loket bukan lagi yang dimaksud. Lihat tiket yang sekarang, lalu ulangi.",
            "The counter's ticket is not the one you meant. Look at the present one and repeat.",
        ),
    ),
    "nothing_to_undo": Kind(
        409,
        ("Tidak ada yang dapat dibatalkan", "Nothing to undo"),
        (
            "Tindakan terakhir sudah lewat 30 detik, sudah ditarik, atau tiketnya berubah.",
            "The last action is over 30 s old, taken back already, or its ticket has changed.",
        ),
    ),
}

# Faults of single fields: `errors[].code` and what to do. `{...}` are facts.
FIELDS: Mapping[str, tuple[str, str]] = {
    "missing": ("Wajib diisi.", "It is required."),
    "unknown_field": (
        "Isian ini tidak dikenal; hapus atau periksa ejaannya.",
        "There is no such field; remove it or check its spelling.",
    ),
    "wrong_type": ("Jenis nilainya salah: {why}", "It has the wrong type or value: {why}"),
    "too_long": ("Paling banyak {limit} karakter.", "It may have {limit} characters at most."),
    "too_short": ("Paling sedikit {limit} karakter.", "It needs {limit} characters at least."),
    "control_characters": (
        "Hapus karakter kendali atau pembalik arah tulisan.",
        "Remove control characters and bidirectional overrides.",
    ),
    "not_found": ("Tidak ada yang ber-id itu.", "There is nothing with that id."),
    "unknown_visit": (
        "Bukan tiket dari orang dan tanggal yang sama.",
        "It is no ticket of the same person and date.",
    ),
    "unknown_class": ("Tidak ada golongan itu.", "There is no such class."),
    "not_of_class": (
        "Alasan itu bukan alasan golongan yang dipilih.",
        "That reason is not one of the chosen class.",
    ),
    "no_such_slot": (
        "Tidak ada jam pesanan yang mulai saat itu; ambil dari daftar slots.",
        "No slot begins at that moment; take one from the list of slots.",
    ),
    "slot_is_over": ("Jam itu sudah lewat.", "That slot is over."),
    "too_far_ahead": (
        "Pesanan dibuka {days} hari ke depan.",
        "Bookings open {days} days ahead.",
    ),
    "unknown_number": (
        "Tidak ada nomor itu hari ini.",
        "There is no such number on the present date.",
    ),
    "in_the_past": ("Saat itu sudah lewat.", "That moment is in the past."),
    "weak_password": (
        "Terlalu mudah ditebak; pilih kata sandi lain.",
        "It is too easy to guess; choose another one.",
    ),
    "one_of": ("Isi salah satu dari: {names}.", "Give one of: {names}."),
    "language": (
        "Bahasa itu bukan bahasa situs ini ({names}).",
        "That is not a language of this site ({names}).",
    ),
    "repeated": ("Sudah disebut sebelumnya.", "It was given before."),
    "time_of_day": ("Tulis jam sebagai JJ:MM, misalnya 08:30.", "Write a time as HH:MM: 08:30."),
    "unsupported_file": (
        "Isi berkas ini bukan gambar atau film yang dikenal. Buka di aplikasi gambar,"
        " simpan ulang sebagai PNG atau JPEG (film: MP4), lalu unggah lagi.",
        "The file holds no known image or film. Open it in an image editor,"
        " save it as PNG or JPEG (a film: MP4), and upload it again.",
    ),
    "no_room": (
        "Diska hampir penuh. Hapus media yang tidak dipakai, atau kosongkan tempat.",
        "The disk is nearly full. Remove media that are not played, or make room.",
    ),
    "broken_file": (
        "Berkas ini rusak, terpotong, atau berisi hal lain. Simpan ulang lalu unggah lagi.",
        "The file is damaged, cut short, or holds something else. Save it anew and upload it.",
    ),
    "too_many_pixels": (
        "Gambar {found} terlalu besar: paling banyak 7680 piksel per sisi, 50 megapiksel.",
        "{found} is too large: 7680 pixels a side and 50 megapixels at most.",
    ),
    "invalid": ("Nilainya tidak sah.", "The value is not valid."),
}
