package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a CSV file after RFC 4180, one after the other: fields between commas, quoted
 * where they hold commas, quotes or ends of lines. Any end of line will do; blank lines and a byte
 * order mark are skipped. Not thread-safe.
 */
final class CsvRecords {
    private static final int END = -1;
    private static final int NOTHING = -2;
    private static final char MARK = '\uFEFF';

    private final Reader in;
    private int ahead = NOTHING;
    private boolean afterReturn;
    private int line = 1;
    private boolean begun;

    /** Reads from a buffered reader, which the caller closes. */
    CsvRecords(Reader in) {
        this.in = in;
    }

    /**
     * A record.
     *
     * @param line in which it begins, the first is 1
     */
    record CsvRecord(int line, List<String> fields) {
        CsvRecord {
            fields = List.copyOf(fields);
        }
    }

    /** A quoted field that does not end, or goes on after its end. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line) {
            super("a quote in line " + line);
            this.line = line;
        }

        /** In which the record begins. */
        int line() {
            return line;
        }
    }

    /** The next record; null after the last. */
    @Nullable CsvRecord next() throws IOException, Malformed {
        if (!begun) {
            begun = true;
            int first = read();
            if (first != MARK) {
                ahead = first;
            }
        }
        while (true) {
            int start = line;
            int c = read();
            if (c == END) {
                return null;
            }
            if (c == '\n') {
                continue;
            }
            ahead = c;
            List<String> fields = fields(start);
            if (fields.size() > 1 || !fields.getFirst().isBlank()) {
                return new CsvRecord(start, fields);
            }
        }
    }

    private List<String> fields(int start) throws IOException, Malformed {
        List<String> fields = new ArrayList<>();
        while (true) {
            StringBuilder field = new StringBuilder();
            int c = read();
            if (c == '"') {
                quoted(field, start);
                c = read();
                if (c != ',' && c != END && c != '\n') {
                    throw new Malformed(start);
                }
            } else {
                while (c != ',' && c != END && c != '\n') {
                    field.append((char) c);
                    c = read();
                }
            }
            fields.add(field.toString());
            if (c != ',') {
                return fields;
            }
        }
    }

    private void quoted(StringBuilder field, int start) throws IOException, Malformed {
        while (true) {
            int c = read();
            if (c == END) {
                throw new Malformed(start);
            }
            if (c == '"') {
                int after = read();
                if (after != '"') {
                    ahead = after;
                    return;
                }
            }
            field.append((char) c);
        }
    }

    /** The next character; every end of a line is one LF, counted when it is first read. */
    private int read() throws IOException {
        if (ahead != NOTHING) {
            int c = ahead;
            ahead = NOTHING;
            return c;
        }
        int c = in.read();
        if (c == '\n' && afterReturn) {
            c = in.read();
        }
        afterReturn = c == '\r';
        if (c == '\r' || c == '\n') {
            line++;
            return '\n';
        }
        return c;
    }
}
