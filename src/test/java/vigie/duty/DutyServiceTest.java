package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.feed.Deadline;
import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.FutureSchema;
import vigie.store.HostPort;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.timeline.LiveTimeline;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The duty as a console runs it, beside a picture of the room. */
@ExtendWith(EmbeddedMariaDb.class)
class DutyServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OWN = "t_duty_service_own";

    private TestDatabase database;
    private DatabaseAddress own;

    @BeforeAll
    static void recorder(TestDatabase database) throws IOException {
        RecorderTables.create(database);
    }

    @BeforeEach
    void schema(TestDatabase database) {
        this.database = database;
        own = database.reader().withSchema(OWN);
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
        forbid();
    }

    private String account() {
        return Accounts.account(database.reader().user(), "127.0.0.1");
    }

    private void allow() {
        Accounts.ownSchemaGrants(account(), OWN).forEach(database::asRoot);
    }

    private void forbid() {
        allow();
        database.asRoot(
                "REVOKE ALL PRIVILEGES ON `" + OWN.replace("_", "\\_") + "`.* FROM " + account());
    }

    private long beats() {
        return Long.parseLong(
                database
                        .column(
                                "SELECT UNIX_TIMESTAMP(written_at)*1e6 DIV 1 FROM "
                                        + OWN
                                        + ".heartbeat")
                        .stream()
                        .findFirst()
                        .orElse("0"));
    }

    @Test
    void a_console_that_may_write_makes_the_schema_takes_the_duty_and_beats() {
        allow();
        try (DutyService duty =
                DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(50), Duration.ZERO)) {
            Deadline.within(PATIENCE, "on duty", () -> duty.held().isPresent());
            Deadline.within(
                    PATIENCE,
                    "beats",
                    () ->
                            database.column("SHOW TABLES IN " + OWN).contains("heartbeat")
                                    && beats() > 0);
            long first = beats();
            Deadline.within(PATIENCE, "beats again", () -> beats() > first);
            assertThat(duty.access()).contains(new OwnSchema.Usable(own, 4));
            assertThat(
                            database.column(
                                    "SELECT h.epoch=d.epoch AND h.writer=d.holder FROM "
                                            + OWN
                                            + ".heartbeat h, "
                                            + OWN
                                            + ".duty d"))
                    .containsExactly("1");
        }
        long last = beats();
        assertThat(database.column("SELECT IS_FREE_LOCK('vigie.duty." + OWN + "')"))
                .containsExactly("1");
        assertThat(beats()).isEqualTo(last);
    }

    @Test
    void a_console_that_may_not_write_says_so_and_starts_when_it_may() throws Exception {
        try (DutyService duty =
                DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(50), Duration.ZERO)) {
            Deadline.within(PATIENCE, "an answer", () -> duty.access().isPresent());
            assertThat(duty.access().orElseThrow())
                    .isEqualTo(
                            new OwnSchema.NotPermitted(
                                    own, Accounts.ownSchemaGrants(account(), OWN)));
            Deadline.within(
                    PATIENCE,
                    "the reason",
                    () ->
                            duty.status()
                                    .reason()
                                    .filter(why -> why.key().equals("store.own.notPermitted"))
                                    .isPresent());
            assertThat(duty.held()).isEmpty();
            allow();
            Deadline.within(PATIENCE, "on duty", () -> duty.held().isPresent());
        }
    }

    @Test
    void an_older_console_gives_the_duty_up_when_a_newer_one_upgrades_and_takes_it_again_after()
            throws Exception {
        allow();
        try (DutyService older =
                DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(50), Duration.ZERO)) {
            Deadline.within(PATIENCE, "on duty", () -> older.held().isPresent());

            assertThat(FutureSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);

            Deadline.within(
                    PATIENCE,
                    "standing by, with the reason",
                    () ->
                            older.held().isEmpty()
                                    && older.status()
                                            .reason()
                                            .filter(why -> why.key().equals("store.own.newer"))
                                            .isPresent());
            assertThat(older.access())
                    .contains(new OwnSchema.Newer(own, FutureSchema.VERSION, OwnSchema.known()));
            long last = beats();
            database.asRoot("DELETE FROM " + OWN + ".flyway_schema_history WHERE version='99'");
            Deadline.within(PATIENCE, "on duty again", () -> older.held().isPresent());
            Deadline.within(PATIENCE, "beats again", () -> beats() > last);
        }
    }

    @Test
    void starting_and_ending_wait_for_no_server() {
        DatabaseAddress nobody = own.at(new HostPort("127.0.0.1", 1));
        long began = System.nanoTime();
        DutyService duty = DutyService.start(nobody, Clock.systemUTC());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        Deadline.within(PATIENCE, "away", () -> duty.status().state() == DutyState.AWAY);
        began = System.nanoTime();
        duty.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        assertThat(duty.status().state()).isEqualTo(DutyState.ENDED);
    }

    @Test
    void an_idle_room_with_consoles_that_may_write_grows_by_heartbeats_alone() throws Exception {
        allow();
        try (DutyService one =
                        DutyService.start(
                                own, Clock.systemUTC(), Duration.ofMillis(50), Duration.ZERO);
                DutyService two =
                        DutyService.start(
                                own, Clock.systemUTC(), Duration.ofMillis(50), Duration.ZERO);
                LiveTimeline picture = LiveTimeline.start(database.reader(), Clock.systemUTC())) {
            Deadline.within(
                    PATIENCE,
                    "one on duty, one standing by, a picture",
                    () ->
                            one.held().isPresent() != two.held().isPresent()
                                    && (one.status().state() == DutyState.STANDBY
                                            || two.status().state() == DutyState.STANDBY)
                                    && picture.moment().feed().isLive()
                                    && database.column("SHOW TABLES IN " + OWN)
                                            .contains("heartbeat")
                                    && beats() > 0);
            Log before = Log.end(database);
            // The short form: the one with which a tenure begins comes once.
            Set<Long> seen = new HashSet<>();
            Deadline.within(PATIENCE, "heartbeats", () -> seen.add(beats()) && seen.size() > 40);
            List<String> groups = before.groups(database);
            assertThat(groups).hasSizeGreaterThanOrEqualTo(40).containsOnly(OWN + ".heartbeat");
            long bytes = Log.end(database).position - before.position;
            long perMinute =
                    bytes
                            / before.groups(database).size()
                            * (Duration.ofMinutes(1).toSeconds() / Heartbeat.PERIOD.toSeconds());
            assertThat(perMinute).as("bytes of log a minute").isBetween(1_000L, 20_000L);
        }
    }

    /** A place in the server's log. */
    private record Log(String file, long position) {
        private static final Pattern TABLE = Pattern.compile("table_id: \\d+ \\(([^)]+)\\)");

        static Log end(TestDatabase database) {
            try (Connections connections = new Connections(database.root(), "log");
                    Connection connection = connections.single();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
                row.next();
                return new Log(row.getString(1), row.getLong(2));
            } catch (java.sql.SQLException | vigie.text.Fault failed) {
                throw new IllegalStateException(failed);
            }
        }

        /** The tables that each group since then wrote to, joined by commas. */
        List<String> groups(TestDatabase database) {
            List<String> groups = new ArrayList<>();
            try (Connections connections = new Connections(database.root(), "log");
                    Connection connection = connections.single();
                    Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "SHOW BINLOG EVENTS IN '" + file + "' FROM " + position)) {
                List<String> tables = new ArrayList<>();
                while (row.next()) {
                    switch (row.getString("Event_type")) {
                        case "Gtid" -> tables.clear();
                        case "Table_map" -> {
                            Matcher table = TABLE.matcher(row.getString("Info"));
                            tables.add(table.find() ? table.group(1) : row.getString("Info"));
                        }
                        case "Xid" -> groups.add(String.join(",", tables));
                        case "Query" -> groups.add(row.getString("Info"));
                        default -> {
                            // Rows and the statement's text, between those.
                        }
                    }
                }
                return groups;
            } catch (java.sql.SQLException | vigie.text.Fault failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
