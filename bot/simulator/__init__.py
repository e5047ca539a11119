"""A local Bot API server with a chat page; the real bot talks to it over HTTP."""
