package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A stretch of log as Home Assistant writes it: groups of 10 to 50 rows of the reference room, each
 * row inserted and each predecessor updated by a statement of its own.
 *
 * @param reader the account that may read it
 * @param from the position before it
 * @param groups in it
 * @param rows of {@code states} inserted by it
 */
record FeedLog(DatabaseAddress reader, String from, long groups, long rows) {
    private static final int LEAST_ROWS = 10;
    private static final int MOST_ROWS = 50;

    /** Writes it, as fast as the server takes it. */
    static FeedLog write(FeedScene scene, BenchDatabase.Schema schema, int rows) throws Fault {
        SplittableRandom random = new SplittableRandom(19);
        LoadWriter load = schema.load();
        String from = BareLibrary.end(schema.reader());
        long begin = System.nanoTime();
        long groups = 0;
        int left = rows;
        while (left > 0) {
            int next = Math.min(left, random.nextInt(LEAST_ROWS, MOST_ROWS + 1));
            load.write(next);
            left -= next;
            groups++;
        }
        scene.say(
                "wrote %,d rows in %,d groups in %d s",
                rows, groups, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        return new FeedLog(schema.reader(), from, groups, rows);
    }
}
