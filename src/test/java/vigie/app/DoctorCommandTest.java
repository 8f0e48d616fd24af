package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@ExtendWith(EmbeddedMariaDb.class)
class DoctorCommandTest {
    private static final String PASSWORD_HASH = "PASSWORD '*";

    private @TempDir Path home;
    private final Map<String, String> environment = new HashMap<>();

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void a_recorder_of_today(TestDatabase database) throws Exception {
        environment.put("HOME", home.toString());
        environment.put("MARIADB_URL", database.reader().url());
        database.asRoot(
                "DROP DATABASE `" + database.schema() + "`",
                "CREATE DATABASE `" + database.schema() + "`");
        try (InputStream in =
                DoctorCommandTest.class.getResourceAsStream("/recorder/schema-53.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : script.replaceAll("--[^\n]*", "").split(";")) {
                if (sql.strip().startsWith("CREATE TABLE")) {
                    database.execute(sql);
                }
            }
        }
        database.execute(
                "INSERT INTO schema_changes (schema_version, changed) VALUES (53, NOW(6))",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES (NOW(6), 0,"
                        + " NOW(6))",
                "INSERT INTO states_meta (metadata_id, entity_id) VALUES (1, 'sensor.a')",
                "INSERT INTO states (state, metadata_id, last_updated_ts) VALUES ('1', 1,"
                        + " UNIX_TIMESTAMP(NOW(6)))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void each_check_is_one_line_when_nobody_looks(String language, TestDatabase database) {
        Answer answer = call("doctor", "--lang", language);
        assertThat(answer.code()).as(answer.out()).isEqualTo(1);
        assertThat(answer.err()).isEmpty();
        List<String> checks =
                answer.out().lines().filter(line -> line.matches("  [✓·!✗] .*")).toList();
        assertThat(checks).hasSizeGreaterThan(30);
        assertThat(answer.out())
                .contains(
                        database.reader().hosts().getFirst().toString(),
                        "GRANT SELECT ON `" + database.schema().replace("_", "\\_") + "`.* TO '",
                        "@'127.0.0.1';",
                        "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO '",
                        "ON `vigie`.* TO '")
                .doesNotContain(database.reader().password().reveal(), PASSWORD_HASH, "null");
    }

    @Test
    void on_a_terminal_lines_are_as_wide_as_it_is_and_aligned() {
        environment.put("COLUMNS", "100");
        Answer answer = call("doctor");
        List<String> lines = answer.out().lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith(" ")))
                .filteredOn(line -> !line.matches("  (CREATE|GRANT) .*"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(lines.stream().filter(line -> line.matches(" {33}[^ ].*"))).isNotEmpty();
    }

    @Test
    void a_program_reads_one_object_a_line() throws Exception {
        Answer answer = call("doctor", "--format", "json");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines.getLast().get("result").asText()).isEqualTo("warning");
        assertThat(lines)
                .filteredOn(line -> line.has("check"))
                .hasSizeGreaterThan(30)
                .allSatisfy(line ->
                        assertThat(line.get("grade").asText())
                                .isIn("ok", "unchecked", "warning", "blocked"));
        assertThat(lines)
                .filteredOn(line -> line.has("recipe"))
                .extracting(line -> line.get("recipe").asText())
                .containsExactly("reader", "own");
    }

    @Test
    void a_wrong_password_ends_with_3_and_is_not_printed(TestDatabase database) {
        environment.put(
                "MARIADB_URL",
                "mysql://"
                        + database.reader().user()
                        + ":geheim@"
                        + database.reader().hosts().getFirst()
                        + "/"
                        + database.schema());
        Answer answer = call("doctor");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out()).contains("refuses the login").doesNotContain("geheim");
    }

    @Test
    void a_server_that_is_not_there_ends_with_3() {
        Answer answer = call("doctor", "--db-url", "mysql://vigie:geheim@127.0.0.1:1/ha");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out())
                .contains("nothing listens at 127.0.0.1:1", "check the port")
                .doesNotContain("geheim");
    }

    @Test
    void an_address_that_is_none_ends_with_2() {
        assertThat(call("doctor", "--db-url", "postgres://x").code()).isEqualTo(2);
        assertThat(call("doctor", "--format", "xml").code()).isEqualTo(2);
    }

    @Test
    void the_schema_of_vigie_on_another_server_is_refused() {
        environment.put("VIGIE_DB_URL", "mysql://vigie:geheim@127.0.0.2:1/vigie");
        Answer answer = call("doctor");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("127.0.0.2:1").doesNotContain("geheim");
    }

    @Test
    void without_an_address_it_still_tells_of_this_computer_and_ends_with_3() throws Exception {
        environment.remove("MARIADB_URL");
        Answer answer = call("doctor");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err().strip().lines()).hasSize(1);
        assertThat(answer.err()).contains("No database address");
        assertThat(answer.out())
                .contains("This computer", "no file, neither", home.toString(), "reference room");
        List<String> lines = call("doctor", "--format", "json").out().lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.contains("\"check\":\"address\""))
                .singleElement()
                .asString()
                .contains("\"host\":null", "\"grade\":\"blocked\"");
        assertThat(lines.getLast()).isEqualTo("{\"result\":\"blocked\"}");
    }

    @Test
    void a_configuration_that_cannot_be_read_is_a_finding() throws Exception {
        Path file = home.resolve("mine.yaml");
        Files.writeString(file, "nonsense: 1\n");
        Answer answer = call("doctor", "--config", file.toString());
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out()).contains(file.toString(), "nonsense", "blocked");
    }

    @Test
    void a_plan_that_cannot_be_read_is_a_warning() {
        Answer answer = call("doctor", "--plan", home.resolve("none.json").toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("none.json", "last good copy");
    }

    private Answer call(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code =
                Main.run(
                        words,
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
