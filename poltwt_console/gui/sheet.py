"""The style sheet; ``@name`` is a colour of ``colours.py``, ``$8`` a size at 100 %.

Widgets are told apart by the property ``look``, so that a page says what a thing is and this
file how it appears.
"""

SHEET = """
QWidget { color: @ink; }
QMainWindow, QDialog, QMessageBox, #ground { background: @ground; }
QLabel { background: transparent; }
QToolTip { background: @raised; color: @ink; border: 1px solid @line; padding: $4; }

#bar { background: @panel; border-bottom: 1px solid @line; }
#status { background: @panel; border-top: 1px solid @line; }
#status QLabel { color: @mute; font-size: $12; }
#nav { background: @panel; border-right: 1px solid @line; }
#panel, #mail { background: @panel; }
#side { background: @side; border-left: 1px solid @line; }
#head { background: @panel; border-bottom: 1px solid @line; }
#foot { background: @side; border-top: 1px solid @line; border-left: 1px solid @line; }

QLabel[look="title"] { font-size: $17; font-weight: 600; }
QLabel[look="hashtag"] { font-size: $15; font-weight: 700; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="label"] { color: @mute; font-size: $11; font-weight: 600; }
QLabel[look="why"] { color: @mute; font-size: $11; }
QLabel[look="wrong"] { color: @bad; font-size: $11; }
QLabel[look="mute"] { color: @mute; }
QLabel[look="accent"] { color: @accent; }
QLabel[look="caps"] { color: @mute; font-size: $11; font-weight: 600; padding: $14 $10 $4 $10; }
QLabel[look="empty"] { color: @mute; font-size: $14; }

QLabel[tone] { border-radius: $9; padding: $1 $8; font-size: $11; font-weight: 600; min-height: $16; }
QLabel[tone="good"] { color: @good; background: @good_soft; }
QLabel[tone="warn"] { color: @warn; background: @warn_soft; }
QLabel[tone="bad"] { color: @bad; background: @bad_soft; }
QLabel[tone="quiet"] { color: @mute; background: @quiet_soft; }
QLabel[tone="agency"] { color: @accent; background: @accent_soft; }
QLabel[tone="officer"] { color: @officer; background: @officer_soft; }

QPushButton { background: @raised; border: 1px solid @line; border-radius: $6; padding: $5 $12;
    min-height: $20; }
QPushButton:hover { border-color: @mute; }
QPushButton:pressed { background: @quiet_soft; }
QPushButton:focus { border: 2px solid @accent; padding: $4 $11; }
QPushButton:disabled { color: @mute; background: @ground; }
QPushButton::menu-indicator { width: 0; }
QPushButton[look="primary"] { background: @accent; border-color: @accent; color: @accent_ink; font-weight:
    600; }
QPushButton[look="primary"]:focus { border: 2px solid @ink; }
QPushButton[look="primary"]:disabled { background: @quiet_soft; border-color: @line; color: @mute; }
QPushButton[look="link"] { background: transparent; border-color: transparent; color: @accent; padding: $5
    $8; }
QPushButton[look="link"]:hover { background: @accent_soft; }
QPushButton[look="link"]:focus { border: 2px solid @accent; padding: $4 $7; }
QPushButton[look="link"]:disabled { color: @mute; background: transparent; }
QPushButton[look="text"] { background: transparent; border: 1px solid transparent; color: @accent;
    padding: $3 0; text-align: left; }
QPushButton[look="text"]:hover { border-bottom-color: @accent; }
QPushButton[look="text"]:focus { border: 2px solid @accent; padding: $2 0; }
QPushButton[look="choice"] { background: @panel; border: 1px dashed @line; color: @accent; font-size: $11;
    padding: $1 $8; min-height: $16; text-align: left; }
QPushButton[look="choice"]:hover { background: @accent_soft; border-style: solid; }
QPushButton[look="choice"]:focus { border: 2px solid @accent; padding: $0 $7; }
QPushButton[look="chip"] { background: @quiet_soft; color: @mute;
    border: 1px solid transparent; border-radius: $10;
    padding: $2 $10; min-height: $16; font-size: $11; font-weight: 600; }
QPushButton[look="chip"]:hover { border-color: @mute; }
QPushButton[look="chip"]:checked { background: @accent_soft; color: @accent; border-color: @accent; }
QPushButton[look="chip"]:focus { border: 2px solid @accent; padding: $1 $9; }
QPushButton[look="nav"] { background: transparent; border: 1px solid transparent;
    border-radius: $6; text-align: left; padding: $6 $10; min-height: $20; }
QPushButton[look="nav"]:hover { background: @quiet_soft; }
QPushButton[look="nav"]:checked { background: @accent_soft; color: @accent; font-weight: 600; }
QPushButton[look="nav"]:focus { border: 2px solid @accent; padding: $5 $9; }
QLabel[look="count"] { color: @mute; background: transparent; }
QLabel[look="count"][on="true"] { color: @accent; font-weight: 600; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: $4; padding: $2;
    color: @mute; }
QToolButton:hover { background: @quiet_soft; }
QToolButton:focus { border: 2px solid @accent; padding: $1; }

QLineEdit, QPlainTextEdit[look="field"], QComboBox, QDateEdit {
    background: @raised; border: 1px solid @line; border-radius: $6; padding: $4 $8; min-height: $20;
    selection-background-color: @accent; selection-color: @accent_ink; }
QPlainTextEdit[look="field"] { padding: $2 $4; }
QLineEdit:focus, QPlainTextEdit[look="field"]:focus, QComboBox:focus { border: 2px solid @accent; padding:
    $3 $7; }
QPlainTextEdit[look="field"]:focus { padding: $1 $3; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit[look="field"]:disabled { color: @mute; background:
    @ground; }
QLineEdit[look="search"] { background: @ground; }
QLineEdit[wrong="true"] { border: 2px solid @bad; padding: $3 $7; }
QComboBox::drop-down { border: 0; width: $22; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; selection-background-color:
    @accent_soft;
    selection-color: @ink; outline: 0; }
QTableView QLineEdit, QTableView QComboBox { border-radius: 0; padding: $0 $4; min-height: 0; border: 2px
    solid @accent; }

QTableView QComboBox[look="chooser"] { border: 1px solid @line; border-radius: $4; min-height: $20;
    padding: $2 $6; }
QTableView QComboBox[look="chooser"]:focus { border: 2px solid @accent; padding: $1 $5; }

QListView, QTableView, QTextEdit, QPlainTextEdit { background: @panel; border: 0; }
QListView:focus, QTableView:focus, QTextEdit:focus { border: 0; outline: 0; }
QTableView { gridline-color: transparent; selection-background-color: @accent_soft; selection-color: @ink; }
QDialog QListView, QDialog QTableView, QDialog QPlainTextEdit { border: 1px solid @line; border-radius: $6; }
QDialog QListView:focus, QDialog QTableView:focus { border: 1px solid @accent; }
QTableWidget::item { padding: 0 $6; }
QListWidget::item { padding: $3 $6; }
QListWidget::item:selected { background: @accent_soft; color: @ink; }
QHeaderView { background: @side; border: 0; }
QHeaderView::section { background: @side; color: @mute; border: 0; border-bottom: 1px solid @line;
    padding: $6 $10; font-size: $11; font-weight: 600; }
QHeaderView::section:hover { color: @ink; }
QTextEdit { selection-background-color: @accent; selection-color: @accent_ink; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: $10; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $10; margin: 0; }
QScrollBar::handle { background: @line; border-radius: $4; min-height: $28; min-width: $28; margin: $1; }
QScrollBar::handle:hover { background: @mute; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }

QMenu { background: @raised; border: 1px solid @line; padding: $4; }
QMenu::item { padding: $5 $24 $5 $12; border-radius: $4; }
QMenu::item:selected { background: @accent_soft; color: @ink; }
QMenu::item:disabled { color: @mute; }
QMenu::separator { height: 1px; background: @line; margin: $4 $8; }
QMenuBar { background: @panel; }
QMenuBar::item { padding: $4 $10; background: transparent; }
QMenuBar::item:selected { background: @accent_soft; border-radius: $4; }

QFrame[look="card"] { background: @panel; border: 1px solid @line; border-radius: $10; }
QFrame[look="box-warn"] { background: @warn_soft; border-radius: $6; }
QFrame[look="box-bad"] { background: @bad_soft; border-radius: $6; }
QFrame[look="box-good"] { background: @good_soft; border-radius: $6; }
QFrame[look="box-quiet"] { background: @quiet_soft; border-radius: $6; }
QFrame[look="line"] { background: @line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[look="line-down"] { background: @line; border: 0; min-width: 1px; max-width: 1px; }
#notice[tone="good"] { background: @good_soft; border-bottom: 1px solid @line; }
#notice[tone="bad"] { background: @bad_soft; border-bottom: 1px solid @line; }
#notice[tone="quiet"] { background: @quiet_soft; border-bottom: 1px solid @line; }
QProgressBar { background: @quiet_soft; border: 0; border-radius: $3; max-height: $6; min-height: $6; }
QProgressBar::chunk { background: @accent; border-radius: $3; }
QCheckBox::indicator { width: $14; height: $14; border: 1px solid @mute; border-radius: $3;
    background: @raised; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; }
QCheckBox:focus { color: @accent; }
QCheckBox::indicator:focus { border: 2px solid @accent; }
"""
