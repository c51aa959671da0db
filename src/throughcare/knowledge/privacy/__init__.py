"""What may be known by whom: roles, relationships, purposes, consents and the law behind them. Pure rules and data.

In the order in which they are asked:
    kinds          what the program keeps about a person, and how sensitive it is
    table          which role may see and change which kind, every cell stated
    desk_rule      role, relationship and purpose together: what the desk asks
    consent        what a consent must hold, when it stands, when it may be taken back
    weighing       may this go to them for that, and which consent says so
"""

from throughcare.knowledge.privacy import kinds
from throughcare.knowledge.privacy.desk_rule import desk_rule, may
from throughcare.knowledge.privacy.table import MAY_CHANGE, MAY_SEE, roles_that

KINDS = {kind.code: kind.words for kind in kinds.ROWS}

__all__ = ["KINDS", "MAY_CHANGE", "MAY_SEE", "desk_rule", "may", "roles_that"]
