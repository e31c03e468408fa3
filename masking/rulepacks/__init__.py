"""Rule packs: what each kind is called in each standard, line by line, with its source.

A pack is a YAML file, versioned; a pack beside it under another name is its successor or its rival, and
`difference` says what changes for every kind.
"""

from masking.rulepacks.pack import RulePack, difference, labels, lifted, rule_packs

__all__ = ["RulePack", "difference", "labels", "lifted", "rule_packs"]
