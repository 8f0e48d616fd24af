package vigie.console.film;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes an animated GIF that plays for ever (GIF89a). A frame holds only the rectangle in which
 * something differs from the frame before, and in it what did not change is transparent, so that it
 * packs to almost nothing. Frames without any change make the one before last longer.
 *
 * <p>A pixel is drawn again only where the picture that was handed in has changed there, so that
 * the loss of colours never adds up: what is shown is each pixel in the palette of its own frame.
 *
 * <p>One thread.
 */
final class Gif {
    /** A delay is two bytes. */
    private static final int LONGEST = 0xffff;

    private final OutputStream out;
    private final int width;
    private final int height;
    private final int hundredths;
    private final String comment;
    private final Lzw lzw = new Lzw();
    private int[] shown = {};
    private @Nullable Colours global;

    /** The frame that waits for its length. */
    private byte[] waiting = {};

    private int length;
    private int[] part = {};
    private long written;

    /**
     * @param out buffered; not closed
     * @param hundredths how long a frame is shown, in hundredths of a second; viewers show less
     *     than 2 as 10
     * @param comment printable ASCII; told by viewers as the file's comment
     */
    Gif(OutputStream out, int width, int height, int hundredths, String comment) {
        if (width < 1 || height < 1 || width > LONGEST || height > LONGEST || hundredths < 1) {
            throw new IllegalArgumentException("no size for a GIF: " + width + "x" + height);
        }
        this.out = out;
        this.width = width;
        this.height = height;
        this.hundredths = hundredths;
        this.comment = comment;
    }

    /**
     * Adds a frame.
     *
     * @param pixels as 0xAARRGGBB, line by line, all opaque; kept by nobody
     */
    void add(int[] pixels) throws IOException {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException("a frame of another size");
        }
        if (shown.length == 0) {
            begin(pixels);
            return;
        }
        int top = 0;
        while (top < height && sameLine(pixels, top)) {
            top++;
        }
        if (top == height && length + hundredths <= LONGEST) {
            length += hundredths;
            return;
        }
        flush();
        if (top == height) {
            // Nothing changed for longer than a frame can last: one pixel, as it was.
            waiting = frame(pixels, 0, 0, 1, 1);
        } else {
            int bottom = height - 1;
            while (sameLine(pixels, bottom)) {
                bottom--;
            }
            int left = width;
            int right = -1;
            for (int y = top; y <= bottom; y++) {
                int line = y * width;
                int from = Arrays.mismatch(pixels, line, line + width, shown, line, line + width);
                if (from >= 0) {
                    left = Math.min(left, from);
                    int to = width - 1;
                    while (to > right && pixels[line + to] == shown[line + to]) {
                        to--;
                    }
                    right = Math.max(right, to);
                }
            }
            waiting = frame(pixels, left, top, right - left + 1, bottom - top + 1);
        }
        length = hundredths;
        System.arraycopy(pixels, 0, shown, 0, pixels.length);
    }

    /** Writes what waits, and the end. Nothing may be added afterwards. */
    void finish() throws IOException {
        if (shown.length == 0) {
            throw new IllegalStateException("a GIF without a frame");
        }
        flush();
        write(new byte[] {0x3b});
        out.flush();
    }

    /** How many bytes were written so far. */
    long written() {
        return written;
    }

    private void begin(int[] pixels) throws IOException {
        Colours colours = Colours.of(pixels);
        global = colours;
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        head.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        word(head, width);
        word(head, height);
        // A palette of 256 colours of 3×8 bits for the whole file.
        head.write(0xf7);
        head.write(0);
        head.write(0);
        head.writeBytes(colours.table());
        head.writeBytes(new byte[] {0x21, (byte) 0xff, 11});
        head.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
        head.writeBytes(new byte[] {3, 1, 0, 0, 0});
        byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
        if (text.length > 0) {
            int letters = Math.min(255, text.length);
            head.writeBytes(new byte[] {0x21, (byte) 0xfe});
            head.write(letters);
            head.write(text, 0, letters);
            head.write(0);
        }
        write(head.toByteArray());
        shown = pixels.clone();
        waiting =
                image(
                        colours,
                        false,
                        indices(colours, pixels, 0, 0, width, height, false),
                        0,
                        0,
                        width,
                        height);
        length = hundredths;
    }

    /** One image block without the control block before it. */
    private byte[] frame(int[] pixels, int left, int top, int wide, int high) {
        int[] changed = changed(pixels, left, top, wide, high);
        Colours colours = global;
        boolean own = colours == null || !colours.suffices(changed);
        if (own || colours == null) {
            colours = Colours.of(changed);
        }
        return image(
                colours,
                own,
                indices(colours, pixels, left, top, wide, high, true),
                left,
                top,
                wide,
                high);
    }

    private int[] changed(int[] pixels, int left, int top, int wide, int high) {
        if (part.length < wide * high) {
            part = new int[wide * high];
        }
        int count = 0;
        for (int y = top; y < top + high; y++) {
            for (int i = y * width + left; i < y * width + left + wide; i++) {
                if (pixels[i] != shown[i]) {
                    part[count++] = pixels[i];
                }
            }
        }
        return Arrays.copyOf(part, count);
    }

    private byte[] indices(
            Colours colours, int[] pixels, int left, int top, int wide, int high, boolean delta) {
        byte[] indices = new byte[wide * high];
        int to = 0;
        for (int y = top; y < top + high; y++) {
            for (int i = y * width + left; i < y * width + left + wide; i++) {
                indices[to++] =
                        delta && pixels[i] == shown[i]
                                ? (byte) Colours.TRANSPARENT
                                : (byte) colours.nearest(pixels[i]);
            }
        }
        return indices;
    }

    private byte[] image(
            Colours colours, boolean own, byte[] indices, int left, int top, int wide, int high) {
        ByteArrayOutputStream image = new ByteArrayOutputStream(indices.length / 8 + 1024);
        image.write(0x2c);
        word(image, left);
        word(image, top);
        word(image, wide);
        word(image, high);
        image.write(own ? 0x87 : 0);
        if (own) {
            image.writeBytes(colours.table());
        }
        lzw.pack(indices, image);
        return image.toByteArray();
    }

    private void flush() throws IOException {
        // What was drawn stays; index TRANSPARENT lets it show through.
        write(
                new byte[] {
                    0x21,
                    (byte) 0xf9,
                    4,
                    0b101,
                    (byte) length,
                    (byte) (length >> 8),
                    (byte) Colours.TRANSPARENT,
                    0
                });
        write(waiting);
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }

    private boolean sameLine(int[] pixels, int y) {
        int from = y * width;
        return Arrays.equals(pixels, from, from + width, shown, from, from + width);
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }
}
