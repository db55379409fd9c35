"""What tests share: a real server in a process of its own, and the people who use it.

server   `RunningServer`: the shipped command on a free port and a data folder of its own
client   `Client`: HTTP with one credential
cast     `Cast`: an admin, a supervisor, clerks, devices and citizens
hall.toml  the site they all work at
"""

from tests.support.cast import Cast
from tests.support.client import Answer, Client
from tests.support.server import HALL, RunningServer

__all__ = ["HALL", "Answer", "Cast", "Client", "RunningServer"]
