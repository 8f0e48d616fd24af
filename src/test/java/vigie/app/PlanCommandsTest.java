package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code vigie plan check|bind|unbind|new} from outside. */
@ExtendWith(EmbeddedMariaDb.class)
class PlanCommandsTest {
    private static final String PLAN =
            """
            {
              "format": "vigie-plan",
              "version": 1,
              "rooms": [{"id": "room", "zone": "Europe/Brussels", "outline": [[0, 0], [6, 0], [6, 4]]}],
              "racks": [{"id": "a1", "row": "A", "x": 1, "y": 1, "width": 1, "depth": 1, "facing": "west", "height": 2}],
              "sensors": [
                {"id": "inlet", "role": "inlet", "at": [1.85, 1.3], "height": 1.5, "of": "a1"},
                {"id": "door", "role": "door", "at": [1, 1], "height": 1.5},
                {"id": "ups", "role": "ups", "at": [1, 1], "height": 1.5}
              ],
              "placements": [
                {"point": "sensor.gone", "sensor": "ups", "quantity": "load", "to": "2026-01-01T00:00:00Z"},
                {"point": "sensor.rack_a1_inlat", "sensor": "inlet", "quantity": "temperature"},
                {"point": "sensor.energy", "sensor": "ups", "quantity": "load", "from": "2026-01-01T00:00:00Z"}
              ]
            }
            """;

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream schema =
                Objects.requireNonNull(
                        PlanCommandsTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : text.replaceAll("--[^\n]*", "").split(";")) {
                String verb = sql.strip().toUpperCase(Locale.ROOT);
                if (!verb.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.rack_a1_inlet'),(2,'binary_sensor.door'),"
                        + "(3,'sensor.energy')",
                "INSERT INTO state_attributes VALUES"
                        + " (1,0,'{\"unit_of_measurement\":\"°F\",\"device_class\":\"temperature\","
                        + "\"friendly_name\":\"Inlet A1\"}'),(2,0,'{}'),"
                        + "(3,0,'{\"unit_of_measurement\":\"kWh\"}')",
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id) VALUES"
                        + " (1,'70',UNIX_TIMESTAMP(),1),(2,'off',UNIX_TIMESTAMP(),2),"
                        + "(3,'7',UNIX_TIMESTAMP(),3)");
    }

    @BeforeEach
    void plan(TestDatabase database) throws IOException {
        file = home.resolve("room.json");
        Files.writeString(file, PLAN);
        environment.put("MARIADB_URL", database.reader().url());
        environment.put("LANG", "en_GB.UTF-8");
        environment.put("HOME", home.toString());
        environment.put("VIGIE_PLAN", file.toString());
    }

    private int plan(String... words) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("plan"));
        all.addAll(Arrays.asList(words));
        return Main.run(
                all.toArray(String[]::new),
                environment,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String written() throws IOException {
        return Files.readString(file);
    }

    @Test
    void a_check_compares_the_plan_with_the_database_and_names_what_is_near() {
        assertThat(plan("check")).isEqualTo(1);
        assertThat(said().lines().toList())
                .containsExactly(
                        "! /placements/1 (inlet): the database has no point sensor.rack_a1_inlat;"
                                + " perhaps sensor.rack_a1_inlet was meant",
                        "! /placements/2 (ups): sensor.energy is recorded in “kWh”, so it shows no"
                                + " number as load: expected is “%” or a unit that converts to it",
                        "· binary_sensor.door: binary_sensor.door; not bound",
                        "· sensor.rack_a1_inlet: Inlet A1 (°F); not bound",
                        file
                                + ": 5 elements, 3 placements; 2 warnings; 2 points of the database"
                                + " are not bound.");
    }

    @Test
    void a_check_as_json_is_one_object_a_line() {
        assertThat(plan("check", file.toString(), "--format", "json")).isEqualTo(1);
        assertThat(said().lines().toList())
                .first()
                .isEqualTo(
                        "{\"grade\":\"warning\",\"at\":\"/placements/1\",\"element\":\"inlet\","
                                + "\"found\":\"the database has no point sensor.rack_a1_inlat;"
                                + " perhaps sensor.rack_a1_inlet was"
                                + " meant\",\"near\":[\"sensor.rack_a1_inlet\"]}");
        assertThat(said().lines().toList())
                .last()
                .isEqualTo(
                        "{\"result\":\"warning\",\"plan\":\""
                                + file
                                + "\",\"faults\":0,\"more\":false,\"warnings\":2,\"compared\":true,"
                                + "\"free\":2}");
    }

    @Test
    void a_check_tells_every_fault_with_its_element_and_without_a_database_that_none_is_known()
            throws IOException {
        environment.remove("MARIADB_URL");
        Files.writeString(
                file,
                PLAN.replace("\"west\"", "\"westt\"")
                        .replace("\"role\": \"door\"", "\"roll\": \"door\"")
                        .replace("\"to\": \"2026-01-01T00:00:00Z\"", "\"to\": \"yesterday\""));
        assertThat(plan("check")).isEqualTo(3);
        assertThat(said().lines().toList())
                .containsExactly(
                        "✗ /racks/0/facing (a1): “westt” is not known; known are north, east,"
                                + " south, west",
                        "✗ /sensors/1/roll (door): no such field is known; perhaps “role” was"
                                + " meant",
                        "✗ /placements/0/to (sensor.gone): a time with its offset such as"
                                + " 2026-11-21T06:30:00Z was expected, not “yesterday”",
                        file + " cannot be used: 3 faults.");
        Files.writeString(file, PLAN.replace("\"sensor\": \"ups\"", "\"sensor\": \"upss\""));
        assertThat(plan("check")).isEqualTo(3);
        assertThat(said().lines().toList())
                .hasSize(3)
                .contains(
                        "✗ /placements/2/sensor (sensor.energy): there is no “upss” in the plan;"
                                + " perhaps “ups” was meant");
        Files.writeString(file, PLAN);
        assertThat(plan("check")).isZero();
        assertThat(said()).contains("nothing wrong. It was not compared with a database");
        assertThat(plan("check", home.resolve("none.json").toString())).isEqualTo(3);
        assertThat(complained()).contains("There is no plan file");
    }

    @Test
    void a_database_that_is_away_ends_a_check_with_its_sentence_after_what_is_known() {
        environment.put("MARIADB_URL", "mysql://v:x@127.0.0.1:1/ha");
        assertThat(plan("check")).isEqualTo(3);
        assertThat(said()).contains("nothing wrong");
        assertThat(complained()).contains("127.0.0.1:1");
    }

    @Test
    void bind_infers_what_the_point_tells_and_ends_what_was_there() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(plan("bind", "sensor.rack_a1_inlet", "inlet", "--from", "2026-11-01T12:00Z"))
                .isZero();
        assertThat(said().lines().toList())
                .containsExactly(
                        "sensor.rack_a1_inlat was bound to inlet as temperature until"
                                + " 2026-11-01T12:00:00Z.",
                        "sensor.rack_a1_inlet is bound to inlet as temperature from"
                                + " 2026-11-01T12:00:00Z on.");
        assertThat(written())
                .contains(
                        "\"quantity\": \"temperature\", \"to\": \"2026-11-01T12:00:00Z\"},",
                        "{\"point\": \"sensor.rack_a1_inlet\", \"sensor\": \"inlet\", \"quantity\":"
                                + " \"temperature\", \"from\": \"2026-11-01T12:00:00Z\"}\n  ]");
        assertThat(home.resolve("room.json~")).hasContent(PLAN);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(home).isDirectoryNotContaining("glob:**.tmp");
        String once = written();
        assertThat(plan("bind", "sensor.rack_a1_inlet", "inlet")).isZero();
        assertThat(complained()).contains("nothing was changed");
        assertThat(written()).isEqualTo(once);
    }

    @Test
    void bind_of_what_was_always_wrong_and_by_the_role_of_the_sensor() throws IOException {
        assertThat(plan("bind", "sensor.rack_a1_inlet", "inlet", "--replace")).isZero();
        assertThat(written()).doesNotContain("inlat");
        assertThat(plan("bind", "binary_sensor.door", "door")).isZero();
        assertThat(said()).isEqualTo("binary_sensor.door is bound to door as open, since ever.\n");
        assertThat(plan("unbind", "binary_sensor.door", "--replace")).isZero();
        assertThat(written()).doesNotContain("binary_sensor.door");
    }

    @Test
    void a_binding_that_cannot_be_is_refused_with_what_would_help_and_nothing_is_written()
            throws IOException {
        assertThat(plan("bind", "sensor.rack_a1_inle", "inlet")).isEqualTo(3);
        assertThat(complained()).contains("perhaps", "sensor.rack_a1_inlet", "--unseen");
        assertThat(plan("bind", "sensor.rack_a1_inlet", "inlett")).isEqualTo(2);
        assertThat(complained()).contains("perhaps", "inlet");
        assertThat(plan("bind", "sensor.energy", "inlet")).isEqualTo(2);
        assertThat(complained()).contains("--quantity", "temperature");
        assertThat(plan("bind", "sensor.energy", "inlet", "--quantity", "warmth")).isEqualTo(2);
        assertThat(complained()).contains("no quantity", "temperature");
        assertThat(plan("bind", "sensor.energy")).isEqualTo(2);
        assertThat(plan("unbind", "sensor.energi")).isEqualTo(1);
        assertThat(complained()).contains("sensor.energy");
        assertThat(written()).isEqualTo(PLAN);
        assertThat(home.resolve("room.json~")).doesNotExist();
        environment.remove("VIGIE_PLAN");
        assertThat(plan("bind", "sensor.rack_a1_inlet", "inlet")).isEqualTo(3);
        assertThat(complained()).contains("vigie plan new FILE");
    }

    @Test
    void without_the_database_a_point_is_bound_where_it_is_said_what_it_tells() throws IOException {
        environment.put("MARIADB_URL", "mysql://v:x@127.0.0.1:1/ha");
        assertThat(plan("bind", "sensor.new", "a1")).isEqualTo(3);
        assertThat(plan("bind", "sensor.new", "a1", "--quantity", "humidity")).isZero();
        assertThat(complained()).contains("was not looked for");
        assertThat(written()).contains("\"sensor.new\", \"sensor\": \"inlet\"");
    }

    @Test
    void a_new_plan_is_an_empty_room_or_the_reference_room_and_never_another_file()
            throws IOException {
        Path made = home.resolve("new.json");
        assertThat(plan("new", made.toString(), "--width", "6", "--depth", "4", "--zone", "UTC"))
                .isZero();
        environment.put("VIGIE_PLAN", made.toString());
        assertThat(plan("bind", "sensor.rack_a1_inlet", "room")).isZero();
        assertThat(said())
                .isEqualTo(
                        "room-room is a new sensor of room; its place can be changed in the file.\n"
                                + "sensor.rack_a1_inlet is bound to room-room as temperature, since"
                                + " ever.\n");
        assertThat(plan("check")).isZero();
        assertThat(plan("new", made.toString())).isEqualTo(3);
        assertThat(complained()).contains("already a file");
        assertThat(plan("new", home.resolve("x.json").toString(), "--width", "6")).isEqualTo(2);
        Path copy = home.resolve("copy.json");
        assertThat(plan("new", copy.toString())).isZero();
        assertThat(Files.size(copy)).isGreaterThan(10_000);
    }
}
