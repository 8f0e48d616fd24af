package vigie.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.plan.EmptyRoom;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

class SettingsFileTest {
    private static final Plan ROOM = EmptyRoom.of(8, 6, ZoneId.of("Europe/Brussels"));

    private @TempDir Path place;
    private Path file = Path.of("");

    @BeforeEach
    void a_home() {
        file = place.resolve("config/vigie/vigie.yaml");
    }

    @Test
    void what_is_new_is_a_commented_file_with_the_secret_beside_it() throws Exception {
        SettingsFile.Written written =
                write(change("mariadb://u:geheim@h:3307/s?ssl=require"), Optional.of(ROOM));
        assertThat(written.secret()).contains(file.resolveSibling("password"));
        assertThat(written.plan()).contains(file.resolveSibling("room.json"));
        assertThat(files())
                .containsOnlyKeys("vigie.yaml", "password", "room.json")
                .containsEntry("password", "geheim\n");
        assertThat(Files.readString(file))
                .contains(
                        "# Settings of Vigie",
                        "\ndb-url: mariadb://u@h:3307/s?ssl=require\n",
                        "\ndb-password-file: password\n",
                        "\nplan: " + file.resolveSibling("room.json") + "\n")
                .doesNotContain("geheim");
        assertThat(permissions("password")).isEqualTo("rw-------");
        assertThat(permissions("vigie.yaml")).isEqualTo("rw-------");
        assertThat(PlanFile.read(file.resolveSibling("room.json")).elements()).hasSize(5);
    }

    @Test
    void what_a_killed_setup_left_is_removed_by_the_next_one_and_nothing_else() throws Exception {
        Files.createDirectories(file.getParent());
        List<String> gone = List.of(".password.0123456789abcdef.tmp", "password-2");
        List<String> kept =
                List.of(
                        "password",
                        "password-3",
                        "password-4",
                        "password-5",
                        "password-6",
                        "room-2.json");
        for (String name : Stream.concat(gone.stream(), kept.stream()).toList()) {
            Path path = file.resolveSibling(name);
            Files.writeString(path, "x");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(7_200)));
        }
        // Named by other settings, too young, and readable by others.
        Files.writeString(file.resolveSibling("other.yaml"), "db-password-file: password-3\n");
        Files.writeString(file.resolveSibling("site-b.conf"), "db-password-file: password-6\n");
        Files.setLastModifiedTime(file.resolveSibling("password-4"), FileTime.from(Instant.now()));
        Files.setPosixFilePermissions(
                file.resolveSibling("password-5"), PosixFilePermissions.fromString("rw-r--r--"));
        SettingsFile.ofUser(file)
                .write(
                        Change.NONE.fahrenheit(true),
                        Optional.empty(),
                        Optional.empty(),
                        Locale.ENGLISH);
        for (String name : gone) {
            assertThat(file.resolveSibling(name)).doesNotExist();
        }
        for (String name : kept) {
            assertThat(file.resolveSibling(name)).exists();
        }
    }

    @Test
    void the_machines_settings_may_be_read_by_all_and_its_secret_by_one() throws Exception {
        SettingsFile.ofMachine(file, "nobody-has-this-name")
                .write(
                        change("mariadb://u:geheim@h/s"),
                        Optional.empty(),
                        Optional.of(ROOM),
                        Locale.FRENCH);
        assertThat(permissions("password")).isEqualTo("rw-------");
        assertThat(permissions("vigie.yaml")).isEqualTo("rw-r--r--");
        assertThat(permissions("room.json")).isEqualTo("rw-r--r--");
        assertThat(Files.readString(file)).startsWith("# Réglages");
    }

    @Test
    void two_at_once_do_not_take_each_others_password() throws Exception {
        Path other = file.resolveSibling("password");
        SettingsFile late =
                new SettingsFile(
                        file,
                        Optional.empty(),
                        (what, path) -> {
                            if (what.equals("name") && path.equals(other)) {
                                Files.writeString(other, "of another\n");
                            }
                        });
        SettingsFile.Written written =
                late.write(
                        change("mariadb://u:geheim@h/s"),
                        Optional.empty(),
                        Optional.empty(),
                        Locale.ENGLISH);
        assertThat(other).content().isEqualTo("of another\n");
        assertThat(written.secret()).contains(file.resolveSibling("password-2"));
        assertThat(file).content().contains("db-password-file: password-2");
    }

    @Test
    void a_full_disk_is_called_full_though_writing_into_a_file_names_none() throws Exception {
        SettingsFile full =
                new SettingsFile(
                        file,
                        Optional.empty(),
                        (what, path) -> {
                            if (what.equals("write")) {
                                throw new IOException("No space left on device");
                            }
                        });
        Change change = change("mariadb://u:geheim@h/s");
        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                full.write(
                                        change,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Locale.ENGLISH));
        assertThat(fault.sentence().key()).isEqualTo("setup.no-space");
    }

    @Test
    void nothing_is_overwritten_that_somebody_else_may_have_named() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file.resolveSibling("password"), "another\n");
        Files.writeString(file.resolveSibling("room.json"), "mine");
        SettingsFile.Written written = write(change("mariadb://u:geheim@h/s"), Optional.of(ROOM));
        assertThat(written.secret()).contains(file.resolveSibling("password-2"));
        assertThat(files())
                .containsEntry("password", "another\n")
                .containsEntry("room.json", "mine")
                .containsKey("room-2.json");
    }

    @Test
    void an_old_secret_goes_when_nothing_names_it_any_more() throws Exception {
        write(change("mariadb://u:one@h/s"), Optional.empty());
        write(change("mariadb://u:two@h/s"), Optional.empty());
        assertThat(files()).containsOnlyKeys("vigie.yaml", "password-2");
        write(change("mariadb://u:two@other/s"), Optional.empty());
        assertThat(files()).containsOnlyKeys("vigie.yaml", "password-2");
        write(change("mariadb://u@other/s"), Optional.empty());
        assertThat(files()).containsOnlyKeys("vigie.yaml");
        assertThat(Files.readString(file)).doesNotContain("\ndb-password-file:");
    }

    @Test
    void a_link_stays_a_link_and_permissions_stay_what_they_were() throws Exception {
        Path real = Files.createDirectories(place.resolve("dotfiles")).resolve("v.yaml");
        Files.writeString(real, "lang: en # ours\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, real);
        write(Change.NONE.language(Locale.FRENCH), Optional.empty());
        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo("lang: fr # ours\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void a_users_first_file_goes_on_with_what_the_machines_said() throws Exception {
        Path machine = Files.createDirectories(place.resolve("etc")).resolve("vigie.yaml");
        Files.writeString(machine, "# etc\ndb-url: mariadb://u@h/s\ndb-password-file: password\n");
        SettingsFile.ofUser(file)
                .write(
                        Change.NONE.language(Locale.FRENCH),
                        Optional.of(machine),
                        Optional.empty(),
                        Locale.ENGLISH);
        assertThat(Files.readString(file))
                .isEqualTo(
                        "# etc\ndb-url: mariadb://u@h/s\ndb-password-file: "
                                + place.resolve("etc/password")
                                + "\nlang: fr\n");
    }

    /** At whatever step it fails, all is as it was; whatever step is the last, all fits. */
    @Test
    void a_failure_at_any_step_changes_nothing_and_a_stop_leaves_nothing_half_done()
            throws Exception {
        write(change("mariadb://u:old@h/s"), Optional.empty());
        Map<String, String> before = files();
        Change change = change("mariadb://u:new@other/s").language(Locale.FRENCH);
        List<String> steps = new ArrayList<>();
        Path counted = place.resolve("count/vigie.yaml");
        new SettingsFile(
                        counted,
                        Optional.empty(),
                        (what, path) -> steps.add(what + " " + path.getFileName()))
                .write(change, Optional.empty(), Optional.of(ROOM), Locale.ENGLISH);
        assertThat(steps).hasSizeGreaterThan(12);
        for (int fails = 1; fails <= steps.size(); fails++) {
            int failing = fails;
            int[] step = {0};
            SettingsFile failed =
                    new SettingsFile(
                            file,
                            Optional.empty(),
                            (what, path) -> {
                                assertFits(what);
                                if (++step[0] == failing && !isAfterTheEnd()) {
                                    throw new IOException("no more");
                                }
                            });
            Fault fault =
                    catchThrowableOfType(
                            Fault.class,
                            () ->
                                    failed.write(
                                            change,
                                            Optional.empty(),
                                            Optional.of(ROOM),
                                            Locale.ENGLISH));
            if (fault == null) {
                break;
            }
            assertThat(Words.in(Locale.UK).say(fault.sentence())).contains("nothing was changed");
            assertThat(files()).as("failed at " + failing).isEqualTo(before);
        }
        assertFits("at the end");
        assertThat(files()).containsOnlyKeys("vigie.yaml", "password-2", "room.json");
    }

    /** What a kill at this step would leave is the old or the new, whole. */
    private void assertFits(String step) throws IOException {
        String text = Files.readString(file);
        Map<String, String> files = files();
        if (text.contains("@h:3306/s") || text.contains("@h/s")) {
            assertThat(text).as(step).contains("db-password-file: password\n");
            assertThat(files).as(step).containsEntry("password", "old\n");
        } else {
            assertThat(text)
                    .as(step)
                    .contains("@other", "db-password-file: password-2\n", "lang: fr", "room.json");
            assertThat(files)
                    .as(step)
                    .containsEntry("password-2", "new\n")
                    .containsKey("room.json");
        }
        for (String name : files.keySet()) {
            if (name.contains("password")) {
                assertThat(permissions(name)).as(step + " " + name).isEqualTo("rw-------");
            }
        }
    }

    private boolean isAfterTheEnd() throws IOException {
        return Files.readString(file).contains("@other");
    }

    private SettingsFile.Written write(Change change, Optional<Plan> plan) throws Fault {
        return SettingsFile.ofUser(file).write(change, Optional.empty(), plan, Locale.ENGLISH);
    }

    private static Change change(String url) throws Fault {
        return Change.NONE.database(DatabaseAddress.parse(url));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file.resolveSibling(name)));
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(file.getParent())) {
            for (Path path : all.toList()) {
                found.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return found;
    }
}
