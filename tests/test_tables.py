"""Tables tell each cell's column, for screens on which the cells stand below one another."""

from kit_builder.site.tables import for_narrow_screens


def test_every_cell_but_the_first_of_a_row_says_its_column():
    told = for_narrow_screens(
        '<table class="costs"><thead><tr><th scope="col">What</th><th>How <em>many</em> &amp; "why"</th></tr></thead>'
        '<tbody><tr><th scope="row">Leaders</th><td>2</td></tr><tr><td colspan="2">None</td></tr></tbody></table>'
    )
    assert '<table role="table" class="costs told">' in told
    assert '<th role="rowheader" scope="row">Leaders</th>' in told
    assert '<td role="cell" data-label="How many &amp; &#34;why&#34;">2</td>' in told
    assert '<td role="cell" colspan="2">None</td>' in told


def test_a_table_without_a_head_stays_as_it_is():
    table = "<p>x</p><table><tbody><tr><td>1</td></tr></tbody></table>"
    assert for_narrow_screens(table) == table
