package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.store.HostPort;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which rows a feed has handed out, over all its ways through the log; and, while there is none,
 * where and why the last one was left. Feed's thread only.
 */
final class Account {
    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

    private final Optional<StoredPlace> from;
    private final FeedListener listener;
    private final Standing standing;
    private @Nullable Seen seen;
    private @Nullable Trouble lostBy;
    private GtidPosition lostAt = GtidPosition.NONE;
    private Optional<Instant> lostTime = Optional.empty();

    /**
     * @param from where the consumer stood when it was last running
     */
    Account(Optional<StoredPlace> from, FeedListener listener, Standing standing) {
        this.from = from;
        this.listener = listener;
        this.standing = standing;
        if (from.isPresent() && position(from.get()).isEmpty()) {
            // It was left while tables were polled: only the highest id is known.
            lostBy =
                    new Trouble(
                            Trouble.Kind.RESYNC,
                            Sentence.of("feed.no-place"),
                            "the stored place names no position");
        }
    }

    private static GtidPosition position(StoredPlace place) {
        return GtidPosition.parse(place.position()).orElse(GtidPosition.NONE);
    }

    /** The rows handed out; known once a snapshot was joined. */
    Seen seen() {
        Seen known = seen;
        if (known == null) {
            throw new IllegalStateException("no snapshot was joined");
        }
        return known;
    }

    /** Where the last way through the log was left; empty where there was none. */
    GtidPosition lostAt() {
        return lostAt;
    }

    /** The place to take up; empty where the stream begins at a snapshot. */
    Optional<StoredPlace> resumable() {
        return lostBy == null ? from : Optional.empty();
    }

    /**
     * Gives up a stored place that this log cannot hold, before anything is read from it: a server
     * sends a domain that a place does not name from its beginning, and the rows with it once more.
     *
     * @param end where the server's log ends
     * @param host the server, for the sentence
     */
    void compare(GtidPosition end, HostPort host) {
        if (seen == null && lostBy == null && from.isPresent()) {
            GtidPosition place = position(from.get());
            if (!end.covers(place)) {
                lose(
                        new Trouble(
                                Trouble.Kind.REWRITTEN,
                                Sentence.of("feed.other-history", host.toString()),
                                "the stored place " + place + " is not in the log up to " + end));
            }
        }
    }

    /** A way through the log ends, at a position that is void. */
    void leave(Track track, Trouble why) {
        lostAt = track.position();
        lostTime = track.committed();
        lose(why);
    }

    /** No position is had. The first reason counts until a snapshot has mended it. */
    void lose(Trouble why) {
        if (lostBy == null) {
            lostBy = why;
        }
    }

    /** Tables were polled for a while, which leaves no position and no time. */
    void polled(Trouble why) {
        lostBy = why;
        lostTime = Optional.empty();
    }

    /**
     * Joins what was handed out to a new snapshot, in its transaction: names what never happened
     * and hands out what came meanwhile.
     */
    void join(
            Connection connection,
            RecorderSchema schema,
            RecorderCatalog catalog,
            GtidPosition position,
            Instant now)
            throws SQLException {
        Seen known = seen;
        if (known == null) {
            known = begin(connection);
            seen = known;
        }
        Trouble reason = lostBy;
        if (reason == null) {
            return;
        }
        if (reason.kind() == Trouble.Kind.EMPTIED) {
            known = new Seen(0);
            seen = known;
        }
        long[] undone = Recovery.undone(connection, known, reason.kind() == Trouble.Kind.REWRITTEN);
        listener.resync(
                new Resync(
                        reason.sentence(),
                        lostAt.toString(),
                        position.toString(),
                        lostTime,
                        now,
                        Arrays.stream(undone).boxed().toList()));
        long recovered = Recovery.recover(connection, schema, catalog, known, listener::recovered);
        known.newest(Recovery.newest(connection));
        standing.mended(recovered, undone.length, reason);
        LOG.info("resync: {} rows recovered, {} undone", recovered, undone.length);
    }

    /** What counts as handed out when the feed begins. */
    private Seen begin(Connection connection) throws SQLException {
        if (from.isEmpty()) {
            return Recovery.begin(connection);
        }
        Seen resumed = new Seen(from.get().newestId());
        resumed.newest(Recovery.newest(connection));
        return resumed;
    }

    /** The listener has taken the snapshot. */
    void taken() {
        lostBy = null;
    }

    /** The listener has not taken the first snapshot: its time begins with the next one. */
    void notTaken() {
        if (lostBy == null) {
            seen = null;
        }
    }
}
