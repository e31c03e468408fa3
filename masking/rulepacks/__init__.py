"""Rule packs: what each kind is called in each standard, line by line, with its source.

A pack is a YAML file, versioned; `difference` says which columns another version, or a rival, calls otherwise.
"""

from masking.rulepacks.pack import (
    RulePack,
    called_together,
    difference,
    labels,
    liftable,
    lifted,
    rule_pack,
    rule_packs,
)

__all__ = [
    "RulePack", "called_together", "difference", "labels", "liftable", "lifted", "rule_pack", "rule_packs",
]  # fmt: skip
