"""Settings in, wired applications out; the only room that knows every adapter."""
