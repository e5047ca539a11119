"""Every action that a button can want."""

from bot.core import actions
from bot.core.actions import Action

EVERY_ACTION = {
    kind
    for kind in vars(actions).values()
    if isinstance(kind, type) and issubclass(kind, Action) and kind is not Action
}
