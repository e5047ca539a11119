"""The domain: pure functions and frozen data; standard library only, no clock, no async."""
