package vigie.console;

import org.jspecify.annotations.Nullable;

import vigie.console.history.PastSource;
import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.Work;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;

/** A past made of formulas: as long as one likes, the same every time, with gaps and spikes. */
public final class FakePast implements PastSource {
    /** What was asked. */
    public record Asked(List<PointId> points, Instant from, Instant to, int wanted, Work work) {}

    /** What a number's history is made of. */
    @FunctionalInterface
    public interface Curve {
        /** The value held at a moment; NaN where it is not trustworthy. */
        double at(long micros);
    }

    private record Series(
            Kind kind,
            LongFunction<String> unit,
            long step,
            Curve curve,
            LongFunction<@Nullable String> text,
            NavigableMap<Long, Double> spikes) {}

    private static final long SECOND = 1_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final ZoneId zone;
    private final Map<PointId, Series> all = new LinkedHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Instant now;
    private volatile @Nullable Fault fault;
    private volatile Duration delay = Duration.ZERO;
    private volatile Optional<Instant> begins = Optional.empty();
    private volatile Optional<Sentence> missing = Optional.empty();

    public FakePast(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A number that changes every {@code step}. */
    public FakePast number(String name, String unit, Duration step, Curve curve) {
        return number(name, _ -> unit, step, Kind.NUMBER, curve);
    }

    /** A number whose unit may change. */
    public FakePast number(
            String name, LongFunction<String> unit, Duration step, Kind kind, Curve curve) {
        all.put(
                new PointId(name),
                new Series(kind, unit, step.toNanos() / 1_000, curve, _ -> null, new TreeMap<>()));
        return this;
    }

    /** A text; null where nothing is known. */
    public FakePast text(String name, Duration step, LongFunction<@Nullable String> text) {
        all.put(
                new PointId(name),
                new Series(
                        Kind.TEXT,
                        _ -> "",
                        step.toNanos() / 1_000,
                        _ -> Double.NaN,
                        text,
                        new TreeMap<>()));
        return this;
    }

    /** For a second a number is something else. */
    public FakePast spike(String name, Instant at, double height) {
        Series series = all.get(new PointId(name));
        if (series == null) {
            throw new IllegalArgumentException(name);
        }
        series.spikes.put(Times.micros(at), height);
        return this;
    }

    /** Nothing was recorded before. */
    public FakePast begins(Instant at) {
        begins = Optional.of(at);
        return this;
    }

    /** The clock goes on. */
    public void now(Instant at) {
        now = at;
    }

    /** Every question fails; null: no more. */
    public void fail(@Nullable Fault why) {
        fault = why;
    }

    /** Every question takes so long. */
    public void delay(Duration wait) {
        delay = wait;
    }

    /** What the archive lacks. */
    public FakePast missing(Sentence sentence) {
        missing = Optional.of(sentence);
        return this;
    }

    /** What was asked so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public List<HistoryPoint> points(Work work) {
        return all.entrySet().stream().map(one -> point(one.getKey(), one.getValue())).toList();
    }

    @Override
    public Optional<Sentence> missing(Work work) {
        return missing;
    }

    @Override
    public List<PointRange> range(
            Collection<PointId> points, Instant from, Instant to, int wanted, Work work)
            throws Fault {
        long until = System.nanoTime() + delay.toNanos();
        asked.add(new Asked(List.copyOf(points), from, to, wanted, work));
        while (System.nanoTime() < until) {
            work.check();
            Thread.onSpinWait();
        }
        Fault failing = fault;
        if (failing != null) {
            throw failing;
        }
        List<PointRange> found = new ArrayList<>();
        for (PointId point : points) {
            Series series = all.get(point);
            if (series != null) {
                work.check();
                found.add(range(point, series, Times.micros(from), Times.micros(to), wanted));
            }
        }
        return found;
    }

    private PointRange range(PointId id, Series series, long from, long to, int wanted) {
        Grid grid = Grid.fitting(from, to, wanted, zone);
        long first = begins.map(Times::micros).orElse(Long.MIN_VALUE);
        long start = grid.floor(from);
        long present = Times.micros(now);
        long end = grid.ceiling(Math.min(to, present));
        if (end <= start) {
            return new PointRange(
                    point(id, series), start, start, grid.micros(), List.of(), List.of());
        }
        if (series.kind == Kind.TEXT) {
            return new PointRange(
                    point(id, series),
                    start,
                    Math.min(end, present),
                    grid.micros(),
                    List.of(),
                    spans(series, Math.max(first, start), Math.min(end, present)));
        }
        // As the database would have it: hourly means where readings are long gone.
        Tier tier =
                grid.micros() >= HOUR
                        ? Tier.HOURS
                        : grid.micros() >= 15 * MINUTE ? Tier.QUARTERS : Tier.STATES;
        Fold fold = new Fold(grid, series.kind, tier, start);
        long step = Math.max(series.step, grid.micros() / 6);
        long at = Math.floorDiv(start, step) * step;
        if (at >= first) {
            fold.carry(series.curve.at(at), Optional.of(series.unit.apply(at)));
        }
        for (at = at + step; at < Math.min(end, present); at += step) {
            Optional<String> unit = Optional.of(series.unit.apply(at));
            series.spikes
                    .subMap(Math.max(start, at - step), at)
                    .forEach((began, height) -> {
                        fold.reading(began, height, unit);
                        long ended = began + SECOND;
                        fold.reading(ended, series.curve.at(ended), unit);
                    });
            if (at >= first && at >= start) {
                fold.reading(at, series.curve.at(at), Optional.of(series.unit.apply(at)));
            }
        }
        return new PointRange(
                point(id, series),
                start,
                Math.min(end, present),
                grid.micros(),
                fold.finish(Math.min(end, present), end),
                List.of());
    }

    private static List<TextSpan> spans(Series series, long from, long to) {
        List<TextSpan> spans = new ArrayList<>();
        long begin = from;
        String text = series.text.apply(from);
        for (long at = Math.floorDiv(from, series.step) * series.step + series.step;
                at < to;
                at += series.step) {
            String next = series.text.apply(at);
            if (!java.util.Objects.equals(text, next)) {
                spans.add(span(begin, at, text));
                begin = at;
                text = next;
            }
        }
        spans.add(span(begin, to, text));
        return spans;
    }

    private static TextSpan span(long from, long to, @Nullable String text) {
        return new TextSpan(
                from,
                to,
                text,
                text == null ? Quality.of(Quality.Reason.UNAVAILABLE) : Quality.GOOD,
                Tier.STATES);
    }

    private HistoryPoint point(PointId id, Series series) {
        return new HistoryPoint(
                id,
                Optional.of(new PointKey(Math.floorMod(id.hashCode(), 1_000_000) + 1L)),
                OptionalInt.empty(),
                OptionalLong.empty(),
                series.kind,
                new Attributes(
                        Optional.of(FakeRoom.attributes(id.name(), "").friendlyName().orElse("")),
                        Optional.of(series.unit.apply(Times.micros(now))),
                        Optional.empty(),
                        Optional.of("measurement"),
                        true));
    }

    /** A smooth, restless number around a middle: days, hours, and a little of everything. */
    public static Curve around(double middle, double swing, long seed) {
        return micros -> {
            double days = micros / (double) DAY + seed * 0.37;
            double wave =
                    Math.sin(days * 2 * Math.PI) * 0.5
                            + Math.sin(days * 2 * Math.PI / 4.6) * 0.45
                            + Math.sin(days * 2 * Math.PI / 365.25) * 0.6
                            + Math.sin(days * 2 * Math.PI * 17.3) * 0.15;
            return middle + swing * (wave + noise(micros / MINUTE, seed) * 0.22);
        };
    }

    /** The curve without a stretch. */
    public static Curve without(Curve curve, Instant from, Instant to) {
        long begin = Times.micros(from);
        long end = Times.micros(to);
        return micros -> micros >= begin && micros < end ? Double.NaN : curve.at(micros);
    }

    /** Between −1 and 1, the same for the same number. */
    private static double noise(long number, long seed) {
        long mixed = (number * 0x9E3779B97F4A7C15L) ^ (seed * 0xC2B2AE3D27D4EB4FL);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >> 11) / (double) (1L << 52);
    }
}
