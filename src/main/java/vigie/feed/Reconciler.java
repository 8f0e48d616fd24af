package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.PointKey;
import vigie.store.Connections;
import vigie.store.HostPort;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what the stream brought with what the tables hold: after each reconnect, half a minute
 * after a snapshot, and every ten minutes. It finds what a log does not tell: {@code
 * sql_log_bin=0}, cascades of foreign keys, a restored dump, a replica's filters, a group that a
 * crash left in the log and not in the tables.
 *
 * <p>The tables are asked on a thread of its own, in a transaction whose place in the log is known;
 * compared is on the feed's thread, once the stream has come to that place. The questions read
 * indexes only, but for the newest two thousand rows.
 */
final class Reconciler implements AutoCloseable {
    /**
     * What differs.
     *
     * @param missing rows in the tables that were not handed out
     * @param surplus rows handed out that are not in the tables, though no deletion was seen
     */
    record Difference(long missing, long surplus) {}

    /** The tables at one moment. */
    private record Answer(
            Question question,
            GtidPosition position,
            List<RecentRows.Row> rows,
            Map<PointKey, Long> newest) {}

    /**
     * What is asked.
     *
     * @param position where the stream stood when it was asked
     * @param floor rows above this id are compared one by one
     * @param handed those that had been handed out
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Question(GtidPosition position, long floor, RecentRows.Row[] handed) {}

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** A log that does not tell of the tables is to be found out soon. */
    private static final Duration FIRST = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connections connections;
    private final HostPort host;
    private @Nullable Thread asking;
    private volatile @Nullable Answer answer;
    private volatile boolean failed;
    private long nextAt;

    /**
     * @param atOnce whether to compare as soon as the stream is live, and not only after ten
     *     minutes
     */
    Reconciler(Connections connections, HostPort host, boolean atOnce) {
        this.connections = connections;
        this.host = host;
        nextAt = System.nanoTime() + (atOnce ? 0 : FIRST.toNanos());
    }

    /**
     * Goes on with it; on the feed's thread, while the stream is live, between two groups.
     *
     * @return what differs, once a comparison is done
     */
    Optional<Difference> look(GtidPosition position, Seen seen, long nanos) {
        Answer told = answer;
        if (told != null) {
            if (!position.covers(told.position())) {
                return Optional.empty();
            }
            answer = null;
            asking = null;
            if (!told.position().covers(told.question().position())) {
                // Other sessions did not see yet what the log had brought; some milliseconds do.
                nextAt = nanos + AGAIN.toNanos();
                return Optional.empty();
            }
            nextAt = nanos + PERIOD.toNanos();
            return Optional.of(compare(told, seen));
        }
        if (failed) {
            failed = false;
            asking = null;
            nextAt = nanos + AGAIN.toNanos();
        }
        if (asking == null && nanos - nextAt >= 0) {
            long floor = Math.max(0, seen.highest() - Seen.UNDER_WAY);
            Question question = new Question(position, floor, seen.recentAbove(floor));
            asking = Thread.ofVirtual().name("vigie-feed-reconcile").start(() -> ask(question));
        }
        return Optional.empty();
    }

    private static Difference compare(Answer told, Seen seen) {
        Map<Long, RecentRows.Row> held = new HashMap<>();
        long missing = 0;
        for (RecentRows.Row row : told.rows()) {
            held.put(row.id(), row);
            missing += seen.has(row.id()) ? 0 : 1;
        }
        // What was deleted or amended since then is not in these any more.
        Map<Long, RecentRows.Row> now = new HashMap<>();
        for (RecentRows.Row row : seen.recentAbove(told.question().floor())) {
            now.put(row.id(), row);
        }
        long surplus = 0;
        for (RecentRows.Row handed : told.question().handed()) {
            RecentRows.Row still = now.get(handed.id());
            RecentRows.Row row = held.get(handed.id());
            boolean same =
                    row != null && still != null && (handed.isSame(row) || still.isSame(row));
            surplus += still != null && !same ? 1 : 0;
        }
        for (Map.Entry<PointKey, Long> point : told.newest().entrySet()) {
            missing += point.getValue() > seen.newestTime(point.getKey()) ? 1 : 0;
        }
        return new Difference(missing, surplus);
    }

    private void ask(Question question) {
        try (Connection connection = connections.single(host)) {
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            List<RecentRows.Row> rows = new ArrayList<>();
            Map<PointKey, Long> newest = new HashMap<>();
            GtidPosition position =
                    Handover.look(
                            connection,
                            question.position(),
                            () -> {
                                rows.addAll(
                                        Recovery.stretch(
                                                connection, question.floor(), Long.MAX_VALUE));
                                newest.putAll(Recovery.newest(connection));
                            });
            answer = new Answer(question, position, List.copyOf(rows), Map.copyOf(newest));
        } catch (SQLException | Fault away) {
            LOG.info("the tables of {} were not compared: {}", host, away.getMessage());
            failed = true;
        }
    }

    @Override
    public void close() {
        Thread left = asking;
        if (left != null) {
            left.interrupt();
        }
    }
}
