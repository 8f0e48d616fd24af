package vigie.console;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.start.PixelSize;
import vigie.plan.PlanFile;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.timeline.LiveTimeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole way: a row committed to a real MariaDB is read from its binlog and is on screen. */
@ExtendWith({EmbeddedMariaDb.class, ApplicationExtension.class})
class CommittedValueTest {
    private @TempDir Path folder;

    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        CommittedValueTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String statement = sql.strip();
                String verb = statement.toUpperCase(Locale.ROOT);
                if (!statement.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(statement);
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.rack_a1_inlet_top')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\","
                        + "\"device_class\":\"temperature\"}')");
        commit(database, "21.4");
    }

    @Start
    void toolkit(Stage stage) {
        stage.setTitle("only starts the toolkit");
    }

    @Test
    void a_value_committed_to_mariadb_is_on_screen(TestDatabase database) throws Exception {
        ConsoleSettings settings =
                new ConsoleSettings(
                        Locale.UK,
                        PlanFile.builtIn(),
                        Optional.empty(),
                        "test",
                        Optional.of(
                                new Shot(
                                        folder.resolve("never.png"),
                                        Duration.ofHours(1),
                                        PixelSize.FULL_HD)));
        try (Console console =
                Console.open(
                        settings, () -> LiveTimeline.start(database.reader(), Clock.systemUTC()))) {
            untilShown("21.4");
            commit(database, "33.3");
            untilShown("33.3");
            assertThat(console.inTheWay()).isEmpty();
        }
    }

    private static void commit(TestDatabase database, String state) {
        database.execute(
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id) VALUES (1, '"
                        + state
                        + "', UNIX_TIMESTAMP(NOW(6)), 1)");
    }

    private static void untilShown(String words) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () ->
                        WaitForAsyncUtils.waitForAsyncFx(
                                5_000,
                                () ->
                                        Window.getWindows().stream()
                                                .anyMatch(window ->
                                                        shows(
                                                                window.getScene().getRoot(),
                                                                words))));
    }

    private static boolean shows(Node node, String words) {
        if (!node.isVisible()) {
            return false;
        }
        boolean itself =
                switch (node) {
                    case Labeled label ->
                            label.getText() != null && label.getText().contains(words);
                    case Text text -> text.getText().contains(words);
                    default -> false;
                };
        if (itself || !(node instanceof Parent parent)) {
            return itself;
        }
        return parent.getChildrenUnmodifiable().stream().anyMatch(child -> shows(child, words));
    }
}
