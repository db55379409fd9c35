"""How a zone speaks: the table `[zone.voice]`."""

from antrean.catalogue.reading import Reading
from antrean.catalogue.table import Table, shown
from antrean.domain.catalogue import VoiceSettings

SPELLINGS = ("eja", "bilangan")


def read_voice(zone: Table, reading: Reading) -> VoiceSettings:
    """The settings of a zone; the defaults for what it does not say."""
    default = VoiceSettings()
    table = zone.inner("voice")
    if table is None:
        return default
    languages = table.listed("languages", reading.languages)
    if reading.languages and not languages:
        table.fault("languages", "names no language", "name one, or leave the line out")
    for language in languages:
        if language not in reading.languages:
            problem = f"has {shown(language)}, which is no language of the site"
            table.fault("languages", problem, f"use of: {', '.join(reading.languages)}")
    settings = VoiceSettings(
        spelling=table.choice("spelling", SPELLINGS, default.spelling),
        repeats=table.whole("repeats", default.repeats, 1, 3),
        gap_seconds=table.seconds("gap_seconds", default.gap_seconds, 0, 10),
        agency=table.switch("agency", ("service",)),
        languages=languages if table.has("languages") else default.languages,
        volume=table.whole("volume", default.volume, 0, 100),
    )
    table.close()
    return settings
