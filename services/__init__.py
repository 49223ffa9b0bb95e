"""Use cases and wiring: what the doors (HTTP, LangServe, Studio, command line) call."""
