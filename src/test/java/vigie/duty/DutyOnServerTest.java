package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.feed.Deadline;
import vigie.feed.TcpProxy;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The duty among processes on a real server. */
@ExtendWith(EmbeddedMariaDb.class)
class DutyOnServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestDatabase database;
    private DatabaseAddress own;

    @BeforeEach
    void schema(TestDatabase database) {
        this.database = database;
        own = database.writer();
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
        database.execute("DELETE FROM duty", "DELETE FROM heartbeat", "DROP TABLE IF EXISTS act");
        database.execute("CREATE TABLE act (who VARCHAR(20) NOT NULL)");
    }

    private static void await(Console console, DutyState state) {
        Deadline.within(PATIENCE, state.toString(), () -> console.is(state));
    }

    private static DutyTransaction.Outcome<Integer> act(Connection work, Tenure tenure, String who)
            throws SQLException {
        return DutyTransaction.run(
                work,
                tenure,
                writing -> {
                    try (Statement statement = writing.createStatement()) {
                        return statement.executeUpdate("INSERT INTO act VALUES('" + who + "')");
                    }
                });
    }

    private List<String> acts() {
        return database.column("SELECT who FROM " + database.schema() + ".act ORDER BY who");
    }

    @Test
    void of_many_contenders_one_is_on_duty() {
        try (Console one = new Console(own, "one").start();
                Console two = new Console(own, "two").start();
                Console three = new Console(own, "three").start()) {
            List<Console> all = List.of(one, two, three);
            Deadline.within(
                    PATIENCE,
                    "one on duty, two standing by",
                    () ->
                            all.stream().filter(c -> c.is(DutyState.ON_DUTY)).count() == 1
                                    && all.stream().filter(c -> c.is(DutyState.STANDBY)).count()
                                            == 2);
            assertThat(all.stream().filter(c -> c.lock.held().isPresent())).hasSize(1);
            assertThat(database.column("SELECT epoch FROM " + database.schema() + ".duty"))
                    .containsExactly("1");
        }
    }

    @Test
    void a_holder_that_leaves_is_followed_within_five_seconds() {
        try (Console first = new Console(own, "first").start()) {
            await(first, DutyState.ON_DUTY);
            try (Console second = new Console(own, "second").start()) {
                await(second, DutyState.STANDBY);
                long left = System.nanoTime();
                first.lock.close();
                await(second, DutyState.ON_DUTY);
                assertThat(Duration.ofNanos(System.nanoTime() - left))
                        .isLessThan(Duration.ofSeconds(5));
                assertThat(first.told).containsExactly("taken 1", "lost 1 HANDED_OVER");
                assertThat(second.told).containsExactly("taken 2");
            }
        }
    }

    @Test
    void a_holder_whose_connection_is_killed_knows_and_another_follows() {
        try (Console first = new Console(own, "first").start()) {
            await(first, DutyState.ON_DUTY);
            try (Console second = new Console(own, "second").start()) {
                await(second, DutyState.STANDBY);
                database.asRoot(
                        "KILL "
                                + database.column(
                                                "SELECT IS_USED_LOCK('"
                                                        + JdbcLockSession.lockName(
                                                                database.schema())
                                                        + "')")
                                        .getFirst());
                Deadline.within(PATIENCE, "noticed", () -> first.told.size() > 1);
                assertThat(first.told).startsWith("taken 1", "lost 1 CUT_OFF");
                Deadline.within(
                        PATIENCE,
                        "somebody on duty again",
                        () -> first.lock.held().isPresent() != second.lock.held().isPresent());
                assertThat(database.column("SELECT epoch FROM " + database.schema() + ".duty"))
                        .containsExactly("2");
            }
        }
    }

    @Test
    void a_frozen_holder_is_replaced_and_its_write_is_refused_when_it_thaws() throws Exception {
        try (TcpProxy way = new TcpProxy(database.server().at());
                Console first =
                        new Console(own.at(new HostPort("127.0.0.1", way.port())), "first")
                                .start();
                Console second = new Console(own, "second")) {
            await(first, DutyState.ON_DUTY);
            Tenure frozen = first.lock.held().orElseThrow();
            try (Connection work = first.work();
                    Connection live = second.work()) {
                assertThat(act(work, frozen, "first"))
                        .isEqualTo(new DutyTransaction.Outcome.Done<>(1));
                second.start();
                await(second, DutyState.STANDBY);
                way.stall();
                long froze = System.nanoTime();
                await(second, DutyState.ON_DUTY);
                assertThat(Duration.ofNanos(System.nanoTime() - froze))
                        .isLessThan(Duration.ofSeconds(6));
                // By then it has known for some time, whatever its threads were doing.
                assertThat(first.lock.held()).isEmpty();
                Tenure now = second.lock.held().orElseThrow();
                assertThat(now.epoch()).isEqualTo(frozen.epoch() + 1);
                assertThat(act(live, now, "second"))
                        .isEqualTo(new DutyTransaction.Outcome.Done<>(1));
                way.resume();
                assertThat(act(work, frozen, "thawed"))
                        .isEqualTo(new DutyTransaction.Outcome.Refused<>(now.epoch()));
                assertThat(acts()).containsExactly("first", "second");
                await(first, DutyState.STANDBY);
            }
        }
    }

    @Test
    void a_transaction_frozen_in_its_middle_keeps_nobody_from_the_duty() throws Exception {
        try (TcpProxy way = new TcpProxy(database.server().at());
                Console first =
                        new Console(own.at(new HostPort("127.0.0.1", way.port())), "first")
                                .start();
                Console second = new Console(own, "second")) {
            await(first, DutyState.ON_DUTY);
            second.start();
            try (Connection work = first.work()) {
                DutyTransaction.begin(work);
                try (Statement statement = work.createStatement()) {
                    statement.executeUpdate("INSERT INTO act VALUES('half')");
                    way.stall();
                    await(second, DutyState.ON_DUTY);
                    way.resume();
                    assertThat(org.assertj.core.api.Assertions.catchThrowable(work::commit))
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(acts()).isEmpty();
        }
    }

    @Test
    void what_fails_in_a_duty_transaction_leaves_nothing() throws Exception {
        try (Console console = new Console(own, "one").start()) {
            await(console, DutyState.ON_DUTY);
            Tenure tenure = console.lock.held().orElseThrow();
            try (Connection work = console.work()) {
                assertThat(
                                org.assertj.core.api.Assertions.catchThrowable(() ->
                                        DutyTransaction.run(
                                                work,
                                                tenure,
                                                writing -> {
                                                    writing.createStatement()
                                                            .execute(
                                                                    "INSERT INTO act"
                                                                            + " VALUES('x')");
                                                    throw new IllegalStateException("no");
                                                })))
                        .hasMessage("no");
                assertThat(act(work, tenure, "y")).isInstanceOf(DutyTransaction.Outcome.Done.class);
            }
            assertThat(acts()).containsExactly("y");
        }
    }

    @Test
    void a_server_that_becomes_read_only_ends_the_duty() {
        try (Console console = new Console(own, "one").start()) {
            await(console, DutyState.ON_DUTY);
            database.asRoot("SET GLOBAL read_only=1");
            try {
                Deadline.within(PATIENCE, "lost", () -> console.told.size() == 2);
                assertThat(console.told.getLast()).isEqualTo("lost 1 TAKEN_AWAY");
                Deadline.within(
                        PATIENCE,
                        "the reason",
                        () ->
                                console.lock
                                        .status()
                                        .reason()
                                        .filter(why -> why.key().equals("store.db.readOnly"))
                                        .isPresent());
            } finally {
                database.asRoot("SET GLOBAL read_only=0");
            }
            await(console, DutyState.ON_DUTY);
        }
    }
}
