package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.feed.Deadline;
import vigie.feed.Resync;
import vigie.feed.StoredPlace;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Sentence;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/** A consumer on a real server, fed by hand, killed where it hurts. */
@ExtendWith(EmbeddedMariaDb.class)
class DurableConsumerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();
    private TestDatabase database;
    private long nanos;

    /** Writes each group's number into a table; may be told to fail in the middle. */
    private static final class Notes implements GroupWork {
        private boolean failing;

        @Override
        public void apply(Connection connection, Group group) throws SQLException {
            note(connection, group.position().isEmpty() ? "recovered" : group.position());
            if (failing) {
                throw new IllegalStateException("told to fail");
            }
        }

        @Override
        public void resync(Connection connection, Resync resync) throws SQLException {
            note(connection, "resync " + resync.reason().key());
        }

        private static void note(Connection connection, String text) throws SQLException {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO note(text) VALUES(?)")) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        }
    }

    private final Notes notes = new Notes();

    @BeforeEach
    void schema(TestDatabase database) {
        this.database = database;
        assertThat(OwnSchema.open(database.writer())).isInstanceOf(OwnSchema.Usable.class);
        database.execute("DELETE FROM `position`", "DELETE FROM duty", "DROP TABLE IF EXISTS note");
        database.execute("CREATE TABLE note (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(99))");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }

    private DutyConnections connections() {
        return DutyConnections.to(closing(new Connections(database.writer(), "consumer")));
    }

    private DurableConsumer consumer() {
        return closing(DurableConsumer.alone("notes", connections(), notes, () -> nanos));
    }

    private static Group group(long number) {
        return new Group(
                "0-1-" + number,
                Optional.empty(),
                List.of(new Fact.Named(new PointKey(number), new PointId("sensor.x" + number))));
    }

    private static StoredPlace place(long number) {
        return new StoredPlace("0-1-" + number, "0-1-" + (number - 1), (int) number * 31, number);
    }

    private static void hand(DurableConsumer consumer, long number) {
        consumer.group(group(number));
        consumer.passed(place(number));
    }

    private List<String> noted() {
        return database.column("SELECT text FROM " + database.schema() + ".note ORDER BY id");
    }

    private List<String> stored() {
        return database.column("SELECT `position` FROM " + database.schema() + ".`position`");
    }

    @Test
    void a_result_and_its_place_are_kept_together() throws Exception {
        DurableConsumer consumer = consumer();
        assertThat(consumer.stored()).isEmpty();
        consumer.group(group(1));
        assertThat(noted()).isEmpty();
        consumer.passed(place(1));
        assertThat(noted()).containsExactly("0-1-1");
        hand(consumer, 2);
        assertThat(noted()).containsExactly("0-1-1", "0-1-2");
        assertThat(consumer().stored()).contains(place(2));
    }

    @Test
    void a_process_that_dies_between_work_and_commit_has_done_nothing_and_the_next_does_it()
            throws Exception {
        DurableConsumer dying = consumer();
        hand(dying, 1);
        dying.group(group(2));
        dying.close();
        DurableConsumer next = consumer();
        StoredPlace from = next.stored().orElseThrow();
        assertThat(from).isEqualTo(place(1));
        hand(next, 2);
        hand(next, 3);
        assertThat(noted()).containsExactly("0-1-1", "0-1-2", "0-1-3");
    }

    @Test
    void deaths_at_random_moments_leave_each_group_once() throws Exception {
        Random random = new Random(20_261_126);
        long groups = 120;
        int deaths = 0;
        while (true) {
            DurableConsumer consumer = consumer();
            // As a feed does: on after the stored place, or from the beginning.
            long next = consumer.stored().map(StoredPlace::newestId).orElse(0L) + 1;
            if (next > groups) {
                break;
            }
            for (boolean alive = true; alive && next <= groups; next++) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        consumer.group(group(next));
                        alive = false; // between work and commit
                    }
                    case 1 -> {
                        notes.failing = true;
                        long failing = next;
                        assertThat(
                                        org.assertj.core.api.Assertions.catchThrowable(
                                                () -> consumer.group(group(failing))))
                                .hasMessage("told to fail");
                        notes.failing = false;
                        hand(consumer, next); // the feed hands it out once more
                    }
                    case 2 -> {
                        kill();
                        long after = next;
                        assertThat(
                                        catchThrowableOfType(
                                                NotApplied.class, () -> hand(consumer, after)))
                                .extracting(NotApplied::reason)
                                .isEqualTo(NotApplied.Reason.DATABASE);
                        hand(consumer, next);
                    }
                    default -> hand(consumer, next);
                }
                deaths += alive ? 0 : 1;
            }
            consumer.close();
        }
        assertThat(deaths).isPositive();
        assertThat(noted())
                .isEqualTo(LongStream.rangeClosed(1, groups).mapToObj(i -> "0-1-" + i).toList());
    }

    /** Ends every connection of the consumers at the server. */
    private void kill() {
        database.column(
                        "SELECT ID FROM information_schema.PROCESSLIST WHERE USER='"
                                + database.writer().user()
                                + "'")
                .forEach(id -> {
                    try {
                        database.asRoot("KILL " + id);
                    } catch (IllegalStateException gone) {
                        assertThat(gone).hasRootCauseInstanceOf(SQLException.class);
                    }
                });
    }

    @Test
    void a_commit_whose_answer_is_lost_is_not_done_twice() throws Exception {
        AtomicBoolean losing = new AtomicBoolean();
        DutyConnections real = connections();
        DurableConsumer consumer =
                closing(
                        DurableConsumer.alone(
                                "notes", () -> losing(real.open(), losing), notes, () -> nanos));
        hand(consumer, 1);
        consumer.group(group(2));
        losing.set(true);
        assertThat(catchThrowableOfType(NotApplied.class, () -> consumer.passed(place(2))))
                .isNotNull();
        losing.set(false);
        assertThat(noted()).containsExactly("0-1-1", "0-1-2");
        hand(consumer, 2); // the feed hands it out once more
        hand(consumer, 3);
        assertThat(noted()).containsExactly("0-1-1", "0-1-2", "0-1-3");
    }

    /** A connection that, when told to, breaks right after a commit came through. */
    private static Connection losing(Connection real, AtomicBoolean now) {
        return (Connection)
                Proxy.newProxyInstance(
                        DurableConsumerTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (self, method, arguments) -> {
                            Object answer = method.invoke(real, arguments);
                            if (method.getName().equals("commit") && now.get()) {
                                real.close();
                                throw new SQLException("the answer is lost", "08000");
                            }
                            return answer;
                        });
    }

    @Test
    void places_without_a_result_are_kept_at_most_every_ten_seconds() {
        DurableConsumer consumer = consumer();
        consumer.passed(place(1));
        assertThat(stored()).containsExactly("0-1-1");
        nanos += DurableConsumer.PLACE_PERIOD.toNanos() - 1;
        consumer.passed(place(2));
        assertThat(stored()).containsExactly("0-1-1");
        nanos++;
        consumer.passed(place(3));
        assertThat(stored()).containsExactly("0-1-3");
        hand(consumer, 4);
        nanos += DurableConsumer.PLACE_PERIOD.toNanos() - 1;
        consumer.passed(place(5));
        assertThat(stored()).containsExactly("0-1-4");
    }

    @Test
    void a_place_without_a_result_that_cannot_be_kept_stops_nothing() {
        DurableConsumer consumer = consumer();
        hand(consumer, 1);
        kill();
        nanos += DurableConsumer.PLACE_PERIOD.toNanos();
        consumer.passed(place(2));
        assertThat(stored()).containsExactly("0-1-1");
        hand(consumer, 3);
        assertThat(noted()).containsExactly("0-1-1", "0-1-3");
    }

    @Test
    void a_resync_its_rows_and_the_place_after_it_are_one_transaction() throws Exception {
        DurableConsumer consumer = consumer();
        hand(consumer, 1);
        Resync resync =
                new Resync(
                        Sentence.of("feed.lost", "x"),
                        "0-1-1",
                        "0-1-9",
                        Optional.empty(),
                        Instant.EPOCH,
                        List.of());
        consumer.resync(resync);
        consumer.recovered(List.of());
        consumer.recovered(List.of());
        consumer.snapshot(group(9));
        assertThat(noted()).containsExactly("0-1-1");
        consumer.close(); // dies
        DurableConsumer next = consumer();
        assertThat(next.stored()).contains(place(1));
        next.resync(resync);
        next.recovered(List.of());
        next.snapshot(group(9));
        next.passed(place(9));
        assertThat(noted()).containsExactly("0-1-1", "resync feed.lost", "recovered");
        assertThat(stored()).containsExactly("0-1-9");
    }

    @Test
    void on_duty_each_group_is_fenced_by_the_epoch() throws Exception {
        try (Console console = new Console(database.writer(), "one").start()) {
            Deadline.within(PATIENCE, "on duty", () -> console.is(DutyState.ON_DUTY));
            AtomicReference<Optional<Tenure>> believed = new AtomicReference<>(console.lock.held());
            DurableConsumer consumer =
                    closing(
                            DurableConsumer.onDuty(
                                    "notes", connections(), notes, believed::get, () -> nanos));
            hand(consumer, 1);
            // Taken by somebody else while this one was frozen.
            database.execute("UPDATE duty SET epoch=epoch+1");
            NotApplied refused =
                    catchThrowableOfType(NotApplied.class, () -> consumer.group(group(2)));
            assertThat(refused.reason()).isEqualTo(NotApplied.Reason.OFF_DUTY);
            believed.set(Optional.empty());
            refused = catchThrowableOfType(NotApplied.class, () -> consumer.group(group(2)));
            assertThat(refused.reason()).isEqualTo(NotApplied.Reason.OFF_DUTY);
            nanos += DurableConsumer.PLACE_PERIOD.toNanos();
            consumer.passed(place(2));
            assertThat(noted()).containsExactly("0-1-1");
            assertThat(stored()).containsExactly("0-1-1");
        }
    }
}
