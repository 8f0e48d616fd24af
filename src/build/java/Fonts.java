import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Turns the window's fonts from WOFF 1 into TrueType: JavaFX would do so at each start, into files
 * that it leaves in the temporary folder. Run with the folder of the fonts and the folder to write.
 */
final class Fonts {
    private static final int WOFF = 0x774F4646;
    private static final int WOFF_HEADER = 44;
    private static final int WOFF_ENTRY = 20;
    private static final int HEADER = 12;
    private static final int ENTRY = 16;

    private Fonts() {}

    public static void main(String[] args) throws Exception {
        Path to = Files.createDirectories(Path.of(args[1]));
        try (var fonts = Files.newDirectoryStream(Path.of(args[0]), "*.woff")) {
            for (Path font : fonts) {
                String name = font.getFileName().toString().replace(".woff", ".ttf");
                Files.write(to.resolve(name), unpacked(ByteBuffer.wrap(Files.readAllBytes(font))));
            }
        }
    }

    private static byte[] unpacked(ByteBuffer woff) throws IOException, DataFormatException {
        if (woff.getInt(0) != WOFF) {
            throw new IOException("not a WOFF 1 font");
        }
        int tables = woff.getShort(12);
        int power = Integer.highestOneBit(tables);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(bytes);
        head.writeInt(woff.getInt(4));
        head.writeShort(tables);
        head.writeShort(power * ENTRY);
        head.writeShort(Integer.numberOfTrailingZeros(power));
        head.writeShort((tables - power) * ENTRY);
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        for (int i = 0; i < tables; i++) {
            int entry = WOFF_HEADER + i * WOFF_ENTRY;
            int length = woff.getInt(entry + 12);
            head.writeInt(woff.getInt(entry));
            head.writeInt(woff.getInt(entry + 16));
            head.writeInt(HEADER + tables * ENTRY + bodies.size());
            head.writeInt(length);
            bodies.write(body(woff, woff.getInt(entry + 4), woff.getInt(entry + 8), length));
            bodies.write(new byte[-length & 3]);
        }
        bodies.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static byte[] body(ByteBuffer woff, int offset, int packed, int length)
            throws DataFormatException {
        byte[] body = new byte[length];
        if (packed == length) {
            woff.get(offset, body);
            return body;
        }
        Inflater inflater = new Inflater();
        inflater.setInput(woff.array(), offset, packed);
        if (inflater.inflate(body) != length) {
            throw new DataFormatException("a table is shorter than it says");
        }
        inflater.end();
        return body;
    }
}
