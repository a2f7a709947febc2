"""Commands that are imported when they are called: what one does not ask for costs nothing.

A `Lazy` says where a command stands and what it does; a `Group` of them reads a command's module
when that command is run, completed or explained.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, NamedTuple, TypeVar

import typer
from typer.core import TyperGroup
from typer.main import get_command

from habeas.cli.errors import reported

Function = TypeVar("Function", bound=Callable[..., Any])


class Lazy(NamedTuple):
    """Where a command stands (`module:function`, below `habeas.cli`), and its line in the help.

    A function that is a `Typer` is a group of commands.
    """

    place: str
    help: str


def examples(*lines: str) -> Callable[[Function], Function]:
    """Give a command examples, which its help shows at the end."""

    def mark(function: Function) -> Function:
        vars(function)["examples"] = lines
        return function

    return mark


def _epilog(lines: tuple[str, ...]) -> str:
    """Return examples as an epilog; the control character keeps their lines as they are."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def load(name: str, lazy: Lazy) -> Any:  # noqa: ANN401 - a command of Typer's own Click
    """Import a command and make it ready."""
    module, _, function = lazy.place.partition(":")
    found = getattr(import_module(f"habeas.cli.{module}"), function)
    if isinstance(found, typer.Typer):
        return get_command(found)
    single = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    single.command(name, short_help=lazy.help, epilog=_epilog(found.examples))(found)
    return get_command(single)


class Group(TyperGroup):
    """A group whose commands are those of its table `lazy`, in the order of the table."""

    lazy: ClassVar[dict[str, Lazy]] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names of the commands."""
        return [*self.lazy]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return a command, imported if it has to be; None if there is none of that name."""
        if cmd_name not in self.commands and cmd_name in self.lazy:
            self.commands[cmd_name] = load(cmd_name, self.lazy[cmd_name])
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command that is called; for an unknown one the error names the nearest."""
        if args[0] not in self.lazy:
            known: Any = dict.fromkeys(self.lazy)
            self.commands = known
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002
        """Write the commands into the help, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.help) for name, lazy in self.lazy.items()])

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command that is called; errors become messages and exit codes."""
        return reported(lambda: super(Group, self).invoke(ctx))

    def main(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        """Run a command line; what fails before a command is called is told in the same way."""
        try:
            return reported(lambda: super(Group, self).main(*args, **options))
        except typer.Exit as end:
            sys.exit(end.exit_code)
