package vigie.feed;

import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.room.Fact;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which rows of {@code states} were handed out since the feed was started, so that after a lost
 * position each is handed out once and those that never happened can be named. Feed's thread only.
 */
final class Seen {
    /**
     * Ids that a transaction under way may have been given before those that are committed: rows so
     * far below the highest id may still come.
     */
    static final long UNDER_WAY = 2_000;

    /** Deeper than this no hole is looked into, however long it has been open. */
    private static final long REACH = 20_000;

    private final IdRanges ids;
    private final RecentRows recent = new RecentRows();

    /** The newest time of each point, in microseconds. */
    private final Map<PointKey, long[]> newest = new HashMap<>();

    /** Rows that were there before the feed was started: known, and never handed out. */
    private final Set<Long> before = new HashSet<>();

    private long deletesFrom = Long.MAX_VALUE;

    /**
     * @param floor every row up to this id counts as handed out
     */
    Seen(long floor) {
        ids = new IdRanges(floor, REACH);
    }

    /** Takes note of what a committed group says, after it was handed out. */
    void group(List<Fact> facts, long[] deleted) {
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.Observed(Reading reading) -> row(reading);
                case Fact.Amended(Reading reading, _) -> amended(reading);
                case Fact.Forgotten(PointKey key) -> newest.remove(key);
                case Fact.Named _, Fact.RecorderSaid _ -> {
                    // No row of states.
                }
            }
        }
        if (deleted.length > 0) {
            long[] gone = deleted.clone();
            Arrays.sort(gone);
            deleted(gone);
        }
    }

    /** Takes note of a row that was handed out. */
    void row(Reading reading) {
        OptionalLong id = reading.id();
        long time = micros(reading.time());
        if (id.isPresent()) {
            ids.add(id.getAsLong());
            recent.add(rowOf(id.getAsLong(), reading));
            deletesFrom = Math.min(deletesFrom, id.getAsLong());
        }
        long[] known = newest.computeIfAbsent(reading.key(), _ -> new long[] {Long.MIN_VALUE});
        known[0] = Math.max(known[0], time);
    }

    private void amended(Reading reading) {
        if (reading.id().isPresent()) {
            recent.amend(rowOf(reading.id().getAsLong(), reading));
        }
        long[] known = newest.get(reading.key());
        if (known != null) {
            known[0] = Math.max(known[0], micros(reading.time()));
        }
    }

    /** Takes note of a row that was there before the feed was started. */
    void before(RecentRows.Row row) {
        before.add(row.id());
        ids.add(row.id());
        recent.add(row);
        deletesFrom = Math.min(deletesFrom, row.id());
    }

    /** The newest time of each point as the tables tell it, in microseconds. */
    void newest(Map<PointKey, Long> times) {
        newest.clear();
        times.forEach((key, time) -> newest.put(key, new long[] {time}));
    }

    private static RecentRows.Row rowOf(long id, Reading reading) {
        return new RecentRows.Row(
                id, reading.key().value(), micros(reading.time()), RecentRows.hash(reading.text()));
    }

    static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }

    boolean has(long id) {
        return ids.contains(id);
    }

    /** The newest time of a point, in microseconds; {@link Long#MIN_VALUE} where none is known. */
    long newestTime(PointKey key) {
        long[] known = newest.get(key);
        return known == null ? Long.MIN_VALUE : known[0];
    }

    /** Whether a row was there before the feed was started. */
    boolean isFromBefore(long id) {
        return before.contains(id);
    }

    /**
     * Rows did not happen: under their ids others may come.
     *
     * @return those of them that were handed out, in the same order
     */
    long[] undo(long[] undone) {
        for (long id : undone) {
            ids.remove(id);
        }
        recent.removeAll(undone);
        return Arrays.stream(undone).filter(id -> !before.remove(id)).toArray();
    }

    /** Rows that happened and are no longer there. */
    void deleted(long[] gone) {
        recent.removeAll(gone);
    }

    /** The rows handed out last with an id above one, ascending. */
    RecentRows.Row[] recentAbove(long floor) {
        return recent.above(floor);
    }

    /** Every row up to this id was handed out, or will never come. */
    long floor() {
        return ids.floor();
    }

    /** The highest id handed out. */
    long highest() {
        return ids.highest();
    }

    /** The highest id when these have been handed out too. */
    long highestWith(List<Fact> facts) {
        long highest = ids.highest();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Observed(Reading reading)) {
                highest = Math.max(highest, reading.id().orElse(0));
            }
        }
        return highest;
    }

    /** Deletions of rows below this id are of no interest. */
    long deletesFrom() {
        return deletesFrom;
    }
}
