"""The bots that ours is measured beside; each is run as a process of its own."""
