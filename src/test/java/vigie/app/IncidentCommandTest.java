package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.history.History;
import vigie.history.Work;
import vigie.incident.IncidentFile;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.room.Freshness;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** {@code vigie incident} from outside, over a recorder's tables. */
@ExtendWith(EmbeddedMariaDb.class)
class IncidentCommandTest {
    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
    private static final String FROM = "2026-03-28T12:10Z";
    private static final String TO = "2026-03-28T13:20Z";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path folder;

    /** A cooling unit stops for half an hour; a rack gets warm. */
    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        IncidentCommandTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String verb = sql.strip().toUpperCase(Locale.ROOT);
                if (!verb.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.rack_a1_inlet_top'),"
                        + "(2,'binary_sensor.crac_1_running'),(3,'sensor.free')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}'),"
                        + "(2,0,'{}')",
                "DELETE FROM recorder_runs",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-03-01',0,'2026-03-01')");
        row(database, 2, "on", 0);
        row(database, 2, "off", 1_200);
        row(database, 2, "on", 3_000);
        Random random = new Random(1);
        for (int second = 0; second < 5_400; second += 10) {
            double warm = second < 1_200 ? 0 : Math.min(second, 3_600) / 200.0 - 6;
            double cool = second < 3_600 ? 0 : Math.min(12, (second - 3_600) / 60.0);
            double value = 21 + warm - cool;
            row(database, 1, String.format(Locale.ROOT, "%.1f", value), second);
            row(database, 3, String.valueOf(random.nextInt(100)), second + 3);
        }
    }

    private static void row(TestDatabase database, int key, String text, int second) {
        database.execute(
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id) VALUES ("
                        + key
                        + ",'"
                        + text
                        + "',"
                        + (NOON.getEpochSecond() + second)
                        + ","
                        + (key == 2 ? 2 : 1)
                        + ")");
    }

    private int run(Map<String, String> environment, String... words) {
        out.reset();
        err.reset();
        return Main.run(
                words,
                environment,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    private Map<String, String> with(TestDatabase database) {
        return Map.of(
                "MARIADB_URL",
                database.reader().url(),
                "LANG",
                "en_GB.UTF-8",
                "HOME",
                folder.toString());
    }

    /** Another computer: no database, nothing in its home. */
    private Map<String, String> elsewhere() {
        return Map.of("LANG", "en_GB.UTF-8", "HOME", folder.resolve("fresh").toString());
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path save(TestDatabase database) {
        Path file = folder.resolve("failure.vigie");
        assertThat(
                        run(
                                with(database),
                                "incident",
                                "save",
                                "--from",
                                FROM,
                                "--to",
                                TO,
                                "--note",
                                "Belt of unit 1 torn",
                                "--as",
                                "Ada",
                                file.toString()))
                .as(complained())
                .isZero();
        return file;
    }

    @Test
    void what_was_saved_is_told_where_no_database_is(TestDatabase database) throws IOException {
        assertThat(
                        run(
                                with(database),
                                "note",
                                "No",
                                "air",
                                "--at",
                                "2026-03-28T12:30Z",
                                "--as",
                                "Grace",
                                "--element",
                                "crac-1"))
                .as(complained())
                .isZero();
        Path file = save(database);
        assertThat(said()).startsWith(file + " is saved: ").hasLineCount(1);
        assertThat(complained()).contains("Saving");
        assertThat(run(elsewhere(), "incident", "verify", file.toString())).isZero();
        assertThat(said()).contains("whole and unchanged").hasLineCount(1);
        assertThat(run(elsewhere(), "incident", "show", file.toString())).isZero();
        assertThat(said().replace('\u00A0', ' '))
                .containsSubsequence(
                        "First out of its limits",
                        "2026-03-28 13:20:00+01:00  Cooling unit 1, operation: stopped (alarm)",
                        "Then followed",
                        "  Rack A1 inlet, top: Temperature 27.1 °C, above 27.0 °C (warning)",
                        "How far it went",
                        "2026-03-28 13:59:50+01:00  Rack A1 inlet, top: Temperature 33.0 °C, above"
                                + " 32.0 °C (alarm)",
                        "Recovery",
                        "2026-03-28 13:50:00+01:00  Cooling unit 1 is within its limits again",
                        "Notes",
                        "2026-03-28 13:10:00+01:00  Ada: Belt of unit 1 torn",
                        "2026-03-28 13:30:00+01:00  Grace (Cooling unit 1): No air");
        assertThat(run(elsewhere(), "incident", "show", "--format", "json", file.toString()))
                .isZero();
        assertThat(said())
                .hasLineCount(1)
                .contains("\"first\":{\"element\":\"crac-1\"")
                .contains("\"followed\":[{\"element\":\"a1\"")
                .containsOnlyOnce("\"text\":\"No air\"");
        assertThat(run(elsewhere(), "incident", "show", "--lang", "fr", file.toString())).isZero();
        assertThat(said()).contains("Premier hors de ses limites");
    }

    @Test
    void each_of_its_moments_is_that_of_the_database(TestDatabase database) throws Exception {
        Path file = save(database);
        Random random = new Random(2);
        Work work = new Work();
        try (History history = new History(database.reader(), database.reader(), ZoneOffset.UTC);
                IncidentFile incident = IncidentFile.open(file)) {
            for (int i = 0; i < 40; i++) {
                Instant at = NOON.plusSeconds(1).plusMillis(random.nextInt(4_799_000));
                Reel expected = history.reel(at, Basis.KNOWN_NOW, work);
                Reel found = incident.recorded().reel(at, Basis.KNOWN_NOW, work);
                assertThat(found.at(at)).as("%s", at).isEqualTo(expected.at(at));
                assertThat(freshness(found, at)).isEqualTo(freshness(expected, at));
            }
            assertThat(incident.occurrences())
                    .extracting(one -> one.kind().word() + " " + one.at())
                    .contains(
                            "state 2026-03-28T12:20:00Z",
                            "limit 2026-03-28T12:40:10Z",
                            "note 2026-03-28T12:10:00Z");
        }
    }

    private static Freshness freshness(Reel reel, Instant at) {
        return Freshness.of(
                reel.at(at), reel.cadences(), Freshness.USUAL_COMMIT, Optional.empty(), at);
    }

    @Test
    void words_that_are_wrong_and_files_that_are_none_get_one_sentence(TestDatabase database)
            throws IOException {
        Path file = folder.resolve("x.vigie");
        String name = file.toString();
        assertThat(run(with(database), "incident", "save", "--lead-in", "soon", name)).isEqualTo(2);
        assertThat(complained()).hasLineCount(1).contains("soon");
        assertThat(run(with(database), "incident", "save", "--from", TO, "--to", FROM, name))
                .isEqualTo(2);
        assertThat(run(with(database), "incident", "save", "--note", " ", name)).isEqualTo(2);
        assertThat(run(with(database), "incident")).isEqualTo(2);
        assertThat(
                        run(
                                with(database),
                                "incident",
                                "save",
                                "--from",
                                "2020-01-01",
                                "--to",
                                "2020-01-02",
                                name))
                .isEqualTo(3);
        assertThat(complained()).contains("Nothing was recorded in that time");
        assertThat(file).doesNotExist();
        assertThat(run(with(database), "incident", "save", "--from", "now-9m", name)).isEqualTo(1);
        assertThat(complained()).contains("only what was known before");
        Files.delete(file);
        for (String command : new String[] {"show", "verify"}) {
            assertThat(run(elsewhere(), "incident", command, name)).isEqualTo(3);
            assertThat(complained()).hasLineCount(1).startsWith(name + " is not there");
        }
        byte[] bytes = Files.readAllBytes(save(database));
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        assertThat(run(elsewhere(), "incident", "verify", name)).isEqualTo(3);
        assertThat(complained()).hasLineCount(1).contains("was changed after it was saved");
    }
}
