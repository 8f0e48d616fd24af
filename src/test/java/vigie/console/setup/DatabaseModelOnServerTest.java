package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.console.setup.DatabaseModel.Check;
import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.feed.Present;
import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The pages against a real server, their JavaFX thread being that of the test. */
@ExtendWith(EmbeddedMariaDb.class)
class DatabaseModelOnServerTest {
    private static final long PATIENCE_SECONDS = 40;

    private final BlockingQueue<Runnable> home = new LinkedBlockingQueue<>();
    private final SetupTools tools =
            new SetupTools(
                    address ->
                            Diagnosis.of(address, address.own(Optional.empty()), Clock.systemUTC()),
                    Present::read,
                    (change, drawn, language) -> {
                        throw new IllegalStateException("nothing is written here");
                    },
                    Path.of("vigie.yaml"),
                    Later.THREADS,
                    home::add);
    private Optional<DatabaseModel> open = Optional.empty();
    private Optional<PlanModel> plan = Optional.empty();

    @BeforeEach
    void a_recorder_of_today(TestDatabase database) throws Exception {
        database.asRoot(
                "DROP DATABASE `" + database.schema() + "`",
                "CREATE DATABASE `" + database.schema() + "`");
        try (InputStream in =
                DatabaseModelOnServerTest.class.getResourceAsStream("/recorder/schema-53.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : script.replaceAll("--[^\n]*", "").split(";")) {
                if (sql.strip().startsWith("CREATE TABLE")) {
                    database.execute(sql);
                }
            }
        }
        database.execute(
                "INSERT INTO schema_changes (schema_version, changed) VALUES (53, NOW(6))",
                "INSERT INTO states_meta (metadata_id, entity_id) VALUES (1, 'sensor.a')",
                "INSERT INTO states (state, metadata_id, last_updated_ts) VALUES ('21.5', 1,"
                        + " UNIX_TIMESTAMP(NOW(6)))");
    }

    @AfterEach
    void close() {
        open.ifPresent(DatabaseModel::close);
        plan.ifPresent(PlanModel::close);
    }

    @Test
    void a_wrong_password_is_told_and_the_right_one_serves_while_somebody_types(
            TestDatabase database) throws Exception {
        DatabaseAddress right = database.reader();
        DatabaseModel model =
                new DatabaseModel(tools, Optional.of(right.withPassword(Secret.of("geheim"))));
        open = Optional.of(model);
        Diagnosis refused = found(model, diagnosis -> diagnosis.grade() == Grade.BLOCKED);
        assertThat(refused.hosts().getFirst().findings())
                .filteredOn(finding -> finding.grade() == Grade.BLOCKED)
                .extracting(Finding::key)
                .containsExactly("login");
        assertThat(model.isReady()).isFalse();
        model.passwordProperty().set(right.password().reveal());
        found(model, diagnosis -> diagnosis.grade() != Grade.BLOCKED);
        assertThat(model.isReady()).isTrue();
        assertThat(model.address()).contains(right);
    }

    @Test
    void what_the_database_holds_is_there_with_its_values(TestDatabase database) throws Exception {
        PlanModel model = new PlanModel(tools, Optional.empty());
        plan = Optional.of(model);
        model.watch(Optional.of(database.reader()));
        until(() -> model.liveProperty().get().isPresent());
        assertThat(model.liveProperty().get().orElseThrow().room().points())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.id().name()).isEqualTo("sensor.a");
                    assertThat(point.newest().orElseThrow().text()).isEqualTo("21.5");
                });
    }

    private Diagnosis found(DatabaseModel model, Predicate<Diagnosis> wanted) throws Exception {
        until(() ->
                model.checkProperty().get() instanceof Check.Found(Diagnosis diagnosis)
                        && wanted.test(diagnosis));
        return ((Check.Found) model.checkProperty().get()).diagnosis();
    }

    /** Does what comes home until the condition holds. */
    private void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            Runnable next = home.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(next).as("something happens").isNotNull();
            next.run();
        }
    }
}
