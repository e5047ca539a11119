"""How updates come in: screened at the door, in order within a chat, confirmed when handled."""
