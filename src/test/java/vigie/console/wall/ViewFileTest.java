package vigie.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.console.plan.PlanLook;
import vigie.console.replay.PanelSize;
import vigie.plan.ElementId;
import vigie.plan.Spot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class ViewFileTest {
    private static final KeptView VIEW =
            new KeptView(
                    Optional.of(new PlanLook(new Spot(3.25, 4.5), 2.5)),
                    Optional.of(new ElementId("b4")),
                    "a10 “top”",
                    true,
                    Optional.of(new PanelSize(15.5, true)),
                    Optional.of(new KeptView.Place(10, -20, 1600, 900)));

    private static final KeptView EMPTY =
            new KeptView(
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    false,
                    Optional.empty(),
                    Optional.empty());

    @TempDir private Path folder;
    private final AtomicInteger writes = new AtomicInteger();
    private Path file;
    private ViewFile views;

    @BeforeEach
    void a_file() {
        file = folder.resolve("state").resolve("wall.json");
        views = open();
    }

    @Test
    void what_was_kept_is_read_again() throws Exception {
        for (KeptView view : new KeptView[] {VIEW, EMPTY}) {
            views.end(view);
            assertThat(open().read()).contains(view);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void without_a_file_there_is_nothing_to_restore() {
        assertThat(views.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\u0000\u0000\u0000\u0000",
                "{\"part\":{\"x\":\"a\",\"y\":1,\"zoom\":2}}",
                "{\"part\":{\"x\":1,\"y\":1,\"zoom\":0}}",
                "{\"part\":{\"x\":1e300,\"y\":1,\"zoom\":1}}",
                "{\"selected\":\"\"}",
                "{\"place\":{\"x\":0}}"
            })
    void a_broken_file_is_passed_over_and_later_replaced(String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(views.read()).isEmpty();
        views.keep(VIEW, 0);
        assertThat(open().read()).contains(VIEW);
    }

    @Test
    void what_is_no_file_is_passed_over_and_not_waited_for() throws Exception {
        Files.createDirectories(file.getParent());
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        assertThat(views.read()).isEmpty();
    }

    @Test
    void a_view_that_changes_all_the_time_is_written_every_third_second() {
        for (int second = 0; second < 30; second++) {
            views.keep(moved(second), Duration.ofSeconds(second).toNanos());
        }
        assertThat(writes).hasValue(10);
        assertThat(open().read()).contains(moved(27));
        views.end(moved(29));
        assertThat(open().read()).contains(moved(29));
    }

    @Test
    void a_view_that_stays_is_written_once() {
        for (int second = 0; second < 30; second++) {
            views.keep(VIEW, Duration.ofSeconds(second).toNanos());
        }
        views.end(VIEW);
        assertThat(writes).hasValue(1);
    }

    @Test
    void a_view_that_was_restored_is_not_written_again() {
        views.end(VIEW);
        ViewFile next = open();
        assertThat(next.read()).contains(VIEW);
        next.keep(VIEW, 0);
        assertThat(writes).hasValue(1);
    }

    @Test
    void a_folder_that_cannot_be_written_hurts_nobody() throws Exception {
        Files.writeString(folder.resolve("state"), "a file where the folder should be");
        views.keep(VIEW, 0);
        views.end(EMPTY);
        assertThat(open().read()).isEmpty();
    }

    private static KeptView moved(int by) {
        return new KeptView(
                Optional.of(new PlanLook(new Spot(by, 0), 1)),
                Optional.empty(),
                "",
                false,
                Optional.empty(),
                Optional.empty());
    }

    private ViewFile open() {
        return new ViewFile(
                file,
                work -> {
                    writes.incrementAndGet();
                    work.run();
                });
    }
}
