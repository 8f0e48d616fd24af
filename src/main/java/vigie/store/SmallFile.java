package vigie.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that people write by hand. Where such a file should be there may be anything: what
 * never ends, or waits for a writer, must not be waited for.
 */
public final class SmallFile {
    /** Bytes; a hundred times what anybody writes by hand. */
    static final int LARGEST = 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SmallFile() {}

    /**
     * The text of the file, without the mark that some editors put before it.
     *
     * @throws IOException if it is no file, is larger than a mebibyte, is not UTF-8, or cannot be
     *     read; a pipe is not opened
     */
    public static String read(Path file) throws IOException {
        // Of what is missing, or may not be looked at, opening it tells more.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "not a file");
        }
        return readAny(file);
    }

    /**
     * As {@link #read}, and also from a device or a pipe: for what somebody has named in the call.
     */
    public static String readAny(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new FileSystemException(file.toString(), null, "too large");
            }
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK)
                    ? text.substring(BYTE_ORDER_MARK.length())
                    : text;
        }
    }
}
