"""A QR code as one path of an SVG: squares of one unit."""

from qrcode import QRCode


def qr_path(words: str) -> dict[str, object]:
    """The path, and how many units wide the picture is, its white frame included."""
    code = QRCode(border=4)
    code.add_data(words)
    code.make()
    rows = code.get_matrix()
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return {"path": "".join(squares), "size": len(rows)}
