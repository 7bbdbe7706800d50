from jieli.db.pool import Database
from tests.api.conftest import Person, some_number

VIEWS = "/objects/lead/views"
MINE = {"field": "owner", "op": "eq", "value": {"var": "me"}}


async def test_a_saved_view_gives_condition_order_and_columns_to_the_list(db: Database, sam: Person) -> None:
    await sam.lead()
    body = {"label": "我的", "where": MINE, "sort": ["name"], "columns": ["name", "score"]}
    view = (await sam.post(VIEWS, body)).json()
    page = (await sam.get(f"/objects/lead/records?view={view['id']}")).json()
    names = [item["name"] for item in page["items"]]
    assert page["items"][0].keys() == {"id", "version", "name", "score"}
    async with db.read() as tx:
        asked = "select array(select name from unnest($1::text[]) as name order by name)"
        assert names == await tx.connection.fetchval(asked, names)
    assert view["label"] == {"zh": "我的", "en": "我的"}
    assert (view["mine"], view["shared"]) == (True, False)


async def test_a_view_is_ones_own_until_it_is_shared(sam: Person, sue: Person) -> None:
    view = (await sam.post(VIEWS, {"label": f"V{some_number()}", "where": MINE})).json()
    assert view["id"] not in (await sue.get(VIEWS)).text
    assert (await sue.get(f"/objects/lead/records?view={view['id']}")).status_code == 404
    await sam.patch(f"/views/{view['id']}", {"shared": True})
    shown = next(one for one in (await sue.get(VIEWS)).json()["items"] if one["id"] == view["id"])
    assert (shown["mine"], shown["shared"]) == (False, True)
    assert (await sue.get(f"/objects/lead/records?view={view['id']}")).status_code == 200


async def test_only_its_maker_changes_or_drops_a_view(sam: Person, sue: Person) -> None:
    view = (await sam.post(VIEWS, {"label": "X", "shared": True})).json()
    changed = await sue.patch(f"/views/{view['id']}", {"label": "Y"})
    dropped = await sue.delete(f"/views/{view['id']}")
    assert (changed.status_code, dropped.status_code) == (403, 403)
    assert (await sam.delete(f"/views/{view['id']}")).status_code == 204
    assert (await sam.patch(f"/views/{view['id']}", {"label": "Y"})).status_code == 404


async def test_a_view_that_could_not_be_used_is_not_kept(sam: Person) -> None:
    for body in (
        {"label": "X", "where": {"field": "nothing", "op": "eq", "value": 1}},
        {"label": "X", "sort": ["nothing"]},
        {"label": "X", "columns": ["nothing"]},
        {"label": ""},
        {},
    ):
        assert (await sam.post(VIEWS, body)).status_code == 422


async def test_a_shared_view_shows_each_their_own_records(sam: Person, sue: Person) -> None:
    mine, theirs = await sam.lead(), await sue.lead()
    view = (await sam.post(VIEWS, {"label": "X", "where": MINE, "shared": True})).json()
    listed = (await sue.get(f"/objects/lead/records?view={view['id']}&limit=500")).text
    assert theirs["id"] in listed
    assert mine["id"] not in listed


async def test_a_view_of_another_object_is_not_found(sam: Person) -> None:
    view = (await sam.post(VIEWS, {"label": "X"})).json()
    assert (await sam.get(f"/objects/account/records?view={view['id']}")).status_code == 404
