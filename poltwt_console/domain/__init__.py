"""The nouns: frozen values without I/O, used by every floor above.

One noun is one class, one table and one word on the screen.  What was decided: values are
frozen dataclasses with tuples inside, so that they cross threads and processes unharmed;
states are ``StrEnum`` so that the database, JSON and tests read alike.  What was refused:
methods that need a store, a clock or a file.
"""
