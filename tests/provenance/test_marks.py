"""What picture files say of themselves. All names, places and prompts are invented."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from photo_files import chunk, drawing, encoded
from PIL import Image, PngImagePlugin, TiffImagePlugin

from fakeprofile.provenance import marks_of
from fakeprofile.provenance.blocks import MOST_BYTES
from fakeprofile.records import FileMarks, Mark, MarkKind

PICTURE = drawing(64, 48)
A1111 = "a girl on a beach\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512"


def exif(**more: object) -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0131] = "Kamera", "Kamera K-7", "Raw Tool 3"
    tags[0x013B] = "Imke Dorsman"
    inner = tags.get_ifd(0x8769)
    inner[0x9003], inner[0x9011] = "2016:05:01 00:30:00", "+02:00"
    inner[0x9004] = "0000:00:00 00:00:00"
    gps = tags.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 22.0, 12.0), "W", (4.0, 53.0, 24.0)
    return tags


def packet(attributes: str = "", inner: str = "") -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        f' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" {attributes}>{inner}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


XMP = packet(
    'xmp:CreatorTool="Raw Tool 3" xmp:CreateDate="2016-05-01T23:30:00-02:00" photoshop:City="Ghent"',
    "<dc:creator><rdf:Seq><rdf:li>Imke Dorsman</rdf:li><rdf:li>Lars Holm</rdf:li></rdf:Seq></dc:creator>"
    "<photoshop:DateCreated>2016-05</photoshop:DateCreated>"
    "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    "</Iptc4xmpExt:DigitalSourceType>",
)


def iptc(*sets: tuple[int, bytes]) -> bytes:
    return b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text for number, text in sets
    )


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    plain = encoded(PICTURE, "JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def png(*chunks: bytes) -> bytes:
    plain = encoded(PICTURE, "PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def photoshop(record: bytes) -> bytes:
    even = record + b"\x00" * (len(record) % 2)
    other = b"8BIM\x04\x25\x00\x00" + struct.pack(">I", 3) + b"abc\x00"
    return b"Photoshop 3.0\x00" + other + b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + even


def jumbf() -> bytes:
    return (
        struct.pack(">I", 60)
        + b"jumb"
        + struct.pack(">I", 40)
        + b"jumdc2pa"
        + bytes(12)
        + b"\x03c2pa\x00"
        + bytes(20)
    )


def marked(found: FileMarks, kind: MarkKind) -> list[str]:
    return [mark.value for mark in found.marks if mark.kind is kind]


def dates(found: FileMarks, kind: MarkKind = MarkKind.TAKEN) -> dict[str, str | None]:
    return {mark.where: mark.on for mark in found.marks if mark.kind is kind}


FORMATS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: encoded(PICTURE, "JPEG", exif=exif(), xmp=XMP),
    "png": lambda: encoded(
        PICTURE, "PNG", exif=exif(), pnginfo=with_texts(("XML:com.adobe.xmp", XMP.decode()))
    ),
    "webp": lambda: encoded(PICTURE, "WEBP", exif=exif(), xmp=XMP),
    "avif": lambda: encoded(PICTURE, "AVIF", exif=exif(), xmp=XMP),
    "heic": lambda: encoded(PICTURE, "HEIF", exif=exif().tobytes(), xmp=XMP),
    "tiff": lambda: encoded(PICTURE, "TIFF", exif=exif(), tiffinfo=tiff_tags()),
}


def with_texts(*texts: tuple[str, str], packed: bool = False) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for key, text in texts:
        info.add_itxt(key, text, zip=packed)
    return info


def tiff_tags() -> TiffImagePlugin.ImageFileDirectory_v2:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in exif().items():
        tags[tag] = value
    tags[700] = XMP
    return tags


@pytest.mark.parametrize("kind", FORMATS)
def test_camera_dates_program_and_author_are_read_from_every_format(kind: str) -> None:
    found = marks_of(FORMATS[kind](), "a photo")
    assert (found.photo, found.gaps) == ("a photo", ())
    assert marked(found, MarkKind.CAMERA) == ["Kamera K-7"]
    assert "Raw Tool 3" in marked(found, MarkKind.SOFTWARE)
    assert {"Imke Dorsman", "Imke Dorsman, Lars Holm"} <= set(marked(found, MarkKind.AUTHOR))
    taken = dates(found)
    assert (taken["XMP xmp:CreateDate"], taken["XMP photoshop:DateCreated"]) == ("2016-05-02", "2016-05")
    if kind != "tiff":  # Pillow writes no inner directory there
        assert taken["EXIF DateTimeOriginal"] == "2016-04-30"
    assert any("made by a trained generator" in value for value in marked(found, MarkKind.GENERATED))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif", "heic"])
def test_a_place_is_told_only_on_request(kind: str) -> None:
    data = FORMATS[kind]()
    silent, asked = marks_of(data, "x"), marks_of(data, "x", show_place=True)
    assert len(marked(silent, MarkKind.PLACE)) == 2
    assert not any("52" in mark.value or "Ghent" in mark.value for mark in silent.marks)
    assert "latitude 52.37000, longitude -4.89000" in marked(asked, MarkKind.PLACE)
    assert "Ghent" in marked(asked, MarkKind.PLACE)


def test_gif_has_comments_and_xmp() -> None:
    plain = encoded(PICTURE, "GIF", comment=b'{"prompt": "a cat", "seed": 1}')
    trailer = plain.rindex(b";")
    magic = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    data = plain[:trailer] + b"!\xff\x0bXMP DataXMP" + XMP + magic + plain[trailer:]
    found = marks_of(data, "x")
    assert found.gaps == ()
    assert any("Fooocus" in value for value in marked(found, MarkKind.GENERATED))
    assert dates(found)["XMP xmp:CreateDate"] == "2016-05-02"
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "GIF"


def test_the_older_iptc_record_is_read() -> None:
    record = iptc(
        (80, b"Imke Dorsman"), (80, b"Lars"), (116, "© Imke".encode()), (55, b"20160501"), (60, b"003000+0200"),
        (90, b"Ghent"), (101, b"Belgium"), (65, b"Raw Tool"), (62, b"20160500"), (110, b"Made with Google AI"),
    )  # fmt: skip
    found = marks_of(jpeg(segment(0xED, photoshop(record))), "x", show_place=True)
    assert found.gaps == ()
    assert marked(found, MarkKind.AUTHOR) == ["Imke Dorsman, Lars", "© Imke", "Made with Google AI"]
    assert dates(found) == {"IPTC DateCreated": "2016-04-30", "IPTC DigitalCreationDate": "2016-05"}
    assert marked(found, MarkKind.PLACE) == ["Ghent, Belgium"]
    assert marked(found, MarkKind.GENERATED) == ["Made with Google AI"]


@pytest.mark.parametrize(
    ("texts", "tool"),
    [
        ([("parameters", A1111)], "Stable Diffusion web UI"),
        ([("parameters", '{"sui_image_params": {"prompt": "a"}}')], "SwarmUI"),
        ([("postprocessing", "Postprocess upscale by: 4")], "Stable Diffusion web UI"),
        ([("prompt", '{"3": {"class_type": "KSampler"}}')], "ComfyUI"),
        ([("workflow", '{"nodes": []}')], "ComfyUI"),
        ([("invokeai_metadata", "{}")], "InvokeAI"),
        ([("sd-metadata", "{}")], "InvokeAI"),
        ([("Dream", "a cat -s 50")], "InvokeAI"),
        ([("Software", "NovelAI"), ("Comment", '{"steps": 28, "prompt": "a"}')], "NovelAI"),
        ([("Comment", '{"prompt": "a", "seed": 1, "fooocus_scheme": "x"}')], "Fooocus"),
        ([("negative_prompt", "blurry")], "Easy Diffusion"),
        ([("Description", "a cat --v 6 Job ID: 01234567-89ab-cdef-0123-456789abcdef")], "Midjourney"),
        ([("XML:com.adobe.xmp", packet(inner='<exif:UserComment><rdf:Alt><rdf:li>{"sampler": "x", "c": "a"}</rdf:li></rdf:Alt></exif:UserComment>').decode())], "Draw Things"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_what_generators_write_into_a_png_is_seen(
    texts: list[tuple[str, str]], tool: str, packed: bool
) -> None:
    found = marks_of(encoded(PICTURE, "PNG", pnginfo=with_texts(*texts, packed=packed)), "x")
    assert found.gaps == ()
    assert any(tool in value for value in marked(found, MarkKind.GENERATED)), found.marks


@pytest.mark.parametrize("kind", ["tEXt", "zTXt"])
def test_both_older_kinds_of_text_are_read(kind: str) -> None:
    body = A1111.encode() if kind == "tEXt" else b"\x00" + zlib.compress(A1111.encode())
    found = marks_of(png(chunk(kind.encode(), b"parameters\x00" + body)), "x")
    assert found.gaps == ()
    (value,) = marked(found, MarkKind.GENERATED)
    assert value.startswith("Stable Diffusion web UI: a girl on a beach Negative prompt")


@pytest.mark.parametrize("order", ["utf-16-be", "utf-16-le"])
def test_parameters_in_a_jpeg_are_read_in_either_byte_order(order: str) -> None:
    tags = Image.Exif()
    tags.get_ifd(0x8769)[0x9286] = b"UNICODE\x00" + A1111.encode(order)
    found = marks_of(encoded(PICTURE, "JPEG", exif=tags), "x")
    (value,) = marked(found, MarkKind.GENERATED)
    assert value.startswith("Stable Diffusion web UI: a girl")


@pytest.mark.parametrize(
    "texts",
    [
        [("parameters", "exposure 3, aperture 8")],
        [("prompt", "What do you see?")],
        [("Comment", "made by Imke"), ("Description", "A beach"), ("Software", "Paint 9")],
        [("workflow", "scan, crop, save")],
        [("Comment", '{"album": "summer"}')],
    ],
)
def test_ordinary_texts_are_no_marks_of_a_generator(texts: list[tuple[str, str]]) -> None:
    found = marks_of(encoded(PICTURE, "PNG", pnginfo=with_texts(*texts)), "x")
    assert marked(found, MarkKind.GENERATED) == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("compositeWithTrainedAlgorithmicMedia", MarkKind.GENERATED),
        ("digitalCapture", MarkKind.CAMERA),
        ("humanEdits", MarkKind.SOFTWARE),
    ],
)
def test_the_digital_source_type_says_camera_program_or_generator(source: str, kind: MarkKind) -> None:
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{source}"
    found = marks_of(encoded(PICTURE, "JPEG", xmp=packet(f'Iptc4xmpExt:DigitalSourceType="{address}"')), "x")
    (mark,) = found.marks
    assert (mark.kind, mark.where) == (kind, "XMP Iptc4xmpExt:DigitalSourceType")
    assert source in mark.value


def test_a_file_without_any_mark_has_none_and_no_gap() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"):
        assert marks_of(encoded(PICTURE, kind), "x") == FileMarks(photo="x"), kind


# --- content credentials ------------------------------------------------------------------


def test_content_credentials_are_seen_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    files = [
        jpeg(segment(0xEB, b"JP\x00\x01\x00\x00\x00\x01" + jumbf())),
        png(chunk(b"caBX", jumbf())),
    ]
    for data in files:
        found = marks_of(data, "x")
        (mark,) = found.marks
        assert (mark.kind, found.gaps) == (MarkKind.CREDENTIALS, ())
        assert "fakeprofile[c2pa]" in mark.value


def test_credentials_that_cannot_be_read_are_a_gap_and_still_told() -> None:
    pytest.importorskip("c2pa")
    found = marks_of(png(chunk(b"caBX", jumbf()), chunk(b"tEXt", b"Author\x00Imke")), "x")
    assert {mark.kind for mark in found.marks} == {MarkKind.CREDENTIALS, MarkKind.AUTHOR}
    assert ["content credentials cannot be read" in gap.reason for gap in found.gaps] == [True]


def test_another_jumbf_box_is_no_content_credential() -> None:
    body = b"JP\x00\x01\x00\x00\x00\x01" + struct.pack(">I", 30) + b"jumb" + bytes(22)
    assert marks_of(jpeg(segment(0xEB, body)), "x").marks == ()


def test_credentials_that_lie_elsewhere_are_named_and_not_fetched() -> None:
    data = encoded(
        PICTURE,
        "JPEG",
        xmp=packet('xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="https://a.example/m.c2pa"'),
    )
    (value,) = marked(marks_of(data, "x"), MarkKind.CREDENTIALS)
    assert "which were not fetched: https://a.example/m.c2pa" in value


# --- broken and hostile files -------------------------------------------------------------


def test_what_is_broken_is_a_gap_and_the_rest_is_still_read() -> None:
    data = png(
        chunk(b"zTXt", b"parameters\x00\x00not packed"),
        chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x:xmpmeta"),
        chunk(b"eXIf", b"nothing"),
        chunk(b"tEXt", b"Raw profile type exif\x00\nexif\n 4\nzz"),
        chunk(b"tEXt", b"Author\x00Imke"),
    )
    found = marks_of(data, "x")
    assert marked(found, MarkKind.AUTHOR) == ["Imke"]
    assert len(found.gaps) == 4
    assert all(gap.about == "x" and gap.reason.isprintable() for gap in found.gaps)


def test_entities_in_xmp_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XMP
    found = marks_of(jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + bomb)), "x")
    assert (found.marks, [gap.reason for gap in found.gaps]) == ((), ["its XMP data are damaged"])


@pytest.mark.parametrize("tag", ["dc:creator", "a"])
def test_elements_nested_without_end_take_no_time(tag: str) -> None:
    deep = f"<{tag}>" * 80_000 + f"</{tag}>" * 80_000
    text = packet(inner=deep)
    found = marks_of(png(chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + text)), "x")
    assert found.marks == ()


def test_bombs_end_early_and_are_told() -> None:
    bomb = zlib.compress(bytes(30 * MOST_BYTES), 9)
    found = marks_of(png(*[chunk(b"zTXt", b"parameters\x00\x00" + bomb)] * 40, chunk(b"tIME", bytes(7))), "x")
    assert "larger than the limit" in found.gaps[0].reason


def test_a_huge_text_is_told_in_short() -> None:
    found = marks_of(png(chunk(b"tEXt", b"Author\x00" + b"Imke " * 10_000)), "x")
    (value,) = marked(found, MarkKind.AUTHOR)
    assert len(value) == 300


def test_a_cut_off_file_is_read_up_to_there() -> None:
    data = FORMATS["jpeg"]()
    found = marks_of(data[: data.index(b"xpacket end")], "x")
    assert marked(found, MarkKind.CAMERA) == ["Kamera K-7"]
    assert "cut off" in found.gaps[0].reason


def test_a_file_that_is_no_picture_is_a_gap() -> None:
    found = marks_of(b"dear diary", "x")
    assert found.marks == ()
    assert "not a kind of picture" in found.gaps[0].reason


STARTS = st.sampled_from(
    [b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"GIF89a", b"II*\x00", b"MM\x00*",
     b"\x00\x00\x00\x18ftypheic", b"\x00\x00\x00\x18ftypavif"]
)  # fmt: skip


@given(st.builds(bytes.__add__, STARTS, st.binary(max_size=300)))
@settings(max_examples=200, deadline=None)
def test_no_bytes_are_too_odd(data: bytes) -> None:
    check(marks_of(data, "x"))


@pytest.mark.parametrize("kind", FORMATS)
def test_no_damage_is_too_odd(kind: str) -> None:
    data = FORMATS[kind]()
    start = max(0, data.find(b"Exif") - 200)

    @given(
        st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=12),
        st.integers(0, 900),
    )
    @settings(max_examples=40, deadline=None)
    def damaged(places: list[tuple[int, int]], near: int) -> None:
        broken = bytearray(data)
        for at, value in places:
            broken[at] = value
            broken[min(len(data) - 1, start + (at + near) % 900)] = value
        check(marks_of(bytes(broken), "x"))

    damaged()


def check(found: FileMarks) -> None:
    for mark in found.marks:
        assert isinstance(mark, Mark)
        assert len(mark.value) <= 400
        assert mark.on is None or (len(mark.on) in (4, 7, 10))
        assert mark.kind is not MarkKind.PLACE or "--place" in mark.value
    assert all(gap.reason and gap.reason.isprintable() for gap in found.gaps)
