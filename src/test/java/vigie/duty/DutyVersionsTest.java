package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.feed.Deadline;
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
                assertThat(first.access()).contains(new OwnSchema.Usable(own, 2));
                assertThat(first.held().orElseThrow().epoch()).isEqualTo(1);
                try (DutyService second = start(own)) {
                    Deadline.within(
                            PATIENCE,
                            "standing by",
                            () -> second.status().state() == DutyState.STANDBY);
                }
            }
            try (DutyService third = start(own)) {
                Deadline.within(PATIENCE, "on duty", () -> third.held().isPresent());
                assertThat(third.held().orElseThrow().epoch()).isEqualTo(2);
            }
        }
    }

    private static DutyService start(DatabaseAddress own) {
        return DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(100), Duration.ZERO);
    }
}
