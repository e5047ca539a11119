"""A whole bot in virtual time: the real parts on a clock that leaps, a synchronous disk, a script."""
