"""The command, as `zhunsheng` and as `python -m zhunsheng`."""

from __future__ import annotations


def main() -> None:
    """Run the command."""
    from cli.main import main as run

    run()


if __name__ == "__main__":
    main()
