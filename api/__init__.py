"""The doors: HTTP (REST, Server-Sent Events, LangServe) and the command line. They parse, call one service, answer."""
