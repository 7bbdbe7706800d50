"""Who may do what to which rows and fields, as SQL that every path uses.

Roles are unions of scopes; nothing here evaluates a record in Python. What an actor may not see does not exist
for them (`NotFound`), and `why` answers from the same compiled rule.
"""

from jieli.access.actor import Actor, load_actor, system_actor
from jieli.access.rights import (
    Action,
    Rights,
    field_access,
    has_right,
    hidden_fields,
    may,
    may_read_field,
    may_write_field,
    require,
    require_right,
    rights_of,
    visible_fields,
)
from jieli.access.scope import ActorGuard, branches, condition, predicate, rows
from jieli.access.why import Reason, why

__all__ = [
    "Action",
    "Actor",
    "ActorGuard",
    "Reason",
    "Rights",
    "branches",
    "condition",
    "field_access",
    "has_right",
    "hidden_fields",
    "load_actor",
    "may",
    "may_read_field",
    "may_write_field",
    "predicate",
    "require",
    "require_right",
    "rights_of",
    "rows",
    "system_actor",
    "visible_fields",
    "why",
]
