"""aiogram, as its guide shows it."""
