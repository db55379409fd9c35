"""What plays beside the calls of a board, and how loud."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.hall import states
from tests.browser.hall.stage import LATER, NOW, Stage

MADE = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 90 });
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/mp4" });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start(100);
  for (let frame = 0; frame < 30; frame++) {
    pen.fillStyle = `rgb(${frame * 8}, 0, 0)`;
    pen.fillRect(0, 0, 160, 90);
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  const image = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return [URL.createObjectURL(new Blob(parts)), URL.createObjectURL(image)];
}"""


@pytest.fixture(scope="module")
def files(stage: Stage) -> dict[str, dict[str, Any]]:
    """Items of a playlist; the browser makes what it will play."""
    film, image = stage.page.evaluate(MADE)
    return {
        "film": {"media": "f", "type": "video/mp4", "url": film},
        "image": {"media": "i", "type": "image/png", "url": image, "seconds": 1},
        "broken": {"media": "b", "type": "video/mp4", "url": "/media/none.mp4"},
    }


def test_what_plays_stands_beside_the_call_and_a_broken_file_is_passed_over(
    board: Stage, files: dict[str, dict[str, Any]]
) -> None:
    board.open("&layout=mixed")
    page = board.page
    board.see(states.hall(playlist=[files["broken"], files["image"], files["film"]]))
    expect(page.locator(".media img")).to_be_visible()
    expect(page.locator(".earlier-row")).to_have_count(2)
    expect(page.locator(".media video")).to_be_visible()
    assert page.evaluate("document.querySelector('.media video').muted")
    # A call does not stop it.
    board.see(
        states.hall(announcing=True, playlist=[files["broken"], files["image"], files["film"]])
    )
    expect(page.locator(".call")).to_have_attribute("data-announcing", "true")
    expect(page.locator(".media img")).to_be_visible()  # the film ended, and it goes on


@pytest.mark.parametrize("playlist", [[], ["broken"], ["night"]])
def test_while_nothing_plays_the_list_has_the_place(
    board: Stage, files: dict[str, dict[str, Any]], playlist: list[str]
) -> None:
    night = {**files["image"], "start": "22:00", "end": "06:00"}
    board.open("&layout=mixed")
    board.see(
        states.hall(playlist=[night if name == "night" else files[name] for name in playlist])
    )
    board.page.wait_for_function("() => !window.board.media.coming")
    expect(board.page.locator(".media")).to_be_hidden()
    expect(board.page.locator(".earlier-row")).to_have_count(5)


def test_the_voice_lowers_the_sound_of_a_film(
    board: Stage, files: dict[str, dict[str, Any]]
) -> None:
    board.open("&layout=mixed")
    page = board.page
    page.evaluate("window.board.media.setVolume(80)")
    board.see(states.hall(playlist=[files["film"]]))
    film = page.locator(".media video")
    expect(film).to_be_visible()
    volume = "document.querySelector('.media video').volume"
    assert page.evaluate(volume) == pytest.approx(0.8)
    page.evaluate("window.board.speaking(true)")
    assert page.evaluate(volume) == pytest.approx(0.12)
    page.evaluate("window.board.speaking(false)")
    assert page.evaluate(volume) == pytest.approx(0.8)
    assert page.evaluate("document.querySelector('.media video').loop")


def test_a_film_is_lower_while_another_screen_speaks(
    board: Stage, files: dict[str, dict[str, Any]]
) -> None:
    board.open("&layout=mixed")
    page = board.page
    page.evaluate("window.board.media.setVolume(80)")
    quiet = states.hall(playlist=[files["film"]])
    board.see(quiet)
    expect(page.locator(".media video")).to_be_visible()
    volume = "document.querySelector('.media video').volume"
    board.see(states.hall(announcing=True, playlist=[files["film"]]))
    assert page.evaluate(volume) == pytest.approx(0.12)
    # Nobody knows when it ends.
    board.connection("stale", LATER)
    assert page.evaluate(volume) == pytest.approx(0.8)
    board.connection("live", NOW)
    assert page.evaluate(volume) == pytest.approx(0.12)
    board.see(quiet)
    assert page.evaluate(volume) == pytest.approx(0.8)


def test_a_film_that_was_mute_sounds_again(board: Stage, files: dict[str, dict[str, Any]]) -> None:
    board.open("&layout=mixed")
    page = board.page
    board.see(states.hall(playlist=[files["film"]]))
    expect(page.locator(".media video")).to_be_visible()
    page.evaluate("window.board.media.setVolume(80)")
    page.wait_for_function(
        "() => { const film = document.querySelector('.media video');"
        " return !film.muted && !film.paused && Math.abs(film.volume - 0.8) < 0.001; }"
    )
    expect(page.locator(".media video")).to_have_count(1)


def test_a_film_goes_on_when_settings_change(
    board: Stage, files: dict[str, dict[str, Any]]
) -> None:
    board.open("&layout=mixed")
    page = board.page
    board.see(states.hall(playlist=[files["film"]]))
    expect(page.locator(".media video")).to_be_visible()
    page.evaluate("window.film = document.querySelector('.media video')")
    board.apply("&layout=mixed&theme=dark")
    assert page.evaluate("window.film === document.querySelector('.media video')")
    assert not page.evaluate("window.film.paused")
    board.apply("&layout=call")
    board.see(states.hall(playlist=[files["film"]]))
    assert page.evaluate("window.film.paused")
    expect(page.locator("#hall video")).to_have_count(0)
