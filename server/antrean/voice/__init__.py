"""The voice: calls and announcements as sound, made on the server without any other host.

For the server:

    speech = open_speech(data, catalogue, words, clips)   # antrean.voice.speech
    spoken = await speech.call(CallRequest(...))          # antrean.hall.ports
    spoken = await speech.text({"id": "...", "en": "..."}, voice_settings, part=0)
    await speech.warm()    # may be left out: the first call starts what it needs
    await speech.close()

`open_speech` raises `antrean.voice.words.BadWords`; `call`, `text` and `warm` never raise. The
files lie in `audio/` of the data folder and are served by `antrean.web.audio` at
`/audio/HASH.wav`.

numbers, words, texts, phrases   what is said: pure
pieces                           a long text in parts: pure
pronunciation                    what an engine reads wrong: pure
sound, chime                     samples and the gong: pure
engines, helper                  the process that speaks, a program of its own (decision 9)
client, cache, recordings        its pipes, the files, an administrator's recordings
speech                           all of it together

This module imports nothing: the helper process loads the package too.
"""
