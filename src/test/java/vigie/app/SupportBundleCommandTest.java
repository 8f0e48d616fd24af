package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

class SupportBundleCommandTest {
    /** Nothing listens there, and that is known at once. */
    private static final String NOWHERE = "127.0.0.1:1";

    private @TempDir Path home;
    private final Map<String, String> environment = new HashMap<>();
    private Path config;
    private Path state;
    private Path file;

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void a_home() throws IOException {
        environment.put("HOME", home.toString());
        config = Files.createDirectories(home.resolve(".config/vigie"));
        state = Files.createDirectories(home.resolve(".local/state/vigie"));
        file = home.resolve("bundle.zip");
        Files.writeString(state.resolve("vigie.log"), "2026-11-21T06:00:00Z INFO began\n");
    }

    @Test
    void no_secret_is_in_it_however_it_came_onto_the_machine() throws IOException {
        environment.put("MARIADB_URL", "mysql://vigie:Planted%40One%20x@" + NOWHERE + "/ha");
        environment.put("VIGIE_DB_URL", "mysql://own:PlantedTwo@" + NOWHERE + "/vigie");
        environment.put("MYSQL_PWD", "PlantedThree");
        yaml(
                "db-url: mysql://vigie@" + NOWHERE + "/homeassistant   # it was PlantedFour",
                "db-password-file: password",
                "# root has PlantedFive",
                "lang: en");
        ownerOnly(config.resolve("password"), "Planted\"Six\n");
        Files.writeString(
                state.resolve("vigie.log"),
                """
                mysql://a:PlantedSeven@db:3306/ha refused
                refused Planted@One x and Planted%40One%20x and Planted%40One+x, PlantedTwo
                {"message":"login with Planted\\"Six"} and PlantedThree
                mariadb://b:Planted:Eight@h@db/ha
                """);
        Files.writeString(
                state.resolve("vigie.log.3"), "older: Planted@One x\nPlantedNine is mine\n");
        Path plan = home.resolve("plan.json");
        Files.writeString(plan, "{\"label\":\"room of PlantedTwo\"}");
        Answer answer =
                call(
                        "support-bundle",
                        file.toString(),
                        "--plan",
                        plan.toString(),
                        "--db-url",
                        "mysql://vigie:PlantedNine@" + NOWHERE + "/homeassistant");
        assertThat(answer.code()).as(answer.err()).isZero();
        Map<String, String> parts = parts();
        assertThat(parts)
                .containsKeys("logs/vigie.log", "logs/vigie.log.3", "plan.json", "doctor.txt");
        parts.forEach((name, text) -> assertThat(text).as(name).doesNotContain("Planted"));
        assertThat(answer.out() + answer.err()).doesNotContain("Planted");
        assertThat(parts.get("logs/vigie.log"))
                .contains("mysql://a:…@db:3306/ha refused", "login with …");
        assertThat(parts.get("configuration.txt"))
                .contains("db-url: mariadb://vigie@" + NOWHERE + "/homeassistant", "lang: en");
        assertThat(parts.get("environment.txt"))
                .contains("MARIADB_URL=mariadb://vigie@" + NOWHERE + "/ha");
    }

    @Test
    void a_password_in_the_address_of_the_configuration_is_not_in_it_either() throws IOException {
        yaml("db-url: 'mysql://vigie:Planted-1@" + NOWHERE + "/homeassistant'");
        Files.writeString(state.resolve("vigie.log"), "it is Planted-1, you know\n");
        assertThat(call("support-bundle", file.toString()).code()).isZero();
        assertThat(String.join("\n", parts().values())).doesNotContain("Planted");
    }

    @Test
    void the_folder_in_which_it_is_called_is_no_secret() throws IOException {
        environment.put("PWD", home.toString());
        environment.put("OLDPWD", "/var");
        call("support-bundle", file.toString());
        assertThat(parts().get("environment.txt")).contains("HOME=" + home);
    }

    @Test
    void a_device_or_a_pipe_is_not_replaced_and_a_link_stays_one() throws Exception {
        Path pipe = home.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThat(call("support-bundle", pipe.toString()).code()).isEqualTo(3);
        assertThat(Files.isRegularFile(pipe)).isFalse();
        Path link = Files.createSymbolicLink(home.resolve("link.zip"), file);
        Files.createFile(file);
        call("support-bundle", link.toString());
        assertThat(link).isSymbolicLink();
        assertThat(parts()).containsKey("versions.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db-url: [mysql://vigie:Planted@h/ha",
                "password: Planted",
                "db-url: >\n  mysql://vigie:Planted@\n  127.0.0.1/ha",
                "db-url: vigie:Planted@h",
                "db-url: postgres://vigie:Planted@h/ha",
                "other:\n  secret: Planted\n  - Planted",
                "lang: en # Planted",
                "\u0000Planted"
            })
    void what_is_wrong_in_the_configuration_gives_nothing_away(String text) throws IOException {
        yaml(text);
        Answer answer = call("support-bundle", file.toString());
        assertThat(answer.code()).isIn(0, 1);
        assertThat(String.join("\n", parts().values()) + answer.out() + answer.err())
                .doesNotContain("Planted");
        assertThat(parts().get("doctor.txt")).isNotBlank();
    }

    @Test
    void its_owner_alone_may_read_it_and_the_first_entry_says_what_it_is() throws IOException {
        environment.put("MARIADB_URL", "mysql://vigie:secret@" + NOWHERE + "/ha");
        Answer answer = call("support-bundle", file.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Map<String, String> parts = parts();
        assertThat(parts.keySet().iterator().next()).isEqualTo("README.txt");
        for (String name : parts.keySet()) {
            if (!name.equals("README.txt")) {
                assertThat(parts.get("README.txt")).contains("  " + name + "\n");
                assertThat(answer.out()).contains(name);
            }
        }
        try (var left = Files.list(home)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".config", ".local", "bundle.zip");
        }
    }

    @Test
    void a_database_that_is_not_there_is_a_finding_for_people_and_programs() throws IOException {
        environment.put("MARIADB_URL", "mysql://vigie:secret@" + NOWHERE + "/ha");
        assertThat(call("support-bundle", file.toString()).code()).isZero();
        assertThat(parts().get("doctor.txt")).contains("nothing listens at " + NOWHERE);
        List<String> lines = parts().getOrDefault("doctor.json", "").lines().toList();
        assertThat(new ObjectMapper().readTree(lines.getLast()).get("result").asText())
                .isEqualTo("blocked");
        assertThat(parts().get("versions.txt")).contains("java: " + Runtime.version(), "disk of ");
    }

    @Test
    void without_an_address_it_is_written_all_the_same() throws IOException {
        assertThat(call("support-bundle", file.toString(), "--lang", "fr").code()).isZero();
        assertThat(parts().get("doctor.txt")).contains("Cet ordinateur", "bloqué");
        assertThat(parts().get("README.txt")).contains("Aucun mot de passe");
    }

    @Test
    void a_part_that_cannot_be_had_is_told_and_ends_with_1() throws IOException {
        Files.delete(state.resolve("vigie.log"));
        Answer answer =
                call("support-bundle", file.toString(), "--plan", home.resolve("x").toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("There is no log in", "cannot be read");
        assertThat(parts().get("README.txt")).contains("There is no log in");
    }

    @Test
    void a_long_log_keeps_its_end_and_whole_lines() throws IOException {
        String line = "x".repeat(99) + "\n";
        Files.writeString(
                state.resolve("vigie.log"), "the first\n" + line.repeat(250_000) + "the last\n");
        assertThat(call("support-bundle", file.toString()).code()).isZero();
        String log = parts().getOrDefault("logs/vigie.log", "");
        assertThat(log).hasSizeBetween(19_000_000, 20_000_000).endsWith("the last\n");
        assertThat(log.lines().findFirst()).contains(line.strip());
        assertThat(Files.size(file)).isLessThan(1_000_000);
    }

    @Test
    void a_folder_that_is_not_there_ends_with_3_before_anything_is_asked() {
        Answer answer = call("support-bundle", home.resolve("missing/bundle.zip").toString());
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("bundle.zip");
        assertThat(call("support-bundle", home.toString()).code()).isEqualTo(3);
    }

    private void yaml(String... lines) throws IOException {
        ownerOnly(config.resolve("vigie.yaml"), String.join("\n", lines) + "\n");
    }

    private static void ownerOnly(Path path, String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private Map<String, String> parts() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getName()).startsWith("vigie-support/");
                parts.put(
                        entry.getName().substring("vigie-support/".length()),
                        new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
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
