package vigie.console;

import vigie.feed.FeedStatus;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.point.Attributes;
import vigie.point.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** The reference room with plausible values, for tests and for looking at the window. */
public final class FakeRoom {
    public static final Instant NOW = Instant.parse("2026-11-21T11:23:12Z");

    private final Plan plan = PlanFile.builtIn();
    private final FakeTimeline timeline = new FakeTimeline(NOW);
    private final Random random = new Random(7);

    public Plan plan() {
        return plan;
    }

    public FakeTimeline timeline() {
        return timeline;
    }

    /** Every point of the plan, and the five that are not on it, have a normal value. */
    public FakeRoom normal() {
        List<Reading> readings = new ArrayList<>();
        for (Placement placement : plan.placements()) {
            String name = placement.point().name();
            readings.add(
                    timeline.reading(
                            name,
                            text(placement, name),
                            attributes(name, placement.quantity().unit()),
                            NOW.minus(Duration.ofMillis(500 + random.nextInt(40_000)))));
        }
        readings.add(unbound("sensor.outdoor_temperature", "7.3", "°C"));
        readings.add(unbound("light.server_room", "off", ""));
        readings.add(unbound("sensor.server_room_energy", "48211.73", "kWh"));
        readings.add(unbound("sun.sun", "above_horizon", ""));
        readings.add(unbound("update.home_assistant_core", "off", ""));
        timeline.sayAll(readings);
        timeline.phase(FeedStatus.Phase.LIVE, Optional.empty());
        return this;
    }

    /** One value by hand. */
    public FakeRoom with(String entity, String text, String unit) {
        timeline.say(entity, text, attributes(entity, unit), NOW);
        return this;
    }

    /** The same, said at a moment. */
    public FakeRoom with(String entity, String text, String unit, Instant at) {
        timeline.say(entity, text, attributes(entity, unit), at);
        return this;
    }

    private Reading unbound(String name, String text, String unit) {
        return timeline.reading(
                name, text, attributes(name, unit), NOW.minus(Duration.ofMinutes(47)));
    }

    static Attributes attributes(String name, String unit) {
        String words = name.substring(name.indexOf('.') + 1).replace('_', ' ');
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return new Attributes(
                Optional.of(title),
                unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                Optional.empty(),
                unit.isEmpty() ? Optional.empty() : Optional.of("measurement"),
                true);
    }

    private String text(Placement placement, String name) {
        return switch (placement.quantity()) {
            case TEMPERATURE, DEW_POINT -> {
                double middle =
                        name.contains("hot_aisle") || name.contains("return")
                                ? 34
                                : name.contains("supply") ? 17.5 : 21.5;
                yield number(middle + random.nextGaussian() * 0.7, 1);
            }
            case HUMIDITY -> number(45 + random.nextGaussian() * 1.5, 1);
            case LOAD -> "42";
            case CHARGE -> "100";
            case RUNTIME -> "38";
            case POWER -> number(3200 + random.nextGaussian() * 400, 0);
            case VOLTAGE -> "231.4";
            case CURRENT -> "9.2";
            case FREQUENCY -> "50.0";
            case FAN_SPEED -> "61";
            case RUNNING -> "on";
            case ON_BATTERY, MOTION, OPEN, LEAK -> "off";
            case STATUS -> "OL";
        };
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
