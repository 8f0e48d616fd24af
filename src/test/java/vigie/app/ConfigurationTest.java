package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.store.Folders;
import vigie.store.Secret;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class ConfigurationTest {
    private static final String BARE = "db-url: mariadb://vigie@db:3306/homeassistant\n";

    private @TempDir Path place;
    private Path system = Path.of("");
    private Path own = Path.of("");

    @BeforeEach
    void a_machine_and_its_user() throws IOException {
        system = Files.createDirectories(place.resolve("etc"));
        own = Files.createDirectories(place.resolve("home/.config/vigie"));
    }

    @Test
    void the_users_file_outweighs_the_machines_and_a_named_one_both() throws Exception {
        assertThat(read(Optional.empty()).file()).isEmpty();
        Path machine = write(system.resolve("vigie.yaml"), "as: machine\n", "rw-r--r--");
        assertThat(read(Optional.empty()).operator()).contains("machine");
        assertThat(read(Optional.empty()).file()).contains(machine);
        Path users = write(own.resolve("vigie.yaml"), "as: user\n", "rw-r--r--");
        assertThat(read(Optional.empty()).operator()).contains("user");
        assertThat(read(Optional.empty()).file()).contains(users);
        Path named = write(place.resolve("x.yaml"), "as: named\n", "rw-r--r--");
        assertThat(read(Optional.of(named)).operator()).contains("named");
    }

    @Test
    void the_password_comes_from_the_file_beside_and_others_may_read_the_address()
            throws Exception {
        write(own.resolve("vigie.yaml"), BARE + "db-password-file: password\n", "rw-r--r--");
        write(own.resolve("password"), "ge heim\n", "rw-------");
        assertThat(read(Optional.empty()).database())
                .get()
                .satisfies(address -> {
                    assertThat(address.password()).isEqualTo(Secret.of("ge heim"));
                    assertThat(address.shown()).isEqualTo("mariadb://vigie@db:3306/homeassistant");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rw-r-----|geheim|chmod 600",
                "rw-------||is not there",
            })
    void a_password_file_that_others_may_read_or_that_is_missing_is_refused(
            String permissions, String text, String expected) throws Exception {
        write(own.resolve("vigie.yaml"), BARE + "db-password-file: password\n", "rw-r--r--");
        if (text != null) {
            write(own.resolve("password"), text, permissions);
        }
        Configuration configuration = read(Optional.empty());
        assertThat(refused(configuration::database)).contains(expected, "password");
    }

    @Test
    void two_passwords_are_refused() throws Exception {
        write(
                own.resolve("vigie.yaml"),
                "db-url: mariadb://vigie:geheim@db/ha\ndb-password-file: password\n",
                "rw-------");
        Configuration configuration = read(Optional.empty());
        assertThat(refused(configuration::database)).contains("remove one");
    }

    @Test
    void a_password_in_the_address_still_works_in_a_file_of_its_owner_only() throws Exception {
        Path file =
                write(
                        own.resolve("vigie.yaml"),
                        "db-url: mariadb://vigie:geheim@db/ha\n",
                        "rw-------");
        assertThat(read(Optional.empty()).database().orElseThrow().password())
                .isEqualTo(Secret.of("geheim"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(refused(() -> read(Optional.empty()))).contains("chmod 600");
    }

    @Test
    void neither_text_of_a_fault_quotes_the_line_that_holds_the_password() throws Exception {
        write(
                own.resolve("vigie.yaml"),
                "db-url: \"mariadb://vigie:geheim@db/ha\nlang: [\n",
                "rw-------");
        Fault fault = catchThrowableOfType(Fault.class, () -> read(Optional.empty()));
        assertThat(fault).hasMessageNotContaining("geheim").hasNoCause();
        assertThat(Words.in(Locale.UK).say(fault.sentence())).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({"celsius,false", "Fahrenheit,true"})
    void temperatures_are_in_the_unit_it_names(String said, boolean fahrenheit) throws Exception {
        write(own.resolve("vigie.yaml"), "units: " + said + "\n", "rw-r--r--");
        assertThat(read(Optional.empty()).isFahrenheit()).isEqualTo(fahrenheit);
    }

    @Test
    void a_language_that_is_not_known_is_refused_with_what_is() throws Exception {
        write(own.resolve("vigie.yaml"), "lang: fr\n", "rw-r--r--");
        read(Optional.empty()).checkLanguage();
        write(own.resolve("vigie.yaml"), "lang: de\n", "rw-r--r--");
        Configuration configuration = read(Optional.empty());
        assertThat(
                        refused(() -> {
                            configuration.checkLanguage();
                            return true;
                        }))
                .contains("de", "fr");
    }

    @Test
    void a_unit_that_is_not_known_is_refused_with_what_is() throws Exception {
        assertThat(read(Optional.empty()).isFahrenheit()).isFalse();
        write(own.resolve("vigie.yaml"), "units: kelvin\n", "rw-r--r--");
        Configuration configuration = read(Optional.empty());
        assertThat(refused(configuration::isFahrenheit)).contains("kelvin", "fahrenheit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' ge heim '|' ge heim '",
                "'ge heim\\r\\n'|ge heim",
                "'~ge heim\\n\\n'|ge heim",
            })
    void the_password_is_the_line_and_nothing_of_it_is_lost(String written, String meant)
            throws Exception {
        write(own.resolve("vigie.yaml"), BARE + "db-password-file: password\n", "rw-r--r--");
        write(
                own.resolve("password"),
                written.replace('~', '\uFEFF').translateEscapes(),
                "rw-------");
        assertThat(read(Optional.empty()).database().orElseThrow().password())
                .isEqualTo(Secret.of(meant));
    }

    @Test
    void a_file_of_ones_own_that_cannot_be_read_is_not_passed_over_for_the_machines()
            throws Exception {
        write(system.resolve("vigie.yaml"), "as: machine\n", "rw-r--r--");
        Path file = own.resolve("vigie.yaml");
        Files.createSymbolicLink(file, place.resolve("not-mounted.yaml"));
        assertThat(refused(() -> read(Optional.empty()))).contains("cannot be read");
        Files.delete(file);
        Files.createSymbolicLink(file, file);
        assertThat(refused(() -> read(Optional.empty()))).contains("cannot be read");
    }

    @Test
    void what_is_no_file_or_never_ends_is_refused_and_not_waited_for() throws Exception {
        Path pipe = own.resolve("vigie.yaml");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(refused(() -> read(Optional.empty()))).contains("cannot be read");
        Path named =
                write(
                        place.resolve("x.yaml"),
                        BARE + "db-password-file: " + pipe + "\n",
                        "rw-r--r--");
        Configuration configuration = read(Optional.of(named));
        assertThat(refused(configuration::database)).contains("cannot be read");
        Path endless = Files.createSymbolicLink(place.resolve("endless"), Path.of("/dev/zero"));
        assertThat(refused(() -> read(Optional.of(endless)))).contains("cannot be read");
        Path large = write(place.resolve("large"), "#".repeat(2 << 20), "rw-------");
        assertThat(refused(() -> read(Optional.of(large)))).contains("cannot be read");
    }

    @ParameterizedTest
    @CsvSource({"'as: one\\nas: two\\n',2", "'as: one\\n---\\nlang: fr\\n',3"})
    void a_line_that_would_silently_do_nothing_is_refused(String text, int line) throws Exception {
        write(own.resolve("vigie.yaml"), text.translateEscapes(), "rw-r--r--");
        assertThat(refused(() -> read(Optional.empty()))).contains("line " + line);
    }

    @Test
    void a_plan_without_a_name_is_none() throws Exception {
        write(own.resolve("vigie.yaml"), "plan: ''\n", "rw-r--r--");
        assertThat(read(Optional.empty()).plan()).isEmpty();
    }

    private Configuration read(Optional<Path> named) throws Fault {
        return Configuration.read(
                named, Folders.of(Map.of("HOME", place.resolve("home").toString())), system);
    }

    private interface Work {
        Object run() throws Fault;
    }

    /** What it says when it refuses, in both languages. */
    private static List<String> saidBy(Fault fault) {
        return List.of(
                Words.in(Locale.UK).say(fault.sentence()),
                Words.in(Locale.FRANCE).say(fault.sentence()));
    }

    private static String refused(Work work) {
        Fault fault = catchThrowableOfType(Fault.class, work::run);
        assertThat(fault).isNotNull();
        List<String> said = saidBy(fault);
        assertThat(said).noneMatch(text -> text.contains("geheim"));
        return said.getFirst();
    }

    private static Path write(Path file, String text, String permissions) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
