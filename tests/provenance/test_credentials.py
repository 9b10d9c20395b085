"""Content credentials, signed here with certificates of nobody."""

from __future__ import annotations

import datetime
import io
import json

import pytest
from photo_files import drawing, encoded

from fakeprofile.provenance import marks_of
from fakeprofile.records import MarkKind

c2pa = pytest.importorskip("c2pa")
x509 = pytest.importorskip("cryptography.x509")

from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402

KINDS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
}
PARTY = "Example Press"


def certificate(
    name: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """One that C2PA accepts: see section 14.5 of its specification."""
    root = key is by

    def called(common: str) -> x509.Name:
        organisation = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, PARTY)
        return x509.Name([organisation, x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])

    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"),
        False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called("Example Root"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2024, 1, 1))
        .not_valid_after(datetime.datetime(2124, 1, 1))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=root, crl_sign=root, **usage), critical=True
        )
    )
    if not root:
        made = made.add_extension(
            x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
    return made.sign(by, hashes.SHA256())


def signed(kind: str) -> bytes:
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    chain = [certificate("Imke's Camera", key, root), certificate("Example Root", root, root)]
    info = c2pa.C2paSignerInfo(
        alg=c2pa.C2paSigningAlg.ES256,
        sign_cert=b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain),
        private_key=key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        ta_url=None,
    )
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    manifest = {
        "claim_generator_info": [{"name": "Example Maker", "version": "1.0"}],
        "format": KINDS[kind],
        "assertions": [
            {
                "label": "c2pa.actions",
                "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": source}]},
            }
        ],
    }
    out = io.BytesIO()
    with c2pa.Signer.from_info(info) as signer, c2pa.Builder(json.dumps(manifest)) as builder:
        builder.sign(signer, KINDS[kind], io.BytesIO(encoded(drawing(), kind)), out)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_who_signed_what_is_told_for_every_format(kind: str) -> None:
    found = marks_of(signed(kind), "x")
    assert found.gaps == ()
    values = {mark.kind: mark.value for mark in found.marks}
    assert values[MarkKind.CREDENTIALS].startswith(
        "signed by Imke's Camera, Example Press, made with Example Maker 1.0; the signature fits the file"
    )
    assert "was not checked" in values[MarkKind.CREDENTIALS]
    assert values[MarkKind.GENERATED] == "made by a trained generator (trainedAlgorithmicMedia)"


def test_a_file_that_was_changed_afterwards_does_not_fit_its_signature() -> None:
    data = bytearray(signed("JPEG"))
    data[-40] ^= 255
    (mark,) = [mark for mark in marks_of(bytes(data), "x").marks if mark.kind is MarkKind.CREDENTIALS]
    assert "does not fit the file as it is now" in mark.value


def test_damaged_credentials_never_end_the_reading() -> None:
    data = signed("PNG")
    start = data.index(b"caBX")
    for at in range(start + 8, start + 1200, 97):
        broken = data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]
        found = marks_of(broken, "x")
        assert found.marks or found.gaps or b"c2pa" not in broken[start : start + 256]
