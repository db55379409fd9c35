"""The rules of the queue, pure: commands in, events out, nothing else.

Nothing here knows asyncio, SQLite, JSON, HTTP, a clock or randomness; moments and ids come in as
arguments. All moments are integers, milliseconds since 1970 UTC; a business date is text,
`2026-11-24`.

    catalogue  what the site consists of        model       tickets, counters and the rest, frozen
    commands   what can be asked (imperative)   events      what happened (past)
    decide     (state, command, at) -> events   state       apply(state, entry), the one fold
    ranking    who stands where                 calendar    hours, dates, slots, timers
    estimate   how long it may take             transitions the table of ticket states
"""
