package vigie.plan;

import vigie.point.PointId;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Plans as wild as the format allows, for tests that hold for every plan. */
final class RandomPlan {
    private static final String[] ZONES = {"Europe/Brussels", "UTC", "America/St_Johns"};

    private final Random random;
    private final List<Element> elements = new ArrayList<>();

    private RandomPlan(long seed) {
        random = new Random(seed);
    }

    static Plan of(long seed) {
        return new RandomPlan(seed).plan();
    }

    private Plan plan() {
        int size = random.nextInt(1, 8);
        for (int i = 0; i < size; i++) {
            elements.add(
                    new Element.Room(
                            id("room", i),
                            label(),
                            ZoneId.of(ZONES[random.nextInt(ZONES.length)]),
                            List.of(
                                    new Spot(random.nextDouble(), 0),
                                    new Spot(random.nextDouble(5, 500), random.nextDouble()),
                                    new Spot(random.nextDouble(), random.nextDouble(5, 500)))));
            elements.add(new Element.Wall(id("wall", i), label(), spot(), spot(), in(0.01, 2)));
            Spot hinge = spot();
            elements.add(
                    new Element.Door(
                            id("door", i),
                            label(),
                            hinge,
                            new Spot(hinge.x(), hinge.y() + in(0.4, 9)),
                            one(Facing.values())));
            elements.add(
                    new Element.Rack(
                            id("rack", i),
                            label(),
                            text(),
                            area(3),
                            one(Facing.values()),
                            in(0.2, 5)));
            elements.add(
                    new Element.Aisle(
                            id("aisle", i), label(), one(Element.Aisle.Kind.values()), area(100)));
            elements.add(
                    new Element.CoolingUnit(
                            id("unit", i), label(), area(20), one(Facing.values())));
            elements.add(new Element.UpsZone(id("zone", i), label(), area(100)));
            elements.add(
                    new Element.Sensor(
                            id("sensor", i),
                            label(),
                            one(SensorRole.values()),
                            spot(),
                            in(0, 50),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(id("rack", random.nextInt(size)))));
        }
        List<Placement> placements = new ArrayList<>();
        List<Limits> limits = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            // One after the other in time, so that the same point and place may come again.
            Span span = span(i);
            placements.add(
                    new Placement(
                            new PointId("sensor." + text().hashCode()),
                            id("sensor", random.nextInt(size)),
                            one(Quantity.values()),
                            span));
            limits.add(limits(one(Quantity.values()), span, size));
        }
        return new Plan(label(), elements, placements, limits);
    }

    private Limits limits(Quantity quantity, Span span, int size) {
        double[] bounds =
                random.doubles(4, -1e6, 1e6)
                        .sorted()
                        .map(value -> value == 0 ? 1 : value)
                        .toArray();
        boolean number = quantity.isNumber();
        boolean normal = !number && random.nextBoolean();
        return new Limits(
                one(SensorRole.values()),
                quantity,
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(id("sensor", random.nextInt(size))),
                quantity == Quantity.TEMPERATURE && random.nextBoolean() ? "°F" : quantity.unit(),
                bound(number, bounds[0]),
                bound(number, bounds[1]),
                bound(number, bounds[2]),
                bound(number, bounds[3]),
                normal ? Optional.of(quantity.isSwitch() ? "off" : text()) : Optional.empty(),
                normal ? one(Deviation.values()) : Deviation.NONE,
                span);
    }

    private OptionalDouble bound(boolean number, double value) {
        return number && random.nextInt(4) > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private Span span(int i) {
        Instant start =
                Instant.ofEpochSecond(1_700_000_000L + i * 1000L, random.nextInt(1_000_000_000));
        return new Span(Optional.of(start), Optional.of(start.plusMillis(random.nextInt(1, 900))));
    }

    private ElementId id(String kind, int i) {
        return new ElementId(kind + " “" + i + "” \\ \"é☃\uD83D\uDD25\"");
    }

    private Label label() {
        return switch (random.nextInt(3)) {
            case 0 -> Label.of(text());
            case 1 -> new Label(Map.of("en", text(), "fr", text()));
            default -> new Label(Map.of("de", text()));
        };
    }

    private String text() {
        return String.format(Locale.ROOT, "a/b~\"%d\" ünïcode ❄ ''", random.nextInt());
    }

    private Area area(double most) {
        return new Area(in(0, 300), in(0, 300), in(0.2, most), in(0.2, most));
    }

    private Spot spot() {
        return new Spot(in(0, 400), in(0, 400));
    }

    private double in(double least, double most) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextDouble(least, most);
            case 1 -> Math.max(least, Math.rint(random.nextDouble(least, most)));
            default -> Math.max(least, Math.rint(random.nextDouble(least, most) * 100) / 100);
        };
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
