"""poltwt console: the organiser's desktop application for the Global Police Tweet-a-thon.

The floor plan. A floor imports only the floors below it; import-linter holds that
(``pyproject.toml``), and ``tests/test_architecture.py`` shows it in a subprocess.

====  =========================================================  =====================================
 4    ``app``                                                    composition root; the only one that
                                                                 knows everyone
 3    ``gui`` | ``cli``                                          what the organiser sees; PySide6 in
                                                                 ``gui`` and ``app`` only
 2    ``workflow``                                               the verbs: intake, review, locate,
                                                                 publish, undo
 1    ``mailbox`` | ``extraction`` | ``geocoding`` | ``store``   bytes to Message, Message to
      | ``exports`` | ``replies``                                Registration, address to Place, all
                                                                 SQL, entries to files, letters
 0    ``domain``, ``errors``, ``paths``, ``settings``            frozen values and plain facts;
      | ``compiled``                                             which modules run as machine code
====  =========================================================  =====================================

Data moves one way: mail -> Message -> Registration -> Location -> (a person decides) ->
Participation -> map and lists.  Rows never leave ``store``; Qt types never leave ``gui``.
"""

from poltwt_console.compiled import use_compiled

__version__ = "0.1.0"

use_compiled()
