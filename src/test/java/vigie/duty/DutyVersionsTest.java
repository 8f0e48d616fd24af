package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.feed.Deadline;
import vigie.history.archive.Expiry;
import vigie.history.archive.Filling;
import vigie.history.archive.Marks;
import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;
import vigie.store.Secret;
import vigie.store.testing.ServerVersion;
import vigie.store.testing.TestServer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/** Schema, duty and hand-over on each server that people run. */
class DutyVersionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void an_account_with_the_rights_that_are_named_keeps_schema_and_duty(
            ServerVersion version, @TempDir Path folder) throws Exception {
        version.assumeHere();
        try (TestServer server = version.start(folder)) {
            DatabaseAddress root = server.root("mysql");
            try (Connections connections = new Connections(root, "root");
                    Connection connection = connections.single();
                    Statement statement = connection.createStatement()) {
                String account = Accounts.account("vigie", "%");
                statement.execute("CREATE USER " + account + " IDENTIFIED BY 'pass'");
                for (String grant : Accounts.ownSchemaGrants(account, "vigie")) {
                    statement.execute(grant);
                }
            }
            DatabaseAddress own =
                    new DatabaseAddress(
                            root.hosts(), "vigie", Secret.of("pass"), "vigie", root.tls());
            try (DutyService first = start(own)) {
                Deadline.within(PATIENCE, "on duty", () -> first.held().isPresent());
                assertThat(first.access()).contains(new OwnSchema.Usable(own, 3));
                assertThat(first.held().orElseThrow().epoch()).isEqualTo(1);
                try (DutyService second = start(own)) {
                    Deadline.within(
                            PATIENCE,
                            "standing by",
                            () -> second.status().state() == DutyState.STANDBY);
                }
            }
            partitionsComeAndGo(own);
            try (DutyService third = start(own)) {
                Deadline.within(PATIENCE, "on duty", () -> third.held().isPresent());
                assertThat(third.held().orElseThrow().epoch()).isEqualTo(2);
            }
        }
    }

    private static DutyService start(DatabaseAddress own) {
        return DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(100), Duration.ZERO);
    }

    private static void partitionsComeAndGo(DatabaseAddress own) throws Exception {
        try (Connections connections = new Connections(own, "expiry");
                Connection connection = connections.writable();
                Statement statement = connection.createStatement()) {
            long now = Filling.now(connection);
            Expiry expiry = new Expiry("home", new Marks(), 30);
            expiry.ahead(connection, now, now - Duration.ofDays(9).toNanos() / 1_000);
            expiry.ahead(connection, now, now);
            assertThat(partitions(statement)).isEqualTo(9 + 1 + 8 + 1);
            statement.execute(
                    "INSERT INTO archive(recorder,expired_to_us,epoch) VALUES('home',"
                            + (now - Duration.ofDays(5).toNanos() / 1_000)
                            + ",1)");
            expiry.load(connection);
            assertThat(expiry.drop(connection, now)).isTrue();
            assertThat(partitions(statement)).isEqualTo(9 + 1 + 8 + 1 - 4);
            statement.execute("DELETE FROM archive");
        }
    }

    private static int partitions(Statement statement) throws Exception {
        try (var row =
                statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.PARTITIONS WHERE"
                                + " TABLE_SCHEMA=DATABASE() AND TABLE_NAME='reading'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
