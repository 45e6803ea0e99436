"""How much of one mail, archive or document is read; past each limit a sentence says so.

The figures keep every mail under two seconds: nothing that a sender writes decides how long
the program works.  The bytes of a mail over a limit are kept whole all the same.
"""

from __future__ import annotations

MAIL_BYTES = 64 * 1024 * 1024  #: a larger mail is kept whole, and its large attachments are only listed
ATTACHMENT_BYTES = 48 * 1024 * 1024  #: encoded; a larger attachment is listed as it stands in the mail
HEADER_BYTES = 1024 * 1024  #: of one header block
HEADER_FIELDS = 5_000  #: of one header block
LEVELS = 100  #: parts within parts
PARTS = 2_000  #: of one mail
SCAN_BYTES = 512 * 1024 * 1024  #: looked through for boundaries, all levels together
TEXT_BYTES = 2 * 1024 * 1024  #: of one body or text attachment
MAIL_TEXT_BYTES = 6 * 1024 * 1024  #: of all bodies of one mail together
TEXT_LINES = 10_000  #: of one body that are told apart into segments
MAIL_LINES = 30_000  #: of all bodies of one mail together
LINE_CHARACTERS = 2_000  #: of one line that a pattern sees
HEADER_CHARACTERS = 64 * 1024  #: of one header value that is decoded
ADDRESSES = 2_000  #: of one header value
ENCLOSED_MAILS = 50  #: message/rfc822 parts read for their text
HTML_NODES = 200_000  #: of one HTML body
ATTACHMENTS_READ = 50  #: of one mail; more are kept and listed
ATTACHMENT_SECONDS = 1.0  #: that reading the attachments of one mail may take
