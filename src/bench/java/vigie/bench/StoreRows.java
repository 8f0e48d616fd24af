package vigie.bench;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows for {@code LOAD DATA LOCAL INFILE}, made while the server takes them: no file, no list. Tabs
 * between the fields, ends of lines between the rows, backslashes before what would be taken for
 * either. One thread.
 */
final class StoreRows extends InputStream {
    private static final int AT_ONCE = 1 << 16;
    private static final int MICROS = 1_000_000;

    /** Makes rows. */
    @FunctionalInterface
    interface Source {
        /**
         * Writes the next row.
         *
         * @return false where there is none
         */
        boolean write(StoreRows row);
    }

    private final Source source;
    private byte[] buffer = new byte[2 * AT_ONCE];
    private int from;
    private int to;
    private boolean begun;
    private boolean ended;

    private StoreRows(Source source) {
        this.source = source;
    }

    /**
     * Loads all rows of a source into a table, in one transaction of their own.
     *
     * @param connection of an account that may load; autocommit on
     * @param columns as in the statement
     */
    static void load(Connection connection, String table, String columns, Source source)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(new StoreRows(source));
            statement.execute(
                    "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
                            + table
                            + " CHARACTER SET binary ("
                            + columns
                            + ")");
        }
    }

    /** A whole number. */
    StoreRows number(long value) {
        field();
        digits(value);
        return this;
    }

    /** Tenths, as a sensor writes them: {@code 21.4}. */
    StoreRows tenths(long value) {
        field();
        if (value < 0) {
            put('-');
        }
        digits(Math.abs(value) / 10);
        put('.');
        put('0' + (int) (Math.abs(value) % 10));
        return this;
    }

    /** Microseconds since 1970 as the seconds of Home Assistant's columns. */
    StoreRows seconds(long micros) {
        field();
        digits(micros / MICROS);
        put('.');
        int rest = (int) (micros % MICROS);
        for (int unit = MICROS / 10; unit > 0; unit /= 10) {
            put('0' + rest / unit % 10);
        }
        return this;
    }

    /** Any number: the server reads the same one. */
    StoreRows real(double value) {
        return text(Double.toString(value));
    }

    /** A text; null: NULL. */
    StoreRows text(@Nullable String text) {
        return bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /** Any bytes; null: NULL. */
    StoreRows bytes(byte @Nullable [] bytes) {
        field();
        if (bytes == null) {
            put('\\');
            put('N');
            return this;
        }
        for (byte each : bytes) {
            switch (each) {
                case '\\', '\t', '\n' -> {
                    put('\\');
                    put(each);
                }
                case 0 -> {
                    put('\\');
                    put('0');
                }
                default -> put(each);
            }
        }
        return this;
    }

    private void field() {
        if (begun) {
            put('\t');
        }
        begun = true;
    }

    private void digits(long value) {
        if (value >= 10) {
            digits(value / 10);
        }
        put('0' + (int) (value % 10));
    }

    private void put(int octet) {
        if (to == buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, 2 * buffer.length);
        }
        buffer[to++] = (byte) octet;
    }

    private boolean fill() {
        if (from < to) {
            return true;
        }
        from = 0;
        to = 0;
        while (!ended && to < AT_ONCE) {
            begun = false;
            if (source.write(this)) {
                put('\n');
            } else {
                ended = true;
            }
        }
        return to > 0;
    }

    @Override
    public int read() {
        return fill() ? buffer[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int at, int length) {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, at, count);
        from += count;
        return count;
    }
}
