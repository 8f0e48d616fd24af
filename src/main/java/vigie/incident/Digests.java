package vigie.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256, which every Java has. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** Of a list of parts: their names, lengths and checksums, a line each. */
    static String of(List<Part> parts) {
        StringBuilder lines = new StringBuilder();
        for (Part part : parts) {
            lines.append(part.sha256()).append(' ').append(part.bytes()).append(' ');
            lines.append(part.name()).append('\n');
        }
        return of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
