"""Which number stands for what among the locks that bots on one database agree on."""

from hashlib import sha256

OURS = 0x556E6B6E  # "Unkn": no other program in the database uses it by chance
PREPARING, RETIMING = 0, 1
MOVING = 2  # data come in from SQLite
OWNERS, KEYS, POLLERS, CREWS = OURS + 1, OURS + 2, OURS + 3, OURS + 4
# a key belongs to the tables in one schema: several bots may share a database
OUR_KEY = "CAST(CAST(CAST('seal_key' AS regclass) AS oid) AS bigint) - 2147483648"


def owner_lock(owner: str) -> int:
    """Return the number of a bot's own lock among OWNERS."""
    return int.from_bytes(sha256(owner.encode()).digest()[:4], "big", signed=True)
