"""Imported once by the process from which workers are forked, so that each worker starts with everything loaded."""

import weasyprint  # noqa: F401

import kit_builder.documents.html
import kit_builder.render.rendering
import kit_builder.render.slides.presentation
import kit_builder.render.word.document
import kit_builder.site.website  # noqa: F401
from kit_builder.garbage import look_seldom

look_seldom()
