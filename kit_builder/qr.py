"""QR codes of web addresses, as vector pictures for papers (`kit:qr.svg`) and pages."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

QUIET_ZONE = 4
"""White modules around a code, without which readers may not find it (ISO/IEC 18004)."""

MODULE = 0.7
"""Millimetres of the smallest square: a phone at arm's length reads it from an office printer's paper."""


@lru_cache(100)
def _code(address: str) -> segno.QRCode:
    """One address stands on several papers, and finding its best pattern takes longest."""
    return segno.make_qr(address, error="m")


def qr_svg(address: str) -> bytes:
    """The code of an address with its quiet zone, black on white; it fills the box in which it is shown.

    15 % of it may be unreadable (level M), or more where that makes it no larger. The same address gives the same
    bytes; its alternative text belongs to the `img` that shows it. Raises ValueError where no code holds it."""
    stream = io.BytesIO()
    _code(address).save(
        stream,
        kind="svg",
        border=QUIET_ZONE,
        light="#fff",
        omitsize=True,
        xmldecl=False,
        nl=False,
        svgclass=None,
        lineclass=None,
    )
    return stream.getvalue()


def qr_width(address: str) -> float:
    """How wide the code of an address should at least be printed, with its quiet zone, in millimetres."""
    return round(_code(address).symbol_size(border=QUIET_ZONE)[0] * MODULE, 1)
