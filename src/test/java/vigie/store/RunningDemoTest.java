package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@ExtendWith(EmbeddedMariaDb.class)
class RunningDemoTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T06:23:12Z");

    @TempDir Path home;

    private Folders folders = Folders.of(Map.of());
    private Path file = Path.of("");

    @BeforeEach
    void inAFreshHome() {
        folders = Folders.of(Map.of("HOME", home.toString()));
        file = folders.state().resolve("demo.json");
    }

    @Test
    void a_running_demo_is_found_until_its_notice_is_closed(TestDatabase database)
            throws Fault, Exception {
        RunningDemo demo =
                new RunningDemo(
                        database.reader(),
                        Optional.of(database.writer()),
                        database.server().pid(),
                        SINCE);
        try (RunningDemo.Notice _ = RunningDemo.announce(folders, demo)) {
            assertThat(RunningDemo.find(folders)).contains(demo);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(file).doesNotExist();
        assertThat(RunningDemo.find(folders)).isEmpty();
        assertThat(demo.toString()).doesNotContain(database.reader().password().reveal());
    }

    @Test
    void a_notice_does_not_remove_that_of_a_later_demo(TestDatabase database) throws Exception {
        RunningDemo later =
                new RunningDemo(
                        database.writer(), Optional.empty(), database.server().pid(), SINCE);
        RunningDemo.Notice first =
                RunningDemo.announce(
                        folders,
                        new RunningDemo(
                                database.reader(),
                                Optional.of(database.writer()),
                                database.server().pid(),
                                SINCE));
        try (RunningDemo.Notice _ = RunningDemo.announce(folders, later)) {
            first.close();
            assertThat(RunningDemo.find(folders)).contains(later);
        }
    }

    @Test
    void a_demo_that_is_gone_is_not_found(TestDatabase database) throws Exception {
        DatabaseAddress nobody = database.reader().at(new HostPort("127.0.0.1", 1));
        RunningDemo.announce(
                folders, new RunningDemo(nobody, Optional.empty(), database.server().pid(), SINCE));
        assertThat(RunningDemo.find(folders)).isEmpty();
        RunningDemo.announce(
                folders, new RunningDemo(database.reader(), Optional.empty(), 99_999_999, SINCE));
        assertThat(RunningDemo.find(folders)).isEmpty();
    }

    @Test
    void a_file_that_is_no_notice_is_no_demo() throws Exception {
        for (String text :
                List.of("", "{", "null", "[]", "7", "{\"url\":7}", "{\"url\":\"mysql://a@b/c\"}")) {
            OwnerOnly.write(file, text);
            assertThat(RunningDemo.find(folders)).as(text).isEmpty();
        }
    }

    @Test
    void a_notice_that_others_may_read_is_refused(TestDatabase database) throws Exception {
        RunningDemo.announce(
                folders,
                new RunningDemo(
                        database.reader(),
                        Optional.of(database.writer()),
                        database.server().pid(),
                        SINCE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Fault fault = catchThrowableOfType(Fault.class, () -> RunningDemo.find(folders));
        assertThat(fault.sentence().key()).isEqualTo("store.file.tooOpen");
        assertThat(fault.kind().exitCode()).isEqualTo(3);
    }
}
