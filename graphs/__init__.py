"""LangGraph state machines and their state. No SQL, no HTTP, no prompt text."""
