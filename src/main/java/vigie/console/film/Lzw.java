package vigie.console.film;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Packs the colour indices of a GIF image: LZW with codes of 9 to 12 bits, in blocks of up to 255
 * bytes. One thread; its tables are used again.
 */
final class Lzw {
    private static final int INDEX_BITS = 8;
    private static final int CLEAR = 1 << INDEX_BITS;
    private static final int END = CLEAR + 1;
    private static final int MOST_CODES = 1 << 12;

    /** A prime, four times as many as there are codes: few collisions. */
    private static final int PLACES = 16_381;

    /** A prefix's code and the index that follows it; -1: free. */
    private final int[] strings = new int[PLACES];

    private final short[] codes = new short[PLACES];
    private final byte[] block = new byte[255];
    private int filled;
    private int bits;
    private int bitCount;

    /** Writes the size of the codes, the blocks and the empty block at the end. */
    void pack(byte[] indices, ByteArrayOutputStream out) {
        filled = 0;
        bits = 0;
        bitCount = 0;
        out.write(INDEX_BITS);
        int size = INDEX_BITS + 1;
        int next = END + 1;
        Arrays.fill(strings, -1);
        emit(CLEAR, size, out);
        int prefix = indices[0] & 0xff;
        for (int i = 1; i < indices.length; i++) {
            int index = indices[i] & 0xff;
            int string = prefix << INDEX_BITS | index;
            int place = (string ^ string >> 7) % PLACES;
            while (strings[place] >= 0 && strings[place] != string) {
                place = place + 1 == PLACES ? 0 : place + 1;
            }
            if (strings[place] == string) {
                prefix = codes[place];
                continue;
            }
            emit(prefix, size, out);
            prefix = index;
            if (next < MOST_CODES) {
                strings[place] = string;
                codes[place] = (short) next;
                // The reader is one code behind: it needs the longer codes one later.
                if (next == 1 << size) {
                    size++;
                }
                next++;
            } else {
                emit(CLEAR, size, out);
                Arrays.fill(strings, -1);
                size = INDEX_BITS + 1;
                next = END + 1;
            }
        }
        emit(prefix, size, out);
        // The last code taught the reader one more, which may have made its codes longer.
        if (next == 1 << size && size < 12) {
            size++;
        }
        emit(END, size, out);
        if (bitCount > 0) {
            put((byte) bits, out);
        }
        flush(out);
        out.write(0);
    }

    private void emit(int code, int size, ByteArrayOutputStream out) {
        bits |= code << bitCount;
        bitCount += size;
        while (bitCount >= 8) {
            put((byte) bits, out);
            bits >>>= 8;
            bitCount -= 8;
        }
    }

    private void put(byte value, ByteArrayOutputStream out) {
        block[filled++] = value;
        if (filled == block.length) {
            flush(out);
        }
    }

    private void flush(ByteArrayOutputStream out) {
        if (filled > 0) {
            out.write(filled);
            out.write(block, 0, filled);
            filled = 0;
        }
    }
}
