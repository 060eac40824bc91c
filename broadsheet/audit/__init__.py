"""Read a built site back and prove that page, JSON-LD, feeds, sitemaps and exports agree.

`audit` reads a whole output folder, as ``broadsheet audit`` does. `audit_page` reads
one page at the cost of a few string searches, for the press to call on what it writes;
`settle` then audits what stands between the pages.
"""

from broadsheet.audit.glance import audit_listing, audit_page
from broadsheet.audit.site import audit, settle, settle_edition, settle_lists, settle_table
from broadsheet.audit.walk import NoOutput, Told

__all__ = [
    "NoOutput",
    "Told",
    "audit",
    "audit_listing",
    "audit_page",
    "settle",
    "settle_edition",
    "settle_lists",
    "settle_table",
]
