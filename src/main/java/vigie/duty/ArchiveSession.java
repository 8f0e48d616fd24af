package vigie.duty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.Feed;
import vigie.feed.FeedOptions;
import vigie.feed.StoredPlace;
import vigie.history.Times;
import vigie.history.archive.ArchiveWriter;
import vigie.history.archive.Expiry;
import vigie.history.archive.Facts;
import vigie.history.archive.Filling;
import vigie.history.archive.Marks;
import vigie.history.archive.Roller;
import vigie.recorder.PastSql;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderSnapshot;
import vigie.recorder.RowsBelow;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The archiving of one tenure: the stream on the feed's thread, and all that can wait on a thread
 * of its own, in short transactions with pauses between them, so that the stream waits for none for
 * long.
 */
final class ArchiveSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSession.class);

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration EXPIRY_PERIOD = Duration.ofMinutes(10);
    private static final Duration CHOICE_PERIOD = Duration.ofSeconds(10);
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(60);

    /** Hours of points that one transaction rolls up. */
    private static final int POINT_HOURS = 96;

    private static final int LONGEST_NAME = 64;
    private static final long MICROS = 1_000_000;

    /** Rows of the last commit may be a little younger than the end of the run. */
    private static final long TOLERANCE = 2 * MICROS;

    /** However rarely it writes, a silence as long as this is said on every screen. */
    private static final long SILENCE = 15 * 60 * MICROS;

    private static final int TABLE_DENIED = 1142;
    private static final int NO_TABLE = 1146;

    private final Tenure tenure;
    private final Supplier<Optional<Tenure>> held;
    private final DutyConnections connections;
    private final Connections recorder;
    private final RecorderSchema schema;
    private final PositionStore positions;
    private final ArchiveSettings settings;
    private final Consumer<ArchiveStatus> status;
    private final Marks marks;
    private final Roller roller;
    private final Expiry expiry;
    private final ArchiveWriter writer;
    private final Filling filling;
    private final RowsBelow rows = new RowsBelow();
    private final AtomicBoolean runsChanged;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final DurableConsumer consumer;
    private final Feed feed;
    private final Thread worker;
    private volatile boolean over;

    // What follows belongs to the worker.
    private @Nullable Connection own;
    private long expireAt = System.nanoTime();
    private long chooseAt = System.nanoTime();
    private long toldTenth = -1;
    private boolean filled;
    private boolean told;

    private ArchiveSession(
            DatabaseAddress address,
            String ownSchema,
            DutyConnections connections,
            Supplier<Optional<Tenure>> held,
            Tenure tenure,
            ArchiveSettings settings,
            Clock clock,
            Consumer<ArchiveStatus> status,
            Connections recorder,
            RecorderSchema schema,
            Marks marks,
            DurableConsumer consumer,
            Optional<StoredPlace> from,
            List<Fact> known,
            AtomicBoolean runsChanged) {
        this.tenure = tenure;
        this.held = held;
        this.connections = connections;
        this.recorder = recorder;
        this.schema = schema;
        this.settings = settings;
        this.status = status;
        this.marks = marks;
        this.runsChanged = runsChanged;
        String name = schema.name();
        positions = new PositionStore(consumerName(name));
        roller = new Roller(name, marks);
        expiry = new Expiry(name, marks, settings.rawDays());
        writer = new ArchiveWriter(name, marks);
        filling = new Filling(name, writer);
        this.consumer = consumer;
        feed =
                new Feed(
                        address,
                        FeedOptions.durable(from).withKnown(known).withOwnSchema(ownSchema),
                        consumer,
                        clock);
        worker = Thread.ofVirtual().name("vigie-archive-work").unstarted(this::work);
    }

    static ArchiveSession open(
            DatabaseAddress address,
            String ownSchema,
            DutyConnections connections,
            Supplier<Optional<Tenure>> held,
            Tenure tenure,
            ArchiveSettings settings,
            Clock clock,
            Consumer<ArchiveStatus> status)
            throws Fault, SQLException {
        Connections recorder = new Connections(address, "vigie-archive");
        @Nullable DurableConsumer consumer = null;
        @Nullable ArchiveSession session = null;
        boolean done = false;
        try {
            RecorderSchema schema;
            try (Connection connection = recorder.borrow()) {
                schema = RecorderSchema.read(connection);
            }
            String name = schema.name();
            Marks marks = new Marks();
            AtomicBoolean runsChanged = new AtomicBoolean(true);
            // Each tenure has its own: what another process wrote meanwhile is not in its memory.
            ArchiveGroups groups =
                    new ArchiveGroups(
                            new ArchiveWriter(name, marks), recorder, () -> runsChanged.set(true));
            consumer =
                    DurableConsumer.onDuty(
                            consumerName(name), connections, groups, held, System::nanoTime);
            Optional<StoredPlace> from = consumer.stored();
            List<Fact> known;
            try (Connection connection = connections.open()) {
                known = Facts.known(connection, name);
            }
            groups.beginAfter(from.map(StoredPlace::newestId).orElse(0L));
            session =
                    new ArchiveSession(
                            address,
                            ownSchema,
                            connections,
                            held,
                            tenure,
                            settings,
                            clock,
                            status,
                            recorder,
                            schema,
                            marks,
                            consumer,
                            from,
                            known,
                            runsChanged);
            session.prepare();
            if (from.isEmpty()) {
                session.write(session.filling::beginAnew);
            }
            session.feed.start();
            session.worker.start();
            done = true;
            LOG.info("archiving {} in {}", name, ownSchema);
            return session;
        } finally {
            if (!done) {
                if (session != null) {
                    session.drop();
                }
                if (consumer != null) {
                    consumer.close();
                }
                recorder.close();
            }
        }
    }

    /** {@code archive:} and the recorder's schema, as far as a consumer's name has room for it. */
    static String consumerName(String schema) {
        String name = "archive:" + schema;
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        CRC32C sum = new CRC32C();
        sum.update(schema.getBytes(StandardCharsets.UTF_8));
        String end = "~" + HexFormat.of().toHexDigits((int) sum.getValue());
        return name.substring(0, LONGEST_NAME - end.length()) + end;
    }

    /** Partitions come before the first reading. */
    private void prepare() throws Fault, SQLException {
        long oldest;
        try (Connection asking = asking()) {
            double seconds =
                    number(
                                    asking,
                                    "SELECT MIN(last_updated_ts) FROM states WHERE last_updated_ts>0")
                            .orElse(0);
            oldest = seconds > 0 ? Times.micros(seconds) : Long.MAX_VALUE;
        }
        Connection connection = own();
        connection.setAutoCommit(true);
        long now = Filling.now(connection);
        expiry.load(connection);
        roller.reach(connection);
        expiry.ahead(connection, now, Math.min(oldest, now));
    }

    Tenure tenure() {
        return tenure;
    }

    /** Whether the duty turned out to be another's. */
    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        closing.countDown();
        feed.close();
        consumer.close();
        try {
            if (worker.getState() != Thread.State.NEW && !worker.join(Duration.ofSeconds(5))) {
                worker.interrupt();
            }
        } catch (InterruptedException hurried) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        drop();
        recorder.close();
    }

    // ---- connections

    private Connection own() throws Fault, SQLException {
        Connection known = own;
        if (known == null) {
            known = connections.open();
            own = known;
        }
        return known;
    }

    private void drop() {
        Connection left = own;
        own = null;
        if (left != null) {
            try {
                left.close();
            } catch (SQLException closed) {
                LOG.debug("while closing the archive's connection", closed);
            }
        }
    }

    private Connection asking() throws Fault, SQLException {
        Connection connection = recorder.borrow();
        connection.setNetworkTimeout(Runnable::run, (int) QUESTION_PATIENCE.toMillis());
        return connection;
    }

    /** What is written and has no answer. */
    @FunctionalInterface
    private interface Writing {
        void in(Connection connection) throws SQLException;
    }

    private void write(Writing writing) throws Fault, SQLException {
        under(connection -> {
            writing.in(connection);
            return true;
        });
    }

    private <T> T under(DutyTransaction.Work<T> work) throws Fault, SQLException {
        if (held.get().filter(now -> now.epoch() == tenure.epoch()).isEmpty()) {
            over = true;
            throw new SQLException("not on duty any more", "08003");
        }
        return switch (DutyTransaction.run(own(), tenure, work)) {
            case DutyTransaction.Outcome.Done<T>(T value) -> value;
            case DutyTransaction.Outcome.Refused<T>(long epoch) -> {
                over = true;
                throw new SQLException("epoch " + epoch + " is on duty", "08003");
            }
        };
    }

    // ---- the worker

    private void work() {
        try {
            Duration wait = Duration.ZERO;
            while (!over && !closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    wait = step();
                } catch (Fault fault) {
                    wait = trouble(fault);
                } catch (SQLException failed) {
                    wait = trouble(recorder.fault(failed));
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.error("the archive's work ended by an internal error", broken);
            over = true;
        } finally {
            drop();
        }
    }

    private Duration trouble(Fault fault) {
        drop();
        if (!over && closing.getCount() > 0) {
            LOG.info("the archive's work waits: {}", fault.getMessage(), fault.getCause());
        }
        return AFTER_TROUBLE;
    }

    /**
     * Does one piece of work.
     *
     * @return how long to rest: as long as it took where there is more, so that at most half of the
     *     time is worked
     */
    private Duration step() throws Fault, SQLException, InterruptedException {
        long began = System.nanoTime();
        if (!told) {
            told = tell();
        }
        if (!filled) {
            Optional<Filling.Progress> progress = under(filling::progress);
            if (progress.isEmpty()) {
                return begin() ? Duration.ZERO : Duration.ofMillis(200);
            }
            if (!progress.get().isDone()) {
                fill(progress.get());
                return Duration.ofNanos(System.nanoTime() - began);
            }
            filled = true;
        }
        boolean more = runs();
        choose();
        Roller.Look look = look();
        more |= look.again() && again();
        // At the beginning every point is one, and is done at once.
        boolean newcomers = look.newcomers() && newcomer();
        more |= newcomers;
        more |= roll(look, newcomers);
        expire();
        if (!more) {
            say(ArchiveStatus.Phase.CURRENT, 1);
        }
        return more ? Duration.ofNanos(System.nanoTime() - began) : IDLE;
    }

    private void say(ArchiveStatus.Phase phase, double share) {
        status.accept(new ArchiveStatus(phase, share, marks.tooOld(), Optional.empty()));
    }

    private Roller.Look look() throws Fault, SQLException {
        own().setAutoCommit(true);
        return roller.look(own());
    }

    /**
     * Once the stream has a place, keeps what it will not tell: the names there are. What it tells
     * meanwhile is the later word.
     *
     * @return whether it is done
     */
    private boolean tell() throws Fault, SQLException {
        if (under(writer::hasSnapshot)) {
            return true;
        }
        if (under(positions::load).isEmpty()) {
            return false;
        }
        long second;
        List<Fact> facts;
        try (Connection asking = asking()) {
            second = Math.floorDiv(Filling.now(asking), MICROS);
            facts = RecorderSnapshot.readWithoutReadings(asking);
        }
        write(connection ->
                writer.snapshot(connection, new Group("", Optional.empty(), facts), second));
        return true;
    }

    /** Once the stream has a place, whatever is older is to be copied. */
    private boolean begin() throws Fault, SQLException {
        Optional<StoredPlace> place = under(positions::load);
        if (place.isEmpty()) {
            return false;
        }
        long highest;
        try (Connection asking = asking()) {
            highest = (long) number(asking, "SELECT MAX(state_id) FROM states").orElse(0);
        }
        write(connection -> {
            filling.begin(connection, highest, Filling.now(connection), tenure.epoch());
        });
        LOG.info("the archive of {} begins; rows up to {} are copied", schema.name(), highest);
        return true;
    }

    private void fill(Filling.Progress progress) throws Fault, SQLException {
        runs();
        RowsBelow.Stretch stretch;
        try (Connection asking = asking()) {
            stretch = rows.read(asking, schema, progress.next(), Filling.AT_ONCE);
        }
        write(connection -> {
            filling.keep(connection, stretch.readings(), stretch.lowest(), Filling.now(connection));
        });
        double share = progress.share();
        if ((long) (share * 10) != toldTenth) {
            toldTenth = (long) (share * 10);
            LOG.info("{} % of the rows from before are copied", Math.round(share * 100));
        }
        say(ArchiveStatus.Phase.FILLING, share);
    }

    // ---- roll-ups

    private void choose() throws Fault, SQLException {
        if (System.nanoTime() - chooseAt < 0) {
            return;
        }
        chooseAt = System.nanoTime() + CHOICE_PERIOD.toNanos();
        int chosen = under(connection -> roller.choose(connection, settings.rolled()));
        if (chosen > 0) {
            LOG.info("{} further points are rolled up", chosen);
        }
    }

    private boolean again() throws Fault, SQLException {
        boolean any = false;
        // Some at a time, for an hour that is due should not wait for thousands of late readings.
        for (int i = 0; i < 20; i++) {
            if (!under(roller::again)) {
                return any;
            }
            any = true;
        }
        return any;
    }

    private boolean newcomer() throws Fault, SQLException, InterruptedException {
        Optional<Roller.Reach> reach = reach();
        if (reach.isEmpty()) {
            return false;
        }
        Optional<Integer> newcomer = under(roller::newcomer);
        if (newcomer.isEmpty()) {
            return false;
        }
        int point = newcomer.get();
        OptionalLong first = under(connection -> roller.first(connection, point));
        long to = reach.get().to();
        long from =
                Math.max(reach.get().from(), first.isEmpty() ? to : Roller.hour(first.getAsLong()));
        // Only this thread moves the end, so there are no hours between the last and the welcome.
        while (from < to) {
            long begin = from;
            long next = Roller.next(from, to);
            long began = System.nanoTime();
            under(connection -> roller.roll(connection, point, begin, next));
            if (closing.await(System.nanoTime() - began, TimeUnit.NANOSECONDS)) {
                return true;
            }
            from = next;
        }
        write(connection -> {
            roller.welcome(connection, point);
        });
        return true;
    }

    private Optional<Roller.Reach> reach() throws Fault, SQLException {
        return under(roller::reach);
    }

    /** Rolls up the next stretch, once all of it has surely come. */
    private boolean roll(Roller.Look look, boolean newcomers)
            throws Fault, SQLException, InterruptedException {
        if (!feed.status().isLive()) {
            return false;
        }
        if (look.reach().isEmpty()) {
            under(connection -> roller.begin(connection, look.now()));
            return true;
        }
        Roller.Reach reach = look.reach().get();
        long due = Roller.hour(look.now() - settings.settling().toNanos() / 1_000);
        long from = reach.to();
        if (from >= due) {
            return false;
        }
        due = Math.min(due, spokenTo(look.now()));
        if (from >= due || (newcomers && from == reach.from())) {
            return false;
        }
        long end = due;
        long to = Roller.next(from, end);
        roller.rolling(to);
        List<Integer> points = under(roller::points);
        int hours = (int) ((to - from) / vigie.history.series.Tier.HOURS.micros());
        int atOnce = Math.max(1, POINT_HOURS / hours);
        for (int i = 0; i < points.size(); i += atOnce) {
            List<Integer> some = points.subList(i, Math.min(points.size(), i + atOnce));
            long began = System.nanoTime();
            write(connection -> {
                for (int point : some) {
                    roller.roll(connection, point, from, to);
                }
            });
            if (closing.await(System.nanoTime() - began, TimeUnit.NANOSECONDS)) {
                return true;
            }
        }
        write(connection -> {
            roller.rolled(connection, to);
        });
        // Readings wait for their roll-ups before they may go.
        expireAt = System.nanoTime();
        if (to < due) {
            say(ArchiveStatus.Phase.ROLLING, (double) (to - reach.from()) / (due - reach.from()));
        }
        return to < due;
    }

    /**
     * While Home Assistant is silent nobody knows whether what it said last still holds: hours are
     * rolled up when it speaks again, and says whether it was away.
     */
    private long spokenTo(long now) throws Fault, SQLException {
        try (Connection asking = asking()) {
            long newest = newestBefore(asking, now);
            return newest > 0 && newest < now - SILENCE ? Roller.hour(newest) : Long.MAX_VALUE;
        }
    }

    // ---- outages

    private record Run(long start, long end) {
        boolean isOpen() {
            return end < 0;
        }
    }

    /** Reads from the recorder's own table when it did not record. */
    private boolean runs() throws Fault, SQLException {
        if (!runsChanged.getAndSet(false)) {
            return false;
        }
        boolean done = false;
        record Gap(long from, OptionalLong to) {}
        List<Gap> gaps = new ArrayList<>();
        try (Connection asking = asking()) {
            List<Run> runs = new ArrayList<>();
            try (Statement statement = asking.createStatement();
                    ResultSet found = statement.executeQuery(PastSql.runs())) {
                while (found.next()) {
                    long start = micros(found.getObject(1, LocalDateTime.class));
                    long end = micros(found.getObject(2, LocalDateTime.class));
                    // Of a run that died its successor writes the end, and means its own start.
                    runs.add(new Run(start, found.getBoolean(3) ? -1 : end));
                }
            } catch (SQLException refused) {
                if (refused.getErrorCode() != TABLE_DENIED && refused.getErrorCode() != NO_TABLE) {
                    throw refused;
                }
                LOG.debug("no runs of the recorder may be read", refused);
            }
            for (int i = 1; i < runs.size(); i++) {
                Run before = runs.get(i - 1);
                long start = runs.get(i).start();
                long stop = before.isOpen() ? newestBefore(asking, start) : before.end();
                if (stop > 0 && stop < start) {
                    gaps.add(new Gap(stop, OptionalLong.of(start)));
                }
            }
            if (!runs.isEmpty() && !runs.getLast().isOpen()) {
                long end = runs.getLast().end();
                if (newestBefore(asking, Long.MAX_VALUE / 2) <= end + TOLERANCE) {
                    gaps.add(new Gap(end, OptionalLong.empty()));
                }
            }
            ArchiveWriter writer = new ArchiveWriter(schema.name(), marks);
            write(connection -> {
                for (Gap gap : gaps) {
                    writer.outage(connection, gap.from(), gap.to());
                }
            });
            done = true;
        } finally {
            if (!done) {
                runsChanged.set(true);
            }
        }
        return true;
    }

    private static long micros(@Nullable LocalDateTime utc) {
        return utc == null ? -1 : Times.micros(utc.toInstant(ZoneOffset.UTC));
    }

    private static long newestBefore(Connection asking, long time) throws SQLException {
        try (PreparedStatement statement = asking.prepareStatement(PastSql.newestBefore())) {
            statement.setDouble(1, Times.seconds(time));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                double seconds = row.getDouble(1);
                return row.wasNull() ? -1 : Times.micros(seconds);
            }
        }
    }

    private static java.util.OptionalDouble number(Connection asking, String sql)
            throws SQLException {
        try (Statement statement = asking.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            double value = row.getDouble(1);
            return row.wasNull()
                    ? java.util.OptionalDouble.empty()
                    : java.util.OptionalDouble.of(value);
        }
    }

    // ---- what is over

    private void expire() throws Fault, SQLException {
        if (System.nanoTime() - expireAt < 0) {
            return;
        }
        long now = under(Filling::now);
        own().setAutoCommit(true);
        expiry.ahead(own(), now, now);
        long limit = expiry.limit(now);
        if (limit > marks.expiredTo()) {
            write(connection -> {
                expiry.expire(connection, limit);
            });
        }
        own().setAutoCommit(true);
        if (!expiry.drop(own(), now) && under(connection -> expiry.delete(connection, now))) {
            return;
        }
        expireAt = System.nanoTime() + EXPIRY_PERIOD.toNanos();
    }
}
