"""A policy and an amendment of it made into one text, before anything is checked.

In: two texts that parse. Out: the amended text with the origin of each of its lines, or what an address does not find.
An amendment is text that stands in the place of other text, so what is amended is read, checked and shown as any
policy is; `Amended.told` puts what is said of it back to where the author wrote it.
Never here: what a policy means.
"""

from dsl.compose.amend import Amended, Edit, amend, differences
from dsl.compose.beside import base_of

__all__ = ["Amended", "Edit", "amend", "base_of", "differences"]
