"""A new key for what is sealed."""

from jieli.commands.output import JSON, Output
from jieli.commands.place import database, run
from jieli.identity.second_factor import reseal
from jieli.settings import Settings, load, vault_of
from jieli.upkeep import keyfile


def rekey(as_json: JSON = False) -> None:
    """Put a new key in front and seal everything with it; with JIELI_SECRET_KEY, with the first one given there."""
    settings = load()
    count = run(_rekeyed(settings))
    place = "JIELI_SECRET_KEY" if settings.secret_key else settings.home / keyfile.NAME
    Output(as_json).answer(
        {"sealed": count, "keys": str(place)},
        zh=f"{count} 项机密已用 {place} 中的第一个密钥重新加密；旧密钥保留，旧备份需要它",
        en=f"{count} secrets are sealed with the first key of {place}; old keys stay, old backups need them",
    )


async def _rekeyed(settings: Settings) -> int:
    if not settings.secret_key:
        keyfile.add(settings.home)
    async with database(settings) as db, db.begin() as tx:
        return await reseal(tx, vault_of(settings))
