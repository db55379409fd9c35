"""Names for people who do not exist."""

GIVEN = tuple(
    """
    Adi Agus Ahmad Andi Ani Anisa Arif Ayu Bagus Bambang Bayu Budi Citra Dedi Desi Dewi Dian Dimas
    Dwi Eka Eko Endang Fajar Fitri Gilang Hadi Hendra Indah Intan Iwan Joko Kartika Lestari Lia Lina
    Maya Mega Nina Novi Nur Putri Rahmat Ratna Reza Rini Rizki Rudi Sari Sinta Siti Slamet Sri Susi
    Teguh Tono Tri Tuti Wahyu Wati Wulan Yanti Yudi Yusuf Zahra
    """.split()
)
FAMILY = tuple(
    """
    Anggraini Firmansyah Ginting Gunawan Halim Hartono Hasibuan Hidayat Irawan Kurniawan Kusuma
    Lestari Maulana Nasution Nugroho Permata Pratama Prasetyo Purnama Rahayu Saputra Saragih
    Setiawan Simanjuntak Siregar Sitompul Suharto Sulistyo Suryani Susanto Syahputra
    Utami Wibowo Wijaya
    """.split()
)
