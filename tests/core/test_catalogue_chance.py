"""Whatever a catalogue holds, it is a catalogue or its faults are named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from antrean.catalogue import CatalogueFaults, parse
from antrean.domain.catalogue import Catalogue
from tests.core.test_catalogue import PARTS, written


def _or_faults(text: str) -> Catalogue | None:
    try:
        return parse(text, "f")
    except CatalogueFaults:
        return None


_VALUES = st.recursive(
    st.sampled_from(
        ['""', '"skck"', '"utama"', "0", "-1", "1e400", "nan", "true", "1979-05-27", '"\\u0000"']
    )
    | st.integers().map(str),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda v: f"[{', '.join(v)}]")
        | inner.map(lambda v: f"{{ mon = {v}, id = {v} }}")
    ),
    max_leaves=4,
)
_SITE_KEYS = ["id", "name", "timezone", "languages", "hours", "day_starts", "booking_days", "x"]
_SERVICE_KEYS = ["prefix", "agency", "zone", "note", "status", "channels", "journey"]
_NUMBER_KEYS = ["slot_minutes", "slot_capacity", "service_minutes", "daily_quota"]
_OTHER_KEYS = ["services", "label", "tile", "short", "credit_minutes", "reasons"]
_KEYS = st.sampled_from(_SITE_KEYS + _SERVICE_KEYS + _NUMBER_KEYS + _OTHER_KEYS)
_TABLES = st.sampled_from(["[site]", "[class]", *(f"[[{kind}]]" for kind in PARTS)])


@settings(deadline=None)  # a busy machine is no fault
@given(st.text())
def test_no_text_ends_in_another_exception(text: str) -> None:
    _or_faults(text)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.tuples(_TABLES, st.dictionaries(_KEYS, _VALUES, max_size=6)), max_size=6))
def test_no_tables_end_in_another_exception(tables: list[tuple[str, dict[str, str]]]) -> None:
    _or_faults(
        "\n".join(
            table + "\n" + "\n".join(f"{key} = {value}" for key, value in keys.items())
            for table, keys in tables
        )
    )


@settings(deadline=None)  # a busy machine is no fault
@given(st.sampled_from(sorted(PARTS)), _KEYS, _VALUES)
def test_one_wrong_value_in_a_right_file_ends_in_no_other_exception(
    part: str, key: str, value: str
) -> None:
    kept = "\n".join(row for row in PARTS[part].splitlines() if row.split(" ")[0] != key)
    _or_faults(written(**{part: f"{kept}\n{key} = {value}\n"}))
