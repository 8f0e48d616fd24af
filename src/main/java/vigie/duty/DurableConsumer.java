package vigie.duty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.FeedListener;
import vigie.feed.FeedStatus;
import vigie.feed.Resync;
import vigie.feed.StoredPlace;
import vigie.point.Reading;
import vigie.room.Group;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A consumer that sees each group exactly once, whatever dies in between: what it makes of a group
 * and the place after it are committed by one transaction, on one connection that nobody else uses.
 * What is not committed when the process dies never was, and the feed, begun at {@link #stored},
 * hands it out again.
 *
 * <p>It has a feed of its own and may hold it up; the picture never waits for it. Where a group
 * gives no result (it says nothing of the room) its place is kept at most every ten seconds, and
 * never for groups that hold only Vigie's own rows, for the feed does not pass those on: else each
 * stored place would be a group that makes the next one be stored.
 *
 * <p>The calls of {@link FeedListener} come on the feed's thread; {@link #stored} is called before
 * it starts and {@link #close} after it has ended.
 */
public final class DurableConsumer implements FeedListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DurableConsumer.class);

    /** Between two stores of a place without a result. */
    static final Duration PLACE_PERIOD = Duration.ofSeconds(10);

    /** Under which right a consumer writes. */
    private sealed interface Right {
        /** Any process may. */
        record Anyone() implements Right {}

        /** Only the one on duty. */
        record OnDuty(Supplier<Optional<Tenure>> held) implements Right {}
    }

    /** What the open transaction holds. */
    private enum Open {
        NOTHING,
        /** A group, not yet passed. */
        GROUP,
        /** A group that was found to be applied already. */
        KNOWN_GROUP,
        /** A resync's rows and snapshot, not yet passed. */
        RESYNC
    }

    private final PositionStore positions;
    private final DutyConnections connections;
    private final GroupWork work;
    private final Right right;
    private final LongSupplier ticker;

    // What follows belongs to the feed's thread.
    private @Nullable Connection connection;
    private Open open = Open.NOTHING;
    private long epoch;
    private long storedAt;

    /**
     * Whether the last commit's answer may have got lost, so that its group may be kept already.
     */
    private boolean unsure = true;

    private DurableConsumer(
            String name,
            DutyConnections connections,
            GroupWork work,
            Right right,
            LongSupplier ticker) {
        this.positions = new PositionStore(name);
        this.connections = connections;
        this.work = work;
        this.right = right;
        this.ticker = ticker;
        this.storedAt = ticker.getAsLong() - PLACE_PERIOD.toNanos();
    }

    /**
     * A consumer of which each process has its own.
     *
     * @param name the key of its stored place
     * @param ticker nanoseconds that are never set back
     */
    public static DurableConsumer alone(
            String name, DutyConnections connections, GroupWork work, LongSupplier ticker) {
        return new DurableConsumer(name, connections, work, new Right.Anyone(), ticker);
    }

    /**
     * A consumer that works only on duty: each of its transactions checks the epoch first.
     *
     * @param held the tenure while there is one, as {@link DutyLock#held}
     */
    public static DurableConsumer onDuty(
            String name,
            DutyConnections connections,
            GroupWork work,
            Supplier<Optional<Tenure>> held,
            LongSupplier ticker) {
        return new DurableConsumer(name, connections, work, new Right.OnDuty(held), ticker);
    }

    /**
     * Where to begin the feed; empty: at a snapshot.
     *
     * @throws Fault when the database cannot be asked
     */
    public Optional<StoredPlace> stored() throws Fault, SQLException {
        return positions.load(connected());
    }

    @Override
    public void snapshot(Group snapshot) {
        attempt(() -> {
            Connection writing = open == Open.RESYNC ? connected() : begin();
            open = Open.RESYNC;
            work.snapshot(writing, snapshot);
        });
    }

    @Override
    public void resync(Resync resync) {
        attempt(() -> {
            Connection writing = begin();
            open = Open.RESYNC;
            work.resync(writing, resync);
        });
    }

    @Override
    public void recovered(List<Reading> rows) {
        attempt(() -> {
            Connection writing = open == Open.RESYNC ? connected() : begin();
            open = Open.RESYNC;
            work.recovered(writing, rows);
        });
    }

    @Override
    public void group(Group group) {
        attempt(() -> {
            // A resync that was not passed belongs to the group after it.
            Connection writing = open == Open.RESYNC ? connected() : begin();
            if (unsure && isKept(writing, group)) {
                open = Open.KNOWN_GROUP;
                return;
            }
            open = Open.GROUP;
            work.apply(writing, group);
        });
    }

    /** Whether the transaction whose answer got lost came through after all. */
    private boolean isKept(Connection reading, Group group) throws SQLException {
        return !group.position().isEmpty()
                && positions
                        .load(reading)
                        .filter(place -> place.position().equals(group.position()))
                        .isPresent();
    }

    @Override
    public void passed(StoredPlace place) {
        switch (open) {
            case GROUP, RESYNC -> attempt(() -> store(connected(), place));
            case KNOWN_GROUP ->
                    attempt(() -> {
                        connected().rollback();
                        open = Open.NOTHING;
                        unsure = false;
                    });
            case NOTHING -> {
                if (ticker.getAsLong() - storedAt >= PLACE_PERIOD.toNanos()) {
                    storePlaceAlone(place);
                }
            }
        }
    }

    /** Not worth the feed's stopping: a place that is behind only costs time at the next start. */
    private void storePlaceAlone(StoredPlace place) {
        try {
            store(begin(), place);
        } catch (NotApplied | SQLException | Fault failed) {
            storedAt = ticker.getAsLong();
            drop();
            LOG.info(
                    "the place of {} was not stored: {}",
                    positions.consumer(),
                    failed.getMessage());
        }
    }

    private void store(Connection writing, StoredPlace place) throws SQLException {
        positions.save(writing, place, epoch);
        unsure = true;
        writing.commit();
        unsure = false;
        open = Open.NOTHING;
        storedAt = ticker.getAsLong();
    }

    @Override
    public void status(FeedStatus status) {}

    /** Begins a transaction; what an earlier one left open was not passed and is given up. */
    private Connection begin() throws SQLException, Fault {
        Connection writing = connected();
        if (open != Open.NOTHING) {
            writing.rollback();
            open = Open.NOTHING;
        }
        writing.setAutoCommit(false);
        epoch =
                switch (right) {
                    case Right.Anyone() -> 0;
                    case Right.OnDuty(Supplier<Optional<Tenure>> held) -> checked(writing, held);
                };
        return writing;
    }

    private static long checked(Connection writing, Supplier<Optional<Tenure>> held)
            throws SQLException {
        Optional<Tenure> tenure = held.get();
        if (tenure.isEmpty()) {
            throw new NotApplied(NotApplied.Reason.OFF_DUTY, "not on duty", null);
        }
        long now = DutyTransaction.begin(writing);
        if (now != tenure.get().epoch()) {
            throw new NotApplied(
                    NotApplied.Reason.OFF_DUTY,
                    "epoch " + now + " is on duty, not " + tenure.get().epoch(),
                    null);
        }
        return now;
    }

    private Connection connected() throws SQLException, Fault {
        Connection known = connection;
        if (known == null) {
            if (open != Open.NOTHING) {
                throw new SQLException("the transaction's connection is gone", "08003");
            }
            known = connections.open();
            connection = known;
        }
        return known;
    }

    /** What one call does, to the database and to our state. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws SQLException, Fault;
    }

    private void attempt(Attempt attempt) {
        boolean done = false;
        try {
            attempt.run();
            done = true;
        } catch (SQLException | Fault failed) {
            throw new NotApplied(NotApplied.Reason.DATABASE, positions.consumer(), failed);
        } finally {
            if (!done) {
                giveUp();
            }
        }
    }

    /** Nothing of what was begun may be committed with something later. */
    private void giveUp() {
        Connection left = connection;
        open = Open.NOTHING;
        if (left == null) {
            return;
        }
        try {
            if (left.isClosed()) {
                connection = null;
            } else {
                left.rollback();
            }
        } catch (SQLException broken) {
            drop();
        }
    }

    private void drop() {
        Connection left = connection;
        connection = null;
        open = Open.NOTHING;
        if (left != null) {
            try {
                left.close();
            } catch (SQLException closing) {
                LOG.debug("while closing a consumer's connection", closing);
            }
        }
    }

    /** Ends the connection; what was not passed is rolled back. */
    @Override
    public void close() {
        drop();
    }
}
