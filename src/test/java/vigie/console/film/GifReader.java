package vigie.console.film;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads animated GIFs as a viewer does: strictly, and every frame as it is seen. */
final class GifReader {
    /** What is seen, as 0xAARRGGBB, and for how long. */
    static final class Seen {
        private final int[] pixels;
        private final int hundredths;
        private final Rectangle written;

        Seen(int[] pixels, int hundredths, Rectangle written) {
            this.pixels = pixels;
            this.hundredths = hundredths;
            this.written = written;
        }

        int[] pixels() {
            return pixels;
        }

        int hundredths() {
            return hundredths;
        }

        /** The part of the picture that the file holds for this frame. */
        Rectangle written() {
            return written;
        }
    }

    /** Whole pixels. */
    record Rectangle(int left, int top, int width, int height) {}

    private final byte[] in;
    private int at;
    int width;
    private int height;
    final List<Seen> frames = new ArrayList<>();
    String comment = "";
    boolean forEver;

    private GifReader(byte[] in) {
        this.in = in;
    }

    static GifReader read(Path file) throws IOException {
        return read(Files.readAllBytes(file));
    }

    static GifReader read(byte[] bytes) {
        GifReader reader = new GifReader(bytes);
        reader.all();
        return reader;
    }

    private void all() {
        check(text(6).equals("GIF89a"), "signature");
        width = word();
        height = word();
        int packed = one();
        at += 2;
        int[] global = (packed & 0x80) == 0 ? new int[0] : table(2 << (packed & 7));
        int[] canvas = new int[width * height];
        int delay = 0;
        int transparent = -1;
        while (true) {
            int kind = one();
            if (kind == 0x3b) {
                check(at == in.length, "bytes after the end");
                return;
            }
            if (kind == 0x21) {
                int label = one();
                if (label == 0xf9) {
                    check(one() == 4, "control block");
                    int flags = one();
                    check((flags >> 2 & 7) == 1, "disposal");
                    delay = word();
                    int index = one();
                    transparent = (flags & 1) == 1 ? index : -1;
                    check(one() == 0, "control block's end");
                } else {
                    byte[] first = block();
                    String name = new String(first, java.nio.charset.StandardCharsets.US_ASCII);
                    byte[] rest = blocks();
                    if (label == 0xfe) {
                        comment = name;
                    }
                    forEver |= name.equals("NETSCAPE2.0") && rest[0] == 1 && rest[1] == 0;
                }
                continue;
            }
            check(kind == 0x2c, "block of kind " + kind);
            int left = word();
            int top = word();
            int wide = word();
            int high = word();
            check(left + wide <= width && top + high <= height, "outside of the picture");
            int flags = one();
            int[] colours = (flags & 0x80) == 0 ? global : table(2 << (flags & 7));
            int bits = one();
            byte[] indices = unpack(blocks(), bits, wide * high);
            for (int i = 0; i < indices.length; i++) {
                int index = indices[i] & 0xff;
                if (index != transparent) {
                    canvas[(top + i / wide) * width + left + i % wide] = colours[index];
                }
            }
            frames.add(new Seen(canvas.clone(), delay, new Rectangle(left, top, wide, high)));
            transparent = -1;
        }
    }

    private static byte[] unpack(byte[] packed, int bits, int count) {
        int clear = 1 << bits;
        byte[][] strings = new byte[4096][];
        for (int i = 0; i < clear; i++) {
            strings[i] = new byte[] {(byte) i};
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int size = bits + 1;
        int next = clear + 2;
        byte[] before = null;
        int bit = 0;
        while (true) {
            int code = 0;
            for (int i = 0; i < size; i++, bit++) {
                code |= (packed[bit >> 3] >> (bit & 7) & 1) << i;
            }
            if (code == clear) {
                size = bits + 1;
                next = clear + 2;
                before = null;
                continue;
            }
            if (code == clear + 1) {
                check(packed.length == (bit + 7) / 8, "bytes after the image");
                check(out.size() == count, "pixels: " + out.size() + " of " + count);
                return out.toByteArray();
            }
            byte[] string;
            if (before == null) {
                string = strings[code];
            } else {
                check(code <= next, "a code that nobody taught");
                byte[] taught = java.util.Arrays.copyOf(before, before.length + 1);
                taught[before.length] = code == next ? before[0] : strings[code][0];
                string = code == next ? taught : strings[code];
                if (next < 4096) {
                    strings[next++] = taught;
                    if (next == 1 << size && size < 12) {
                        size++;
                    }
                }
            }
            out.writeBytes(string);
            before = string;
        }
    }

    private int[] table(int size) {
        int[] table = new int[size];
        for (int i = 0; i < size; i++) {
            table[i] = 0xff000000 | one() << 16 | one() << 8 | one();
        }
        return table;
    }

    private byte[] blocks() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] block = block(); block.length > 0; block = block()) {
            all.writeBytes(block);
        }
        return all.toByteArray();
    }

    private byte[] block() {
        int length = one();
        byte[] block = java.util.Arrays.copyOfRange(in, at, at + length);
        at += length;
        return block;
    }

    private String text(int length) {
        at += length;
        return new String(in, at - length, length, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private int one() {
        return in[at++] & 0xff;
    }

    private int word() {
        return one() | one() << 8;
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not a sound GIF: " + what);
        }
    }
}
