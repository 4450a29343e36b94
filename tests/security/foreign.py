"""What came to life in an answer though it was only said: foreign elements, attributes, scripts and addresses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pypdf
from lxml import etree, html

from tests.security.saying import COMPUTED, ROGUE

NEVER = {
    "iframe", "object", "embed", "applet", "base", "frame", "frameset", "portal", "math", "foreignobject", "animate",
    "set", "style", "plaintext", "xmp", "listing", "marquee", "isindex", "image", "audio", "video",
}  # fmt: skip
"""Elements that the house uses nowhere; `style` is allowed inside a drawing that leaves the house."""
ADDRESSES = {
    "href", "src", "action", "formaction", "data", "poster", "background", "ping", "srcset", "xlink:href",
    "hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch", "cite", "manifest",
}  # fmt: skip
OWN_HOSTS = {"", "testserver", "localhost", "localhost:8000"}
OUR_SCHEMES = {"", "http", "https", "mailto", "otpauth"}
BLANKS = dict.fromkeys(range(33))
NAMES = ("/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/EmbeddedFiles", "/RichMedia", "/SubmitForm")


def foreign_in_page(text: str) -> list[str]:
    """Of an HTML page or a part of one."""
    if not text.strip():
        return []
    return [told for node in html.fromstring(text).iter() for told in _of_node(node)] + computed(text)


def foreign_in_drawing(text: bytes) -> list[str]:
    """Of an SVG file: read strictly, so that a broken one is refused as well."""
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as broken:
        return [str(broken)]
    told = [each for node in root.iter() for each in _of_node(node, is_drawing=True)]
    kinds = {_name(node) for node in root.iter()} & {
        "script",
        "foreignobject",
        "animate",
        "set",
        "image",
        "a",
    }
    return told + [f"<{kind}> in a drawing" for kind in kinds]


def foreign_in_document(content: bytes) -> list[str]:
    """Of a PDF: nothing that runs, starts or leads out of it."""
    document = pypdf.PdfReader(io.BytesIO(content))
    told = [f"{name} in a document" for name in NAMES if name in str(document.trailer["/Root"])]
    for page in document.pages:
        for link in page.get("/Annots", ()):
            action = link.get_object().get("/A", {})
            if (
                action.get("/S") == "/JavaScript"
                or urlsplit(str(action.get("/URI", ""))).netloc not in OWN_HOSTS
            ):
                told.append(f"a link to {action}")
    return told


def foreign_in_data(text: str) -> list[str]:
    """Of JSON: a chart's description computes nothing that somebody wrote."""
    return list(_computing(json.loads(text)))


def words_of(document: bytes) -> str:
    """What a PDF says."""
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)


def computed(text: str) -> list[str]:
    """A template that a payload wrote has been computed."""
    return ["a template was computed"] if COMPUTED in text.replace(",", "").replace("\u202f", "") else []


def _of_node(node: etree._Element, *, is_drawing: bool = False) -> Iterator[str]:
    if not isinstance(node.tag, str):  # a comment or an instruction: the house writes none
        yield f"{node!r}: {str(node.text)[:80]}"
        return
    kind = _name(node)
    if ROGUE in kind or (kind in NEVER and not (is_drawing and kind == "style")):
        yield f"<{kind}>"
    if kind == "script":
        yield from _of_script(node)
    if kind == "style" and ROGUE in "".join(node.itertext()):
        yield "a style sheet"
    if kind == "meta" and node.get("http-equiv"):
        yield "a meta that commands"
    for name, said in node.attrib.items():
        yield from _of_attribute(kind, str(name).lower(), said)


def _of_attribute(kind: str, name: str, said: str) -> Iterator[str]:
    name = name.rpartition("}")[2]
    is_handler = name.startswith(("on", "hx-on", "data-hx-on"))
    if ROGUE in name or is_handler or name in {"srcdoc", "is", "nonce"}:
        yield f"<{kind} {name}>"
    if (name in {"id", "name"} and said.strip() == ROGUE and kind not in {"input", "select", "textarea"}) or (
        name == "hx-vals" and said.strip().lower().startswith(("js:", "javascript:"))
    ):
        yield f"<{kind} {name}={said[:60]!r}>"
    if name in ADDRESSES and not _is_ours(said):
        yield f"<{kind} {name}={said[:80]!r}>"


def _is_ours(address: str) -> bool:
    """As a browser reads it: blanks and control characters inside a scheme do not count, a backslash is a slash."""
    plain = address.translate(BLANKS).replace("\\", "/")
    if plain.startswith(("data:image/png;base64,", "data:image/svg+xml;utf8,<svg")):
        return ROGUE not in plain
    parts = urlsplit(plain)
    return parts.scheme.lower() in OUR_SCHEMES and parts.netloc in OWN_HOSTS


def _of_script(node: etree._Element) -> Iterator[str]:
    words = "".join(node.itertext())
    if node.get("src"):
        if not str(node.get("src")).startswith("/static/"):
            yield f"a script from {node.get('src')}"
    elif node.get("type") != "application/json":
        yield f"a script: {words[:80]}"
    else:
        json.loads(words)
        if "<" in words or ">" in words:
            yield f"an angle in the data of a script: {words[:80]}"


COMPUTING = {"expr", "signal", "calculate", "filter", "test", "href", "url", "update", "init", "events"}


def _computing(said: object, name: str = "") -> Iterator[str]:
    if isinstance(said, dict):
        for key, each in said.items():
            if ROGUE in key:
                yield f"{key[:60]!r} is a name"
            yield from _computing(each, key)
    elif isinstance(said, list):
        for each in said:
            yield from _computing(each, name)
    elif isinstance(said, str) and ROGUE in said and name in COMPUTING:
        yield f"{name}: {said[:80]!r}"


def _name(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2].lower()
