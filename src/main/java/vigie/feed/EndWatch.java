package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.HostPort;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Asks the server now and then where its log ends, beside the stream. A server whose log was begun
 * anew under the same file name ({@code RESET MASTER}) goes on sending heartbeats from a file that
 * is gone, and never a row; only a question by another way shows it.
 *
 * <p>A heartbeat means that all there is has been sent. One that arrives after an answer may have
 * been under way before it; at the second the stream must have come as far as the answer says.
 */
final class EndWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private record Answer(GtidPosition streamedBefore, GtidPosition end) {}

    private final Connections connections;
    private final HostPort host;
    private final Supplier<GtidPosition> streamed;
    private final AtomicReference<@Nullable Answer> newest = new AtomicReference<>();
    private final Thread thread;
    private @Nullable Answer seenOnce;

    /**
     * @param streamed where the stream stands; asked on the watch's thread
     */
    EndWatch(Connections connections, HostPort host, Supplier<GtidPosition> streamed) {
        this.connections = connections;
        this.host = host;
        this.streamed = streamed;
        thread = Thread.ofVirtual().name("vigie-feed-end").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PERIOD);
                ask();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        GtidPosition before = streamed.get();
        try (Connection connection = connections.single(host)) {
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            newest.set(new Answer(before, ServerCheck.end(connection)));
        } catch (SQLException | Fault away) {
            // The stream itself notices a server that is away.
            LOG.debug("the log's end was not asked: {}", away.getMessage());
        }
    }

    /**
     * Compares at a heartbeat; on the feed's thread.
     *
     * @param now where the stream stands
     * @throws StreamFault where the stream does not carry what the log holds
     */
    void heartbeat(GtidPosition now) throws StreamFault {
        Answer answer = newest.get();
        if (answer == null) {
            return;
        }
        if (!answer.end().covers(answer.streamedBefore())) {
            throw new StreamFault(
                    StreamFault.Remedy.RESYNC,
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
