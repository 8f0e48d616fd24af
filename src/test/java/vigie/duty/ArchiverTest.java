package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.feed.Deadline;
import vigie.history.archive.RolledPoints;
import vigie.store.Accounts;
import vigie.store.DatabaseAddress;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The archiver on a real server, from the recorder's rows to the archive's. */
@ExtendWith(EmbeddedMariaDb.class)
class ArchiverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FOR_NOTHING = Duration.ofSeconds(1);

    private TestDatabase database;
    private DatabaseAddress own;
    private ArchivedHome home;

    @BeforeEach
    void start(TestDatabase database) throws Exception {
        this.database = database;
        own = database.reader().withSchema(database.schema() + "_own");
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
        String account = Accounts.account(own.user(), "127.0.0.1");
        for (String grant : Accounts.ownSchemaGrants(account, own.schema())) {
            database.asRoot(grant);
        }
        home = new ArchivedHome(database, own.schema(), 20_261_126);
    }

    @AfterEach
    void end() throws SQLException {
        home.close();
        database.asRoot("DROP DATABASE IF EXISTS " + own.schema());
    }

    /** One process that may be on duty. */
    private final class Life implements AutoCloseable {
        final DutyService duty =
                DutyService.start(own, Clock.systemUTC(), Duration.ofMillis(500), Duration.ZERO);
        final Archiver archiver;

        Life(ArchiveSettings settings) {
            archiver =
                    Archiver.start(
                            database.reader(),
                            own.schema(),
                            duty.connections(),
                            duty::held,
                            settings,
                            Clock.systemUTC());
        }

        Life() {
            this(new ArchiveSettings(90, new RolledPoints(List.of("sensor.*"))));
        }

        boolean isCurrent() {
            return archiver.status().phase() == ArchiveStatus.Phase.CURRENT;
        }

        void awaitCurrent() {
            Deadline.within(PATIENCE, "current", this::isCurrent);
        }

        @Override
        public void close() {
            archiver.close();
            duty.close();
        }
    }

    private void awaitEqual() {
        Deadline.within(
                PATIENCE, "archive equals source", () -> home.archived().equals(home.recorded()));
    }

    @Test
    void every_row_is_archived_once_those_from_before_and_those_that_come() throws Exception {
        home.past(5_000, Duration.ofDays(3));
        try (Life life = new Life()) {
            life.awaitCurrent();
            for (int i = 0; i < 30; i++) {
                home.act();
            }
            awaitEqual();
        }
        assertThat(home.archived()).isEqualTo(home.recorded());
        assertThat(home.textChanges()).isEqualTo(home.expectedTextChanges());
    }
}
