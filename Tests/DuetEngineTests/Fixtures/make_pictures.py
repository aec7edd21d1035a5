#!/usr/bin/env python3
"""Draws the small pictures that the decoding tests read. Needs Pillow; run here only to change them.

Each picture is 32 x 16 pixels: red, green / blue, yellow in its four quarters, or one colour that the test names.
"""
import io
import pathlib
import struct
import zlib

from PIL import Image

HERE = pathlib.Path(__file__).parent
RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def quarters():
    picture = Image.new("RGB", (32, 16))
    for index, colour in enumerate((RED, GREEN, BLUE, YELLOW)):
        picture.paste(colour, (index % 2 * 16, index // 2 * 8, index % 2 * 16 + 16, index // 2 * 8 + 8))
    return picture


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def png(width, height, depth, colour_type, rows):
    """A PNG by hand: Pillow cannot write 16 bits a channel in colour."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def save(name, picture, **options):
    picture.save(HERE / name, **options)


save("quarters.png", quarters())
save("quarters.bmp", quarters())
save("quarters.tif", quarters(), compression="tiff_lzw")
save("quarters.jpg", quarters(), quality=95, subsampling=0)
save("quarters-progressive.jpg", quarters(), quality=95, subsampling=0, progressive=True)
save("quarters.webp", quarters(), lossless=True)
save("quarters-lossy.webp", quarters(), quality=95)
save("palette.png", quarters().quantize(4))
save("turned.webp", quarters(), lossless=True, exif=exif(6))
save("turned.png", quarters(), exif=exif(6))
save("grey.jpg", Image.new("L", (32, 16), 128), quality=95)
save("cmyk.jpg", Image.new("CMYK", (32, 16), (0, 255, 255, 0)), quality=95)
save("two-frames.gif", Image.new("RGB", (32, 16), RED), save_all=True,
     append_images=[Image.new("RGB", (32, 16), BLUE)], duration=100)

half_red = Image.new("RGBA", (32, 16), (255, 0, 0, 128))
half_red.paste((0, 0, 0, 0), (16, 0, 32, 16))
save("transparent.png", half_red)
palette = Image.new("P", (32, 16), 0)
palette.putpalette([0, 0, 255, 0, 0, 0])
palette.paste(1, (16, 0, 32, 16))
save("transparent-palette.png", palette, transparency=1)

grey16 = b"".join(b"\0" + struct.pack(">H", 0x4080) * 32 for _ in range(16))
(HERE / "grey16.png").write_bytes(png(32, 16, 16, 0, grey16))
colour16 = b"".join(b"\0" + struct.pack(">HHH", 0x80FF, 0x4000, 0xFFFF) * 32 for _ in range(16))
(HERE / "colour16.png").write_bytes(png(32, 16, 16, 2, colour16))

# A JPEG with all that a phone writes: position, maker, comment, a thumbnail's worth of private bytes.
tags = exif(1)
tags[0x010F] = "SECRETMAKER"
tags[0x8825] = {1: "N", 2: (51.0, 28.0, 40.0), 3: "W", 4: (0.0, 0.0, 5.0)}
save("gps.jpg", quarters(), quality=95, exif=tags, comment=b"SECRETCOMMENT")

for path in sorted(HERE.iterdir()):
    if path.suffix != ".py":
        assert path.stat().st_size < 2048, path
        print(path.name, path.stat().st_size)
