"""What the edge needs to know about the installation it serves."""

from dataclasses import dataclass, field
from pathlib import Path

from jieli.base.vault import Vault
from jieli.blueprint.document import Label
from jieli.identity import Lifetime

MEGABYTE = 1024 * 1024
BUILT_WEB = Path(__file__).resolve().parents[1] / "web"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo company whom the sign-in page offers."""

    login: str
    name: str
    role: Label


@dataclass(frozen=True, slots=True)
class Demo:
    """The hint on the sign-in page of a demo installation."""

    login: str
    password: str
    people: tuple[DemoPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """`files` is the folder of uploaded files. `behind_proxy` says that the last entry of X-Forwarded-For is the
    caller's address; `secure_cookies` belongs with HTTPS; `vault` seals the secrets that are kept."""

    files: Path
    vault: Vault
    copies: Path | None = None
    """Where uploaded files are put as well."""
    web: Path = BUILT_WEB
    public_url: str = ""
    secure_cookies: bool = False
    behind_proxy: bool = False
    demo: Demo | None = None
    metrics_token: str = ""
    lifetime: Lifetime = field(default_factory=Lifetime)
    watches_signals: bool = False
    """End the streams of events as soon as the process is told to stop. For a server's main thread only."""
    largest_body: int = 2 * MEGABYTE
    largest_file: int = 50 * MEGABYTE
