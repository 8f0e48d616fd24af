package vigie.bench;

import vigie.text.Fault;

import java.time.Duration;

/**
 * A while in which one writer wrote and nobody else: so the groups' numbers in the log follow each
 * other, and every reader can say when it had which.
 *
 * @param first number of the first group
 * @param beforeCommit moments of {@link System#nanoTime()} just before each COMMIT
 * @param rowsPerSecond that were really written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FeedWindow(long first, long[] beforeCommit, double rowsPerSecond) {

    /** Writes at a steady rate; groups that come late follow at once. */
    static FeedWindow write(
            BenchDatabase.Schema schema, double groupsPerSecond, int rows, Duration length)
            throws Fault {
        int groups = (int) Math.round(length.toMillis() / 1_000.0 * groupsPerSecond);
        long[] beforeCommit = new long[groups];
        int[] count = new int[1];
        long before = FeedReaderMain.sequence(BareLibrary.end(schema.reader()));
        long begin = System.nanoTime();
        schema.load()
                .write(
                        groupsPerSecond,
                        rows,
                        length,
                        group -> beforeCommit[count[0]++] = group.nanosBeforeCommit());
        double seconds = (System.nanoTime() - begin) / 1e9;
        long after = FeedReaderMain.sequence(BareLibrary.end(schema.reader()));
        if (count[0] != groups || after - before != groups) {
            throw new IllegalStateException(
                    "wrote " + count[0] + " groups and the log has " + (after - before) + " more");
        }
        // On schedule the last group begins one interval before the end.
        double full = Math.max(seconds, length.toMillis() / 1_000.0);
        return new FeedWindow(before + 1, beforeCommit, (double) groups * rows / full);
    }

    /** How long after the COMMIT a reader had each group. */
    Samples seenBy(FeedReader reader) {
        return reader.noted(first + beforeCommit.length - 1).after(first, beforeCommit);
    }
}
