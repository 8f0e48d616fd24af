package vigie.incident;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Takes a whole file whose last bytes are a place for a checksum, and puts the checksum of all
 * before into that place. One thread.
 */
final class SealedOutput extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = Digests.sha256();
    private final byte[] held = new byte[Format.SEAL_DIGITS];
    private int holds;
    private long length;

    SealedOutput(OutputStream out) {
        this.out = out;
    }

    /** How many bytes it took. */
    long length() {
        return length;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        length += count;
        int pass = Math.max(0, holds + count - held.length);
        int ofHeld = Math.min(pass, holds);
        pass(held, 0, ofHeld);
        System.arraycopy(held, ofHeld, held, 0, holds - ofHeld);
        holds -= ofHeld;
        int ofNew = pass - ofHeld;
        pass(bytes, from, ofNew);
        System.arraycopy(bytes, from + ofNew, held, holds, count - ofNew);
        holds += count - ofNew;
    }

    private void pass(byte[] bytes, int from, int count) throws IOException {
        digest.update(bytes, from, count);
        out.write(bytes, from, count);
    }

    /** Writes the checksum in place of what was held back. */
    void seal() throws IOException {
        byte[] seal = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
        out.write(seal);
        Arrays.fill(held, (byte) 0);
        holds = 0;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
