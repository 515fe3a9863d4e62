"""The adapters behind the ports of the engine and the referee."""
