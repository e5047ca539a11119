"""Content files -> frozen core types, or an error with file and line."""

from bot.catalog.folder import examine, load
from bot.catalog.problems import Problem

__all__ = ["Problem", "examine", "load"]
