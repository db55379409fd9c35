"""Documents of the interface, and the QR code of a ticket."""

import io

import segno

from antrean.web.endpoint import Ask, Json, Reply


async def openapi(ask: Ask) -> Json:
    from antrean.web.openapi import document

    return document()


async def asyncapi(ask: Ask) -> Json:
    from antrean.web.asyncapi import document

    return document()


async def my_qr(ask: Ask) -> Reply:
    """The follow page's address with the token in its fragment, which no server is ever sent."""
    token = ask.backend.credentials.token_of(ask.caller.ticket or "")
    image = io.BytesIO()
    code = segno.make(f"{ask.backend.base_url}/t/#{token}", error="m", micro=False)
    code.save(image, kind="svg", scale=8, border=4, xmldecl=False, omitsize=True)
    return Reply(image.getvalue(), media_type=b"image/svg+xml")
