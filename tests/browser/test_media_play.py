"""What was uploaded is played by a display's page, under its own policy."""

import base64
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.support import Cast, RunningServer
from tests.support.media import upload

# The browser makes what it will play: `[kind, base64]` of a film, a JPEG and a WebP of 320 x 240.
MAKE = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const pen = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/mp4' });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start(100);
  for (let frame = 0; frame < 45; frame++) {
    pen.fillStyle = `rgb(${frame * 5}, 0, 0)`;
    pen.fillRect(0, 0, 320, 240);
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  const image = (kind) => new Promise((done) => canvas.toBlob(done, kind));
  const made = [new Blob(parts), await image('image/jpeg'), await image('image/webp')];
  const read = (blob) => new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1]);
    reader.readAsDataURL(blob);
  });
  return Promise.all(made.map(read));
}"""
PLAY = """async (url) => {
  const film = Object.assign(document.createElement('video'), { muted: true, src: url });
  document.body.append(film);
  const came = (event) => new Promise((done, fail) => {
    film.addEventListener(event, done, { once: true });
    film.addEventListener('error', () => fail(new Error(film.error.message)), { once: true });
  });
  await came('canplay');
  await film.play();
  film.currentTime = 0.5;
  await came('seeked');
  return [film.videoWidth, film.videoHeight];
}"""
SHOW = """async (url) => {
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}"""


def made(page: Page) -> list[bytes]:
    return [base64.b64decode(text) for text in page.evaluate(MAKE)]


def test_a_display_plays_films_and_shows_images(
    server: RunningServer, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page(f"{server.url}/display?zone=utama")
    page.wait_for_selector("html[data-connection=live]", state="attached")
    supervisor = cast.supervisor()
    media: list[dict[str, Any]] = [upload(supervisor, c).ok().body["media"] for c in made(page)]
    assert [m["type"] for m in media] == ["video/mp4", "image/jpeg", "image/webp"]
    assert {(m["width"], m["height"]) for m in media} == {(320, 240)}
    assert page.evaluate(PLAY, media[0]["url"]) == [320, 240]
    for image in media[1:]:
        assert page.evaluate(SHOW, image["url"]) == [320, 240]
