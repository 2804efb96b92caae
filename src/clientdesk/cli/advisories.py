"""`clientdesk advisories`: the local copy of OSV's data, for machines that can't reach its service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientdesk.adapters.advisories.mirror_file import MirrorState
    from clientdesk.adapters.advisories.mirror_loading import Loaded


@click.group()
def advisories() -> None:
    """Load known vulnerabilities for audits without the network, and show what is loaded.

    \b
    Example:
      clientdesk advisories load ~/osv
    """


@advisories.command()
@click.argument("source", metavar="DIR|ZIP|URL")
@click.option("--ecosystem", default="", metavar="NAME", help="Whose zip it is, where its folder does not say.")
def load(source: str, ecosystem: str) -> None:
    """Load OSV's zips: a folder with npm/all.zip, PyPI/all.zip and so on, one such zip, or its address.

    Each ecosystem replaces what was loaded of it before; the others stay. Audits may go on meanwhile.

    \b
    Examples:
      clientdesk advisories load ~/osv
      clientdesk advisories load ~/osv/npm/all.zip
      clientdesk advisories load https://mirror.example.com/osv/PyPI/all.zip
    """
    from clientdesk.adapters.advisories import mirror_loading
    from clientdesk.wiring import SystemClock, mirror_of, the_settings

    folder = mirror_of(the_settings()).folder
    for loaded in mirror_loading.load(source, folder, SystemClock().now(), ecosystem):
        _say(loaded)


@advisories.command()
def show() -> None:
    """Show what is loaded: how many advisories of each ecosystem, how new, how large.

    \b
    Example:
      clientdesk advisories show
    """
    from clientdesk.wiring import mirror_of, the_settings

    mirror = mirror_of(the_settings())
    for state in mirror.states():
        click.echo(_line(state))
    for problem in mirror.problems():
        click.echo(problem, err=True)
    if not mirror.is_there:
        click.echo(f"Nothing is loaded in {mirror.folder}. To load: clientdesk advisories load DIR|ZIP|URL")


def _say(loaded: Loaded) -> None:
    tally = loaded.tally
    click.echo(_line(loaded.state))
    if tally.withdrawn or tally.elsewhere:
        click.echo(f"  left out: {tally.withdrawn:,} withdrawn, {tally.elsewhere:,} about other ecosystems")
    if tally.bad:
        click.echo(f"  could not be read: {tally.bad:,}, the first of them:", err=True)
    for name in tally.named:
        click.echo(f"    {name}", err=True)


def _line(state: MirrorState) -> str:
    newest = f"newest of {state.newest}" if state.newest else "without dates"
    size = f"{state.bytes / 1_000_000:.1f} MB"
    return (
        f"{state.ecosystem:<10} {state.advisories:>9,} advisories, {newest}, loaded {state.loaded_at:%Y-%m-%d}, {size}"
    )
