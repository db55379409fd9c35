"""The way of a ticket over HTTP, from the kiosk to done."""

from tests.support import Cast


def test_a_ticket_goes_from_the_kiosk_to_done(cast: Cast) -> None:
    kiosk, clerk = cast.kiosk(), cast.clerk("loket-1")
    taken = kiosk.take(name="Siti Aminah", phone="0812")
    assert taken.status == 201
    assert taken.ticket["number"] == "A-001"
    assert taken.ticket["channel"] == "kiosk"
    called = clerk.post("/counters/loket-1/call-next").ok()
    assert called.ticket["state"] == "called"
    assert (called.ticket["name"], called.ticket["phone"]) == ("Siti Aminah", "0812")
    assert clerk.post("/counters/loket-1/start").ticket["state"] == "serving"
    done = clerk.post("/counters/loket-1/complete", {"outcome": "selesai"})
    assert done.ticket["state"] == "done"
    assert done.body["counter"]["ticket"] is None
    mine = cast.holder(taken.token).get("/my").ok().body
    assert (mine["state"], mine["service_name"]["en"]) == ("done", "Police record")
