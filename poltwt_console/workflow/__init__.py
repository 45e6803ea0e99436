"""The verbs: plain functions that take the store and what they need, and return Changes.

``VERBS`` lists every verb that makes a Step, by the name that the Step keeps; the random test
of undo and redo reads it and fails for a verb that it cannot generate.
"""

#: The verbs of Steps, in the order of the organiser's work.
VERBS = (
    "import_mail",
    "accept",
    "set_aside",
    "set_aside_registration",
    "reopen",
    "annotate",
    "add_registration",
    "reread",
    "map_table",
    "edit_field",
    "restore_field",
    "locate_missing",
    "locate_online",
    "pick_candidate",
    "set_point",
    "unlock",
    "choose_zone",
    "add_participant",
    "edit_participant",
    "set_state",
    "set_visibility",
    "export",
)
