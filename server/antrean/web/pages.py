"""The pages: shells that anyone may load. What they show comes over the API and needs the
credential."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateNotFound
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from antrean import __version__, words
from antrean.assets import CLIENTS, DISPLAYS
from antrean.web.assets import Assets
from antrean.web.backend import Backend
from antrean.web.headers import page_policy
from antrean.web.problems import Problem, language_of

_HOST = re.compile(r"[A-Za-z0-9.\-:\[\]]{1,255}")
_LANGUAGE_COOKIE = "antrean-lang"


@dataclass(frozen=True, slots=True)
class Page:
    """`facts` picks what the page is told of its own address; `preview`: with `?preview=1` pages
    of this site may show it in a frame."""

    name: str
    paths: tuple[str, ...]
    template: str
    facts: Callable[[Request], Mapping[str, Any]] = lambda request: {}
    preview: bool = False


PAGES = (
    Page("start", ("/",), "clients/start/start.html"),
    Page(
        "display",
        ("/display",),
        "displays/hall.html",
        lambda request: {"zone": request.query_params.get("zone")},
        preview=True,
    ),
    Page("kiosk", ("/kiosk",), "clients/kiosk/kiosk.html"),
    Page(
        "counter",
        ("/counter", "/counter/{id}"),
        "clients/counter/counter.html",
        lambda request: {"counter": request.path_params.get("id")},
    ),
    Page("supervisor", ("/supervisor",), "clients/supervisor/supervisor.html"),
    Page("devices", ("/devices",), "clients/devices/devices.html"),
    Page("playlist", ("/playlist",), "clients/playlist/playlist.html"),
    Page("follow", ("/t/", "/t"), "clients/follow/follow.html"),
    Page(
        "sign-in",
        ("/sign-in",),
        "clients/sign-in/sign-in.html",
        lambda request: {"next": request.query_params.get("next")},
    ),
)


class Pages:
    """Renders PAGES with Jinja: autoescaped, the data as one JSON block, nothing inline."""

    def __init__(self, backend: Backend, assets: Assets) -> None:
        self._backend = backend
        self._assets = assets
        self._environments = {language: self._environment(language) for language in words.LANGUAGES}

    def _environment(self, language: str) -> Environment:
        folders = {"clients": FileSystemLoader(CLIENTS), "displays": FileSystemLoader(DISPLAYS)}
        environment = Environment(
            loader=ChoiceLoader([PrefixLoader(folders), folders["clients"]]),
            autoescape=True,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        translations = words.translations(language)
        environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        environment.globals["asset"] = self._assets.url
        return environment

    def routes(self) -> list[BaseRoute]:
        return [
            Route(path, self._endpoint(page), name=f"{page.name} {path}", methods=["GET"])
            for page in PAGES
            for path in page.paths
        ]

    def _endpoint(self, page: Page) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            return self.render(page, request)

        return endpoint

    def render(self, page: Page, request: Request) -> Response:
        """The page in the language of `?lang=`, the cookie of the language switch, or the
        browser."""
        language = _language(request)
        try:
            template = self._environments[language].get_template(page.template)
        except TemplateNotFound:
            raise Problem("not_found") from None
        site = self._backend.state.catalogue.site
        facts = {
            "name": page.name,
            "lang": language,
            "version": __version__,
            "address": self._backend.base_url,
            "languages": list(site.languages),
            "site": {"name": site.name, "timezone": site.timezone},
            "zones": [
                {"id": z.id, "name": z.name} for z in self._backend.state.catalogue.zones.values()
            ],
            **page.facts(request),
        }
        body = template.render(
            lang=language,
            site_name=site.name.get(language) or next(iter(site.name.values())),
            version=__version__,
            page=facts,
        )
        framed = page.preview and request.query_params.get("preview") == "1"
        name, value = page_policy(_socket_origin(request), framed)
        headers = {
            name.decode(): value.decode(),
            "cache-control": "no-store",
            "content-language": language,
            "vary": "Accept-Language, Cookie",
        }
        return Response(body, media_type="text/html", headers=headers)


def _language(request: Request) -> str:
    for given in (request.query_params.get("lang"), request.cookies.get(_LANGUAGE_COOKIE)):
        if given in words.LANGUAGES:
            return given
    return language_of(request.headers.get("accept-language"))


def _socket_origin(request: Request) -> str | None:
    """`ws://host` of the page itself, for browsers that do not count sockets to 'self'."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return None
    return f"{'wss' if request.url.scheme == 'https' else 'ws'}://{host}"
