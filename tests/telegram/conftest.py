"""The handlers in the whole house: the App against the simulator, as in the journeys."""

from tests.journeys.conftest import world

__all__ = ["world"]
