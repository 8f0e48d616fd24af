package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.HostPort;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Asks the server every two seconds, beside the stream, what the stream itself cannot tell:
 *
 * <ul>
 *   <li>where its log ends. A server whose log was begun anew under the same file name ({@code
 *       RESET MASTER}) goes on sending heartbeats from a file that is gone, and never a row; and
 *       how far behind we are shows only against this;
 *   <li>whether it is a replica, and how far behind its primary;
 *   <li>whether, while it is a replica, another host of the address takes writes.
 * </ul>
 *
 * <p>A heartbeat means that all there is has been sent. One that arrives after an answer may have
 * been under way before it; at the second the stream must have come as far as the answer says.
 */
final class ServerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    /** A picture that is further behind the log's end is better read anew. */
    static final Duration LONGEST_DELAY = Duration.ofSeconds(20);

    /** Smaller figures of a replica's delay come and go with every transaction. */
    private static final long WORTH_SAYING_SECONDS = 5;

    private static final long ROUNDED_TO_SECONDS = 10;
    private static final int NO_RIGHT = 1227;

    private record Answer(long askedAt, GtidPosition streamedBefore, GtidPosition end) {}

    private final Connections connections;
    private final HostPort host;
    private final Supplier<GtidPosition> streamed;
    private final AtomicReference<@Nullable Answer> newest = new AtomicReference<>();
    private final Thread thread;
    private volatile Optional<Sentence> notice = Optional.empty();
    private volatile @Nullable HostPort primary;
    private @Nullable Connection connection;
    private boolean mayAskDelay = true;

    // The feed's thread:
    private @Nullable Answer seenOnce;
    private @Nullable Answer pursued;

    /**
     * @param streamed where the stream stands; asked on the watch's thread
     */
    ServerWatch(Connections connections, HostPort host, Supplier<GtidPosition> streamed) {
        this.connections = connections;
        this.host = host;
        this.streamed = streamed;
        thread = Thread.ofVirtual().name("vigie-feed-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    // ---- the watch's thread

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ask();
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    private void ask() {
        try {
            Connection asking = connection;
            if (asking == null) {
                asking = connections.single(host);
                connection = asking;
                asking.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            }
            GtidPosition before = streamed.get();
            long now = System.nanoTime();
            newest.set(new Answer(now, before, ServerCheck.end(asking)));
            boolean replica = isReadOnly(asking);
            notice = replica ? Optional.of(replicaNotice(asking)) : Optional.empty();
            primary = replica ? writableElsewhere() : null;
        } catch (SQLException | Fault away) {
            // The stream itself notices a server that is away.
            LOG.debug("{} was not asked: {}", host, away.getMessage());
            leave();
        }
    }

    private void leave() {
        Connection left = connection;
        connection = null;
        if (left != null) {
            Hosts.close(left);
        }
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.read_only")) {
            String text = row.next() ? String.valueOf(row.getString(1)) : "0";
            // Since 12.0 there are more degrees of it than on and off.
            return !"0".equals(text) && !"OFF".equalsIgnoreCase(text);
        }
    }

    private Sentence replicaNotice(Connection connection) throws SQLException {
        if (!mayAskDelay) {
            return Sentence.of("feed.takes-no-writes", host.toString());
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
            if (!row.next()) {
                return Sentence.of("feed.read-only", host.toString());
            }
            String applying = column(row, "Slave_SQL_Running");
            String receiving = column(row, "Slave_IO_Running");
            if (!"Yes".equals(applying) || !"Yes".equals(receiving)) {
                return Sentence.of("feed.replica-stopped", host.toString());
            }
            String delay = column(row, "Seconds_Behind_Master");
            long seconds = delay.matches("\\d{1,9}") ? Long.parseLong(delay) : 0;
            return seconds < WORTH_SAYING_SECONDS
                    ? Sentence.of("feed.replica", host.toString())
                    : Sentence.of(
                            "feed.replica-behind",
                            host.toString(),
                            Long.toString(
                                    (seconds + ROUNDED_TO_SECONDS - 1)
                                            / ROUNDED_TO_SECONDS
                                            * ROUNDED_TO_SECONDS));
        } catch (SQLException refused) {
            if (refused.getErrorCode() != NO_RIGHT) {
                throw refused;
            }
            mayAskDelay = false;
            return Sentence.of("feed.takes-no-writes", host.toString());
        }
    }

    private static String column(ResultSet row, String name) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (name.equalsIgnoreCase(columns.getColumnLabel(i))) {
                return String.valueOf(row.getString(i));
            }
        }
        return "";
    }

    private @Nullable HostPort writableElsewhere() {
        for (HostPort other : connections.address().hosts()) {
            if (other.equals(host)) {
                continue;
            }
            try {
                Hosts.Candidate candidate = Hosts.ask(connections, other);
                Hosts.close(candidate.connection());
                if (candidate.writable() && candidate.end().covers(streamed.get())) {
                    return other;
                }
            } catch (Fault away) {
                LOG.debug("{} is no primary now: {}", other, away.getMessage());
            }
        }
        return null;
    }

    // ---- the feed's thread

    /** What is to be said of the server while it is followed; empty: it is a primary. */
    Optional<Sentence> notice() {
        return notice;
    }

    /**
     * Compares at a heartbeat.
     *
     * @param now where the stream stands
     * @throws StreamFault where the stream does not carry what the log holds
     */
    void heartbeat(GtidPosition now) throws StreamFault {
        if (primary != null) {
            throw new StreamFault(
                    StreamFault.Remedy.MOVE,
                    Sentence.of("feed.primary-back", String.valueOf(primary)),
                    primary + " takes writes, " + host + " does not");
        }
        Answer answer = newest.get();
        if (answer == null) {
            return;
        }
        if (!answer.end().covers(answer.streamedBefore())) {
            throw new StreamFault(
                    StreamFault.Remedy.REWRITTEN,
                    Sentence.of("feed.other-history", host.toString()),
                    "the log ends at " + answer.end() + ", before " + answer.streamedBefore());
        }
        boolean second = answer.equals(seenOnce);
        seenOnce = answer;
        if (second) {
            newest.compareAndSet(answer, null);
        }
        if (second && !now.covers(answer.end())) {
            throw new StreamFault(
                    StreamFault.Remedy.RETRY,
                    Sentence.of("feed.lost", host.toString()),
                    "idle at " + now + " while the log ends at " + answer.end());
        }
    }

    /**
     * Whether what the log held twenty seconds ago has still not been taken.
     *
     * @param now where the stream stands
     * @param nanos the monotonic clock
     */
    boolean isTooFarBehind(GtidPosition now, long nanos) {
        Answer goal = pursued;
        if (goal == null) {
            goal = newest.get();
            if (goal == null) {
                return false;
            }
            pursued = goal;
        }
        if (now.covers(goal.end())) {
            pursued = null;
            return false;
        }
        return nanos - goal.askedAt() > LONGEST_DELAY.toNanos();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.debug("a question is still under way; it ends by its timeout");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
