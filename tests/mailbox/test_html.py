"""HTML as a reader sees it, with links, tables and quoted stretches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.mailbox.alternatives import plain_suffices
from poltwt_console.mailbox.html import HtmlText, read_html


def cells(page: HtmlText, number: int = 0) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, page.text[cell.start : cell.end]) for cell in page.tables[number].cells]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p class=MsoNormal>one</p><p class=MsoNormal>two</p>", "one\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("a <b>b</b>c", "a bc"),
        ("  many   spaces\n and lines ", "many spaces and lines"),
        ("a&nbsp;b &amp; c &lt;d@e.example&gt;", "a b & c <d@e.example>"),
        ("<ul><li>one<li>two</ul>after", "• one\n• two\n\nafter"),
        ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<script>x()</script><style>p{}</style><title>t</title>seen", "seen"),
        ("<div style='display:none'>hidden</div><span hidden>too</span>seen", "seen"),
        ("<p style='mso-hide:all'>hidden</p>seen", "seen"),
        ("<!-- comment -->seen<!--[if mso]>no<![endif]-->", "seen"),
        ("<img alt='Twitter' src=x> @a", "Twitter @a"),
        ("broken <b>tags</i> here</p>", "broken tags here"),
        ("", ""),
    ],
)
def test_text(source: str, text: str) -> None:
    assert read_html(source).text == text


def test_links_keep_their_words_and_targets() -> None:
    page = read_html('see <a href="https://twitter.com/x">our <b>page</b></a>, <a href="#top">up</a>')
    (link,) = page.links
    assert page.text[link.start : link.end] == "our page"
    assert link.target == "https://twitter.com/x"


def test_a_link_without_words_shows_its_target() -> None:
    page = read_html('x <a href="https://twitter.com/x"><img src=t.png></a>')
    (link,) = page.links
    assert page.text[link.start : link.end].strip() == "https://twitter.com/x"


def test_cells_rows_and_spans() -> None:
    page = read_html(
        "<table><tr><th rowspan=2>A<th colspan=2>B<tr><td>c<td>d<tr><td>e<td>f<br>g<td>h</table>"
    )
    assert cells(page) == [
        (0, 0, "A"),
        (0, 1, "B"),
        (1, 1, "c"),
        (1, 2, "d"),
        (2, 0, "e"),
        (2, 1, "f\ng"),
        (2, 2, "h"),
    ]
    assert [(cell.row_span, cell.column_span, cell.header) for cell in page.tables[0].cells][:2] == [
        (2, 1, True),
        (1, 2, True),
    ]
    assert page.text == "A\tB\nc\td\ne\tf\ng\th"


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    page = read_html("<table><tr><td>out<table><tr><td>in<td>side</table><td>more</table>")
    assert [len(table.cells) for table in page.tables] == [2, 2]
    assert cells(page, 0) == [(0, 0, "in"), (0, 1, "side")]


@pytest.mark.parametrize(
    "source",
    [
        "a <s>b c</s> d",
        "a <strike>b c</strike> d",
        "a <del>b c</del> d",
        "a <span style='text-decoration:line-through'>b c</span> d",
        "a <span style='text-decoration-line: line-through'><b>b c</b></span> d",
    ],
)
def test_it_is_told_what_is_struck_out(source: str) -> None:
    page = read_html(f"<p>{source}</p>")
    assert page.text == "a b c d"
    assert [page.text[start:end] for start, end in page.struck] == ["b c"]


def test_a_struck_row_is_struck_cell_by_cell() -> None:
    page = read_html(
        "<table><tr><td><s>a</s></td><td><s>b</s></td></tr><tr><td>c</td><td>d</td></tr></table>"
    )
    assert [page.text[start:end] for start, end in page.struck] == ["a", "b"]


def test_a_blank_that_is_struck_out_strikes_nothing_else() -> None:
    page = read_html("<p><s>&nbsp;</s>a <s>&nbsp;b</s> c</p>")
    assert "".join(page.text[start:end] for start, end in page.struck).split() == ["b"]


def test_quoted_stretches() -> None:
    page = read_html(
        "mine<blockquote type=cite>theirs<blockquote type=cite>older</blockquote></blockquote>mine again"
    )
    assert sorted(page.text[start:end].strip() for start, end in page.quotes) == ["older", "theirs\n\nolder"]


def test_an_indented_paragraph_is_no_quote() -> None:
    assert not read_html("<blockquote style='margin:0 0 0 40px'>Main Street 1</blockquote>").quotes


@pytest.mark.parametrize(
    ("plain", "html", "suffices"),
    [
        ("Registration: @a", "<p>Registration: @a</p>", True),
        ("", "<p>text</p>", False),
        ("Your mail client does not support HTML.", "<p>text</p>", False),
        ("Hi", "<p>Hi, we are the Springfield Police and want to register</p>", False),
        ("We are here", '<p>We are <a href="https://twitter.com/sample">here</a></p>', False),
        ("We are sample here", '<p>We are <a href="https://twitter.com/Sample">here</a></p>', True),
        (
            "We are here",
            '<a href="https://x.safe.example/?url=https%3A%2F%2Ftwitter.com%2Fsample">here</a>',
            False,
        ),
        ("Agency Account\nA a\nB b", f"<table>{'<tr><td>A</td><td>a</td></tr>' * 3}</table>", False),
        ("Agency Account\nA a", "<table><tr><td>A</td></tr><tr><td>a</td></tr></table>", True),
    ],
)
def test_which_alternative(plain: str, html: str, suffices: bool) -> None:
    assert plain_suffices(plain, html) is suffices


PIECES = [
    *"<>/abp ='\"&;\n",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<a href=x>",
    "</a>",
    "<blockquote type=cite>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_spans_always_fit(source: str) -> None:
    page = read_html(source)
    spans = [*page.links, *(cell for table in page.tables for cell in table.cells)]
    assert all(0 <= span.start <= span.end <= len(page.text) for span in spans)
