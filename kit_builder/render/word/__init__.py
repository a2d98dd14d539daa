"""The HTML of a document as an editable Word file: `document.render_docx` is the way in."""
