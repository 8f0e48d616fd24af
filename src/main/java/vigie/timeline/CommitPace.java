package vigie.timeline;

import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Freshness;
import vigie.room.Group;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Learns how often the recorder commits, from how old the oldest reading of a commit is: one that
 * came right after the commit before waits for all of the interval. The median of the last commits
 * counts, so that neither a quiet one nor a blocked one matters. One thread.
 */
final class CommitPace {
    private static final int REMEMBERED = 31;
    private static final int FEWEST = 5;

    /** A change of the answer judges every point anew, so it is told in steps. */
    private static final long STEP_SECONDS = 5;

    private static final long MOST_SECONDS = 300;

    private final long[] seconds = new long[REMEMBERED];
    private int count;

    /**
     * Takes note of a streamed group.
     *
     * @param ahead how far Home Assistant's clock is ahead of the database's
     */
    void observe(Group group, Duration ahead) {
        Optional<Duration> oldest = Optional.empty();
        for (Fact fact : group.facts()) {
            // Rows that are read later, from the tables, waited for us and not for a commit.
            if (fact instanceof Fact.Observed(Reading reading)
                    && reading.source() == Source.BINLOG
                    && reading.committed().isPresent()) {
                Duration age =
                        Duration.between(reading.time(), reading.committed().get().plus(ahead));
                if (oldest.isEmpty() || age.compareTo(oldest.get()) > 0) {
                    oldest = Optional.of(age);
                }
            }
        }
        if (oldest.isPresent()) {
            seconds[count % REMEMBERED] = Math.max(0, oldest.get().toSeconds());
            // Stays between one and two rounds, so that it never overflows.
            count = count + 1 < 2 * REMEMBERED ? count + 1 : REMEMBERED;
        }
    }

    /** How often it commits, at least Home Assistant's default. */
    Duration every() {
        int known = Math.min(count, REMEMBERED);
        if (known < FEWEST) {
            return Freshness.USUAL_COMMIT;
        }
        long[] sorted = Arrays.copyOf(seconds, known);
        Arrays.sort(sorted);
        long median = Math.min(sorted[known / 2], MOST_SECONDS);
        long stepped = (median + STEP_SECONDS - 1) / STEP_SECONDS * STEP_SECONDS;
        return Duration.ofSeconds(Math.max(stepped, Freshness.USUAL_COMMIT.toSeconds()));
    }
}
