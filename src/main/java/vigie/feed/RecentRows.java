package vigie.feed;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The rows handed out last, with as much of their content as is needed to tell whether the database
 * still holds them: a ring of primitive arrays, so that it costs the same whatever it has seen. One
 * thread.
 */
final class RecentRows {
    /** Ten minutes of four hundred rows a second, in 8 MB. */
    static final int KEPT = 1 << 18;

    /** A row without a time, which every time fits. */
    static final long NO_TIME = Long.MIN_VALUE;

    /** In place of an id: the row was deleted, or did not happen. */
    private static final long GONE = Long.MIN_VALUE;

    private static final int MASK = KEPT - 1;
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] ids = new long[FIRST_CAPACITY];
    private long[] keys = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private int[] texts = new int[FIRST_CAPACITY];
    private long written;

    /**
     * A row in few numbers.
     *
     * @param time microseconds since 1970, or {@link #NO_TIME}
     * @param text a {@link #hash} of it
     */
    record Row(long id, long key, long time, int text) {
        /** Whether what a table holds under the same id is this row. */
        boolean isSame(Row held) {
            return id == held.id
                    && key == held.key
                    && (held.time == NO_TIME || time == NO_TIME || time == held.time)
                    && text == held.text;
        }
    }

    /** What stands for a text: two texts have the same one once in four thousand million. */
    static int hash(@Nullable String text) {
        return text == null ? 0x7ed55d16 : text.hashCode();
    }

    void add(Row row) {
        int at = (int) (written & MASK);
        if (at == ids.length) {
            int capacity = ids.length * 2;
            ids = Arrays.copyOf(ids, capacity);
            keys = Arrays.copyOf(keys, capacity);
            times = Arrays.copyOf(times, capacity);
            texts = Arrays.copyOf(texts, capacity);
        }
        written++;
        ids[at] = row.id();
        set(at, row);
    }

    /** A row has another content now. */
    void amend(Row row) {
        for (long i = written - 1; i >= oldest(); i--) {
            int at = (int) (i & MASK);
            if (ids[at] == row.id()) {
                set(at, row);
                return;
            }
        }
    }

    private void set(int at, Row row) {
        keys[at] = row.key();
        times[at] = row.time();
        texts[at] = row.text();
    }

    /**
     * Rows were deleted, or did not happen.
     *
     * @param gone ascending
     */
    void removeAll(long[] gone) {
        if (gone.length == 0) {
            return;
        }
        for (long i = oldest(); i < written; i++) {
            int at = (int) (i & MASK);
            if (Arrays.binarySearch(gone, ids[at]) >= 0) {
                ids[at] = GONE;
            }
        }
    }

    /** The rows with an id above one, ascending by id; of two with one id, the later. */
    Row[] above(long floor) {
        Row[] rows = new Row[(int) (written - oldest())];
        int count = 0;
        for (long i = oldest(); i < written; i++) {
            int at = (int) (i & MASK);
            if (ids[at] > floor && ids[at] != GONE) {
                rows[count++] = new Row(ids[at], keys[at], times[at], texts[at]);
            }
        }
        Row[] found = Arrays.copyOf(rows, count);
        // Stable, so the later of two stays behind the earlier.
        Arrays.sort(found, (one, other) -> Long.compare(one.id(), other.id()));
        int kept = 0;
        for (int i = 0; i < found.length; i++) {
            if (i + 1 == found.length || found[i + 1].id() != found[i].id()) {
                found[kept++] = found[i];
            }
        }
        return Arrays.copyOf(found, kept);
    }

    private long oldest() {
        return Math.max(0, written - KEPT);
    }
}
