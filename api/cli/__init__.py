"""The command line. Commands are declared in `api.cli.commands`; what they do stands beside it, a file each."""


def main() -> None:
    """Run the command that the arguments name. Exits with its code."""
    from api.cli.commands import app  # noqa: PLC0415 -- the package stays importable at no cost

    app(prog_name="llm-service")
