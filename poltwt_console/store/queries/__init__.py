"""The questions that screens, lists and reports put to the database.

Sorting, filtering and counting happen in SQL; a page asks for the ids in order and then for the
rows that it shows.  Answers are frozen values; an id that is gone is left out.
"""
