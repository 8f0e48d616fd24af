package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.plan.EmptyRoom;
import vigie.plan.LastGoodPlan;
import vigie.plan.OpenedPlan;
import vigie.plan.Plan;
import vigie.plan.PlanWriter;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class ShownSettingsTest {
    private static final Duration PACE = Duration.ofMillis(20);
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    /** What the window was told last. */
    private record Told(Configuration configuration, OpenedPlan plan, Optional<Sentence> wrong) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final List<Boolean> redraws = new CopyOnWriteArrayList<>();

    @TempDir private Path folder;

    @Test
    void a_plan_that_an_editor_puts_in_the_place_of_the_old_one_is_shown() throws Exception {
        write(EmptyRoom.of(6, 5, ZONE));
        try (FileWatch _ = follow()) {
            assertThat(next().plan().plan()).isEqualTo(EmptyRoom.of(6, 5, ZONE));
            Path beside = folder.resolve("beside");
            Files.write(beside, PlanWriter.write(EmptyRoom.of(9, 5, ZONE)));
            Files.setLastModifiedTime(beside, Files.getLastModifiedTime(plan()));
            Files.move(beside, plan(), StandardCopyOption.REPLACE_EXISTING);
            Told changed = next();
            assertThat(changed.plan().plan()).isEqualTo(EmptyRoom.of(9, 5, ZONE));
            assertThat(changed.plan().banner()).isEmpty();
        }
    }

    @Test
    void a_plan_that_is_wrong_leaves_the_old_one_and_says_why_until_it_is_mended()
            throws Exception {
        write(EmptyRoom.of(6, 5, ZONE));
        try (FileWatch _ = follow()) {
            next();
            Files.writeString(plan(), "{ \"vigie\": 1,\n  oops");
            Told wrong = next();
            assertThat(wrong.plan().plan()).isEqualTo(EmptyRoom.of(6, 5, ZONE));
            assertThat(wrong.plan().banner().map(Sentence::key)).contains("plan.shows-still");
            Files.delete(plan());
            assertThat(next().plan().banner()).isPresent();
            write(EmptyRoom.of(7, 5, ZONE));
            Told mended = next();
            assertThat(mended.plan().plan()).isEqualTo(EmptyRoom.of(7, 5, ZONE));
            assertThat(mended.plan().banner()).isEmpty();
        }
    }

    @Test
    void settings_that_are_wrong_leave_the_old_ones_and_a_plan_that_changed_is_shown()
            throws Exception {
        write(EmptyRoom.of(6, 5, ZONE));
        try (FileWatch _ = follow()) {
            next();
            Files.writeString(settings(), "unknown-key: 1\n");
            Told wrong = next();
            assertThat(wrong.wrong().map(Sentence::key)).contains("app.config.unknownKey");
            assertThat(wrong.configuration().operator()).isEmpty();
            write(EmptyRoom.of(8, 5, ZONE));
            Told drawn = next();
            assertThat(drawn.plan().plan()).isEqualTo(EmptyRoom.of(8, 5, ZONE));
            assertThat(drawn.wrong()).isPresent();
            Files.writeString(settings(), "as: Night shift\n");
            Told mended = next();
            assertThat(mended.wrong()).isEmpty();
            assertThat(mended.configuration().operator()).contains("Night shift");
        }
    }

    @Test
    void whoever_asks_is_told_at_once_though_nothing_changed() throws Exception {
        write(EmptyRoom.of(6, 5, ZONE));
        try (FileWatch watch = follow()) {
            next();
            watch.look();
            assertThat(next().wrong()).isEmpty();
            assertThat(redraws).containsOnly(false);
            write(EmptyRoom.of(7, 5, ZONE));
            next();
            assertThat(redraws.getLast()).isTrue();
        }
    }

    private Told next() throws InterruptedException {
        Told next = told.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("told within twenty seconds").isNotNull();
        return next;
    }

    private Path plan() {
        return folder.resolve("room.json");
    }

    private Path settings() {
        return folder.resolve("vigie.yaml");
    }

    private void write(Plan plan) throws IOException {
        Path whole = folder.resolve("whole");
        Files.write(whole, PlanWriter.write(plan));
        Files.move(whole, plan(), StandardCopyOption.REPLACE_EXISTING);
    }

    private FileWatch follow() {
        ShownSettings.Files files =
                new ShownSettings.Files() {
                    @Override
                    public List<Path> settings() {
                        return List.of(ShownSettingsTest.this.settings());
                    }

                    @Override
                    public Configuration configuration() throws Fault {
                        Path file = ShownSettingsTest.this.settings();
                        return java.nio.file.Files.exists(file)
                                ? Configuration.read(
                                        Optional.of(file), vigie.store.Folders.of(Map.of()))
                                : new Configuration(Map.of(), Optional.empty());
                    }

                    @Override
                    public Optional<Path> plan(Configuration configuration) {
                        return Optional.of(ShownSettingsTest.this.plan());
                    }

                    @Override
                    public OpenedPlan open(Configuration configuration) {
                        return OpenedPlan.open(
                                plan(configuration), new LastGoodPlan(folder.resolve("copies")));
                    }
                };
        Configuration none = new Configuration(Map.of(), Optional.empty());
        return new ShownSettings(files, none, files.open(none))
                .follow(
                        new ShownSettings.Window() {
                            private Optional<Told> shown = Optional.empty();

                            @Override
                            public void show(
                                    Configuration configuration, OpenedPlan plan, boolean differs) {
                                redraws.add(differs);
                                shown =
                                        Optional.of(
                                                new Told(configuration, plan, Optional.empty()));
                            }

                            @Override
                            public void notice(Optional<Sentence> wrong) {
                                shown.ifPresent(its ->
                                        told.add(new Told(its.configuration(), its.plan(), wrong)));
                            }
                        },
                        PACE);
    }
}
