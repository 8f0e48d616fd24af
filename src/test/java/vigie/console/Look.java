package vigie.console;

import vigie.console.start.PixelSize;
import vigie.feed.FeedStatus;
import vigie.plan.Label;
import vigie.plan.Plan;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a picture of the window in a situation, to look at: {@code Look SITUATION LANGUAGE WxH
 * FILE}. Not a test.
 */
final class Look {
    private Look() {}

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
            case "empty" -> {}
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
            default -> throw new IllegalArgumentException(words[0]);
        }
        Console console =
                Console.open(
                        new ConsoleSettings(
                                Locale.forLanguageTag(words[1]),
                                plan,
                                notice,
                                "vigie@127.0.0.1:3307/homeassistant",
                                Optional.of(
                                        new Shot(Path.of(words[3]), Duration.ofSeconds(2), size))),
                        source);
        if (words[0].equals("lost")) {
            room.timeline()
                    .phase(
                            FeedStatus.Phase.BACKOFF,
                            Optional.of(Sentence.of("console.feed.backoff")));
            room.timeline().pass(Duration.ofSeconds(14));
        }
        if (words[0].equals("empty")) {
            room.timeline().phase(FeedStatus.Phase.LIVE, Optional.empty());
        }
        int exitCode = console.await();
        console.close();
        System.exit(exitCode);
    }
}
