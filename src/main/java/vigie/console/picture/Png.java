package vigie.console.picture;

import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes images as PNG files and reads the texts in them back (ISO/IEC 15948, the PNG
 * specification). Eight bits for each channel; without an alpha channel where every pixel is
 * opaque. The same pixels and texts give the same bytes on every machine with the same zlib.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int TRUE_COLOUR = 2;
    private static final int TRUE_COLOUR_WITH_ALPHA = 6;
    private static final int LONGEST_KEYWORD = 79;

    /** Length, type and checksum around the data of a chunk. */
    private static final int AROUND_DATA = 12;

    /** A file that names a longer chunk of text than this is not one of ours. */
    private static final int LONGEST_TEXT = 1 << 20;

    private Png() {}

    /** Writes an image without texts; see {@link #write(Image, Path, Map)}. */
    public static void write(Image image, Path file) throws IOException {
        write(image, file, Map.of());
    }

    /**
     * Writes an image. The file appears whole or not at all: it is written beside its place and
     * then moved there.
     *
     * @param image readable; any thread where it no longer changes
     * @param file replaced where it exists; its folder must exist
     * @param texts Latin-1 keywords of 1 to 79 characters and Latin-1 texts, written as {@code
     *     tEXt} chunks in the map's order
     * @throws IOException the file cannot be written
     */
    public static void write(Image image, Path file, Map<String, String> texts) throws IOException {
        byte[] bytes = bytes(image, texts);
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.write(beside, bytes);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The bytes of the file that {@link #write(Image, Path, Map)} would write. */
    public static byte[] bytes(Image image, Map<String, String> texts) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        PixelReader reader = image.getPixelReader();
        if (reader == null) {
            throw new IllegalArgumentException("the pixels of this image cannot be read");
        }
        int[] pixels = new int[width * height];
        reader.getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        boolean opaque = Arrays.stream(pixels).allMatch(pixel -> pixel >>> 24 == 0xff);

        ByteArrayOutputStream out = new ByteArrayOutputStream(width * height / 4 + 1024);
        out.writeBytes(SIGNATURE);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) (opaque ? TRUE_COLOUR : TRUE_COLOUR_WITH_ALPHA))
                        .array());
        texts.forEach((keyword, text) -> chunk(out, "tEXt", textChunk(keyword, text)));
        chunk(out, "IDAT", deflate(filtered(pixels, width, height, opaque ? 3 : 4)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /**
     * The {@code tEXt} chunks of a PNG file, in their order.
     *
     * @throws IOException the file cannot be read or is not a PNG file
     */
    public static Map<String, String> texts(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        byte[] signature = new byte[SIGNATURE.length];
        if (in.remaining() < SIGNATURE.length) {
            throw new IOException("not a PNG file: " + file);
        }
        in.get(signature);
        if (!Arrays.equals(signature, SIGNATURE)) {
            throw new IOException("not a PNG file: " + file);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        while (in.remaining() >= AROUND_DATA) {
            int length = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            if (length < 0 || length > in.remaining() - 4) {
                throw new IOException("a PNG file that ends too early: " + file);
            }
            if (new String(type, StandardCharsets.ISO_8859_1).equals("tEXt")
                    && length <= LONGEST_TEXT) {
                byte[] data = new byte[length];
                in.get(data);
                String both = new String(data, StandardCharsets.ISO_8859_1);
                int end = both.indexOf('\0');
                if (end > 0) {
                    texts.put(both.substring(0, end), both.substring(end + 1));
                }
            } else {
                in.position(in.position() + length);
            }
            in.position(in.position() + 4);
        }
        return texts;
    }

    private static byte[] textChunk(String keyword, String text) {
        if (keyword.isEmpty()
                || keyword.length() > LONGEST_KEYWORD
                || keyword.indexOf('\0') >= 0
                || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a keyword and text for a PNG file: " + keyword);
        }
        return (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * The picture's bytes, each line after the filter "up" (the difference to the line above):
     * plans and screens repeat their lines, so that this is smaller and faster than trying all
     * five.
     */
    private static byte[] filtered(int[] pixels, int width, int height, int channels) {
        byte[] lines = new byte[height * (1 + width * channels)];
        int to = 0;
        for (int y = 0; y < height; y++) {
            lines[to++] = (byte) (y == 0 ? 0 : 2);
            for (int x = 0; x < width; x++) {
                int pixel = pixels[y * width + x];
                int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
                lines[to++] = (byte) ((pixel >> 16) - (above >> 16));
                lines[to++] = (byte) ((pixel >> 8) - (above >> 8));
                lines[to++] = (byte) (pixel - above);
                if (channels == 4) {
                    lines[to++] = (byte) ((pixel >>> 24) - (above >>> 24));
                }
            }
        }
        return lines;
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(data.length / 8 + 64);
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
