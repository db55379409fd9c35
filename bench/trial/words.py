"""How the voice has to say numbers and counters in Indonesian: the trial's own rules, on purpose
not those of `antrean.voice`, which they judge."""

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def spelled(number: str) -> str:
    """`A-012` as "A nol satu dua": a ticket's number sign by sign."""
    return " ".join(DIGITS[int(c)] if c.isdigit() else c for c in number if c != "-")


def read(counter: str) -> str:
    """`Loket 12` as "Loket dua belas": a counter's number, up to 99, as a number."""
    return " ".join(_number(int(w)) if w.isdigit() else w for w in counter.split())


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    if value < 10:
        return DIGITS[value]
    if tens == 1:
        return {0: "sepuluh", 1: "sebelas"}.get(ones, f"{DIGITS[ones]} belas")
    return f"{DIGITS[tens]} puluh {DIGITS[ones] if ones else ''}".rstrip()
