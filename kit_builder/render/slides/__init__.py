"""A deck as an editable presentation: `presentation.render_pptx` is the way in."""
