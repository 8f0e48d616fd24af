package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A device that measures the room and reports to Home Assistant under one entity: what it reads,
 * how exactly, how often, and what it does not bother to say. Not thread-safe.
 */
final class Device {
    /** What a device does at its turn. */
    interface Reading {
        /** The text to report, or null for nothing to say this time. */
        @Nullable String read(ServerRoom room, SplittableRandom random, double wall);

        /** What it said last did not arrive: say it again at the next turn. */
        default void forget() {}
    }

    private final String entityId;
    private final String attributes;
    private final @Nullable Function<SplittableRandom, String> changingAttributes;
    private final double period;
    private final boolean prompt;
    private final boolean template;
    private final Reading reading;
    private final SplittableRandom random;
    private String currentAttributes;
    private double attributesDue;
    private double due = Double.NaN;

    private Device(
            String entityId,
            String attributes,
            @Nullable Function<SplittableRandom, String> changingAttributes,
            double period,
            boolean prompt,
            boolean template,
            Reading reading,
            long seed) {
        this.entityId = entityId;
        this.attributes = attributes;
        this.changingAttributes = changingAttributes;
        this.period = period;
        this.prompt = prompt;
        this.template = template;
        this.reading = reading;
        this.random = new SplittableRandom(seed * 31 + entityId.hashCode());
        this.currentAttributes =
                changingAttributes == null ? attributes : changingAttributes.apply(random);
    }

    /**
     * A device that measures a number.
     *
     * @param decimals digits after the point that it reports
     * @param noise standard deviation of its error
     * @param delta it keeps silent for changes smaller than this; 0 where it is polled and always
     *     answers
     * @param period seconds between two readings
     */
    static Device number(
            long seed,
            String entityId,
            String attributes,
            int decimals,
            double noise,
            double delta,
            double period,
            ToDoubleFunction<ServerRoom> truth) {
        Reading reading =
                new Reading() {
                    private double last = Double.NaN;
                    private double lastWall = Double.NaN;

                    @Override
                    public @Nullable String read(
                            ServerRoom room, SplittableRandom random, double wall) {
                        double value = truth.applyAsDouble(room);
                        value += noise == 0 ? 0 : noise * random.nextGaussian();
                        boolean silent =
                                delta > 0
                                        && Math.abs(value - last) < delta
                                        && wall - lastWall < HEARTBEAT;
                        if (silent) {
                            return null;
                        }
                        last = value;
                        lastWall = wall;
                        return decimal(value, decimals);
                    }

                    @Override
                    public void forget() {
                        last = Double.NaN;
                    }
                };
        return new Device(entityId, attributes, null, period, false, false, reading, seed);
    }

    /** A device that says a word, and says it at once when it changes. */
    static Device word(
            long seed, String entityId, String attributes, Function<ServerRoom, String> truth) {
        return new Device(
                entityId,
                attributes,
                null,
                60,
                true,
                false,
                (room, _, _) -> truth.apply(room),
                seed);
    }

    /** The same, with attributes that change by themselves every few hours. */
    Device withChangingAttributes(Function<SplittableRandom, String> attributesOf, long seed) {
        return new Device(
                entityId, attributes, attributesOf, period, prompt, template, reading, seed);
    }

    /** The same, computed in Home Assistant: after a restart it says {@code unknown} at first. */
    Device asTemplate(long seed) {
        return new Device(
                entityId, attributes, changingAttributes, period, prompt, true, reading, seed);
    }

    /** Silent devices speak at least this often, in seconds. */
    static final double HEARTBEAT = 1800;

    private static final double ATTRIBUTES_CHANGE = 5 * 3600;

    String entityId() {
        return entityId;
    }

    String attributes() {
        return currentAttributes;
    }

    boolean template() {
        return template;
    }

    /** When it reads next, wall time in seconds; NaN before its first turn. */
    double due() {
        return due;
    }

    /** Sets its first turn; each device has a phase of its own. */
    void startAt(double wall, double spread) {
        due = wall + spread * random.nextDouble();
        attributesDue = wall + ATTRIBUTES_CHANGE * random.nextDouble();
    }

    /** Its next turn after one at {@code wall}; {@code slowness} stretches the period. */
    void next(double wall, double slowness, double tick) {
        double step = prompt ? Math.max(tick, 1) : period * slowness;
        due = wall + step * (prompt ? 1 : 0.97 + 0.06 * random.nextDouble());
    }

    /** Reads the room; null for nothing to say. */
    @Nullable String read(ServerRoom room, double wall) {
        if (changingAttributes != null && wall >= attributesDue) {
            currentAttributes = changingAttributes.apply(random);
            attributesDue = wall + ATTRIBUTES_CHANGE * (0.7 + 0.6 * random.nextDouble());
        }
        return reading.read(room, random, wall);
    }

    /** Nobody hears it: what it would say at the next turn counts as new. */
    void forget() {
        reading.forget();
    }

    /** A number in plain digits with a fixed count after the point, as devices write it. */
    static String decimal(double value, int decimals) {
        long scale = decimals == 0 ? 1 : decimals == 1 ? 10 : decimals == 2 ? 100 : 1000;
        long scaled = Math.round(value * scale);
        if (decimals == 0) {
            return Long.toString(scaled);
        }
        long magnitude = Math.abs(scaled);
        String fraction = Long.toString(scale + magnitude % scale).substring(1);
        return (scaled < 0 ? "-" : "") + magnitude / scale + "." + fraction;
    }
}
