package vigie.console;

import javafx.application.Platform;

import vigie.console.history.PastSettings;
import vigie.console.start.PixelSize;
import vigie.feed.FeedStatus;
import vigie.feed.Tally;
import vigie.plan.Label;
import vigie.plan.Plan;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.room.Cadence;
import vigie.room.Cadences;
import vigie.room.PointState;
import vigie.room.RecorderState;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Clocks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes a picture of the window in a situation, to look at: {@code Look SITUATION LANGUAGE WxH FILE
 * [wall]}. Not a test.
 */
final class Look {
    private Look() {}

    private static void situation(String name, FakeRoom room) {
        FakeTimeline timeline = room.timeline();
        Instant now = timeline.now();
        timeline.learned(
                new Cadences(
                        Cadences.learnedToAt(now), Map.of(), Optional.of(Duration.ofSeconds(4))));
        switch (name) {
            case "silent" -> timeline.pass(Duration.ofSeconds(134));
            case "migrating" -> {
                timeline.pass(Duration.ofSeconds(134));
                timeline.recorder(
                        new RecorderState(
                                RecorderState.Phase.MIGRATING, Optional.of(now.plusSeconds(2))));
            }
            case "stopped" -> {
                timeline.pass(Duration.ofHours(2));
                timeline.recorder(
                        new RecorderState(
                                RecorderState.Phase.STOPPED, Optional.of(now.plusSeconds(2))));
            }
            case "poll" ->
                    timeline.status(
                            new FeedStatus(
                                    FeedStatus.Phase.LIVE,
                                    now,
                                    Optional.of(Sentence.of("feed.polling", "127.0.0.1:3307")),
                                    FeedStatus.Way.POLL,
                                    Optional.of("127.0.0.1:3307"),
                                    Tally.NONE));
            case "mended" ->
                    timeline.status(
                            new FeedStatus(
                                    FeedStatus.Phase.LIVE,
                                    now,
                                    Optional.empty(),
                                    FeedStatus.Way.BINLOG,
                                    Optional.of("127.0.0.1:3307"),
                                    new Tally(
                                            12,
                                            2,
                                            1,
                                            1,
                                            Optional.of(now.minusSeconds(200)),
                                            Optional.of(Sentence.of("console.fault.unknown")))));
            case "clocks" ->
                    timeline.clocks(new Clocks(Duration.ofSeconds(-4), Duration.ofSeconds(73)));
            case "stale" -> stale(room, now);
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** One hour later all have spoken, but for a few. */
    private static void stale(FakeRoom room, Instant began) {
        FakeTimeline timeline = room.timeline();
        Map<PointKey, Cadence> cadences = new HashMap<>();
        Set<String> regular =
                Set.of(
                        "sensor.rack_b3_inlet_middle",
                        "sensor.rack_a4_inlet_top",
                        "sensor.hot_aisle_hot_spot");
        Map<String, Reading> before = new HashMap<>();
        for (PointState point : timeline.moment().state().points()) {
            point.newest().ifPresent(newest -> before.put(point.id().name(), newest));
            if (regular.contains(point.id().name())) {
                cadences.put(
                        point.key(),
                        new Cadence(point.key(), began, 400, Duration.ofSeconds(30), true));
            }
        }
        timeline.pass(Duration.ofHours(3));
        Instant now = timeline.now();
        timeline.learned(
                new Cadences(
                        Cadences.learnedToAt(now), cadences, Optional.of(Duration.ofSeconds(4))));
        before.forEach((name, reading) -> {
            boolean mute =
                    regular.contains(name)
                            || name.contains("ups")
                            || name.contains("crac_2")
                            || name.contains("humidity")
                            || name.equals("sensor.rack_a10_inlet_top");
            if (!mute && reading.text() != null) {
                timeline.say(name, reading.text(), reading.attributes(), now);
            }
        });
    }

    public static void main(String[] words) throws Fault, InterruptedException {
        PixelSize size = PixelSize.parse(words[2]).orElseThrow();
        FakeRoom room = new FakeRoom();
        Plan plan = room.plan();
        Optional<Sentence> notice = Optional.empty();
        TimelineSource source = room::timeline;
        switch (words[0]) {
            case "normal" -> room.normal();
            case "alarm" ->
                    room.normal()
                            .with("sensor.rack_a4_inlet_top", "33.6", "°C")
                            .with("sensor.rack_a4_inlet_middle", "29.1", "°C")
                            .with("sensor.rack_a3_inlet_middle", "28.2", "°C")
                            .with("sensor.rack_b7_inlet_humidity", "unavailable", "%")
                            .with("binary_sensor.crac_2_running", "off", "");
            case "empty", "blocked", "unreached" -> {}
            case "bare" -> {
                plan =
                        new Plan(
                                Label.of("Bare"),
                                room.plan().elements(),
                                List.of(),
                                room.plan().limits());
                room.normal();
            }
            case "lost" -> {
                room.normal();
                room.timeline().pass(Duration.ofSeconds(5));
            }
            case "lost-in-alarm" -> {
                room.normal()
                        .with("sensor.rack_a4_inlet_top", "33.6", "°C")
                        .with("sensor.rack_a4_inlet_middle", "29.1", "°C")
                        .with("sensor.rack_a3_inlet_middle", "28.2", "°C")
                        .with("sensor.rack_b7_inlet_humidity", "unavailable", "%")
                        .with("binary_sensor.crac_2_running", "off", "");
                room.timeline().pass(Duration.ofSeconds(5));
            }
            case "silent", "migrating", "stopped", "poll", "mended", "clocks", "stale" -> {
                room.normal()
                        .with("sensor.rack_a4_inlet_top", "33.6", "°C")
                        .with("sensor.rack_a3_inlet_middle", "28.2", "°C");
                situation(words[0], room);
            }
            case "plan" -> {
                notice = Optional.of(Sentence.of("console.points.unbound"));
                room.normal();
            }
            case "fault" ->
                    source =
                            () -> {
                                throw new Fault(
                                        Fault.Kind.BLOCKED,
                                        Sentence.of(
                                                "console.start.packages",
                                                "x. GRANT REPLICATION SLAVE ON *.* TO"
                                                        + " ''vigie''@''%'';"),
                                        "fault");
                            };
            default -> {
                if (!words[0].startsWith("history")) {
                    throw new IllegalArgumentException(words[0]);
                }
            }
        }
        boolean onWall = words.length > 4 && words[4].equals("wall");
        Optional<PastSettings> past = Optional.empty();
        if (words[0].startsWith("history")) {
            room.normal();
            past = Optional.of(LookPast.past(words[0], room));
        }
        ConsoleSettings settings =
                new ConsoleSettings(
                        new Drawn(
                                Locale.forLanguageTag(words[1]),
                                plan,
                                notice,
                                "vigie@127.0.0.1:3307/homeassistant"),
                        new Behind(past, Optional.empty(), Optional.empty()),
                        Optional.of(
                                new Shot(
                                        Path.of(words[3]),
                                        Duration.ofSeconds(onWall ? 15 : 2),
                                        size)));
        Console console = Console.open(onWall ? settings.onWall() : settings, source);
        if (words[0].startsWith("lost")) {
            room.timeline()
                    .phase(
                            FeedStatus.Phase.BACKOFF,
                            Optional.of(Sentence.of("console.feed.backoff")));
            room.timeline().pass(Duration.ofSeconds(14));
        }
        if (words[0].equals("blocked")) {
            room.timeline()
                    .phase(
                            FeedStatus.Phase.BLOCKED,
                            Optional.of(Sentence.of("feed.replica-stopped", "db:3306")));
        }
        if (words[0].equals("unreached")) {
            room.timeline()
                    .phase(
                            FeedStatus.Phase.BACKOFF,
                            Optional.of(Sentence.of("store.db.timeout", "127.0.0.1:3307", 5)));
        }
        if (words[0].equals("empty")) {
            room.timeline().phase(FeedStatus.Phase.LIVE, Optional.empty());
        }

        if (words[0].startsWith("history")) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                    .execute(() -> Platform.runLater(() -> LookPast.touch(words[0])));
        }
        int exitCode = console.await();
        console.close();
        System.exit(exitCode);
    }
}
