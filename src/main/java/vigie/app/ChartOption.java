package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.console.history.Opening;
import vigie.console.replay.Mode;
import vigie.console.replay.Start;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;
import vigie.timeline.Recorded;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code --history POINT[,POINT…] --from T --to T}: a window that opens on a chart; without points
 * {@code --from T --to T --speed N} or {@code --at T}: one that opens in the past.
 */
final class ChartOption {
    private static final Duration USUAL = Duration.ofHours(24);

    @Option(names = "--history", paramLabel = "POINT", split = ",", descriptionKey = "chart")
    private List<String> points = new ArrayList<>();

    @Option(names = "--from", paramLabel = "T", descriptionKey = "playFrom")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", descriptionKey = "playTo")
    private @Nullable String to;

    @Option(names = "--at", paramLabel = "T", descriptionKey = "replayAt")
    private @Nullable String at;

    @Option(
            names = "--speed",
            paramLabel = "N",
            descriptionKey = "speed",
            converter = Speed.Converter.class)
    private @Nullable Speed speed;

    ChartOption() {}

    /**
     * The chart asked for; empty: the window opens on the plan.
     *
     * @param zone of times without an offset
     * @throws Fault of kind {@code USAGE}, where a moment is none
     */
    Optional<Opening> opening(ZoneId zone, Instant now) throws Fault {
        String begins = from;
        String ends = to;
        if (points.isEmpty()) {
            return Optional.empty();
        }
        List<PointId> its =
                points.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .map(PointId::new)
                        .toList();
        if (ends == null && begins == null) {
            return Optional.of(Opening.following("", its, Opening.USUAL));
        }
        Instant end = ends == null ? now : Moments.parse(ends, zone, now);
        Instant start =
                begins == null ? end.minus(Opening.USUAL) : Moments.parse(begins, zone, now);
        if (!start.isBefore(end)) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of(
                            "app.range.order",
                            begins == null ? start.toString() : begins,
                            ends == null ? "now" : ends),
                    "the range ends before it begins");
        }
        return Optional.of(
                ends == null
                        ? Opening.following("", its, Duration.between(start, end))
                        : Opening.between("", its, start, end));
    }

    /** The same in the past of a database. */
    Optional<Start> replay(ZoneId zone, Instant now) throws Fault {
        return replay(Mode.REPLAY, new Recorded.Extent(Instant.EPOCH, Instant.MAX), zone, now);
    }

    /**
     * The replay asked for; empty: the window opens at present.
     *
     * @param mode of the window
     * @param extent what can be played; an end that is never reached moves on with the present
     * @param now what {@code now} is
     * @throws Fault of kind {@code USAGE}, where a moment is none, has not come yet, or the words
     *     contradict each other
     */
    Optional<Start> replay(Mode mode, Recorded.Extent extent, ZoneId zone, Instant now)
            throws Fault {
        boolean played = from != null || to != null;
        if (!points.isEmpty()) {
            if (at != null || speed != null) {
                throw usage("app.replay.chart");
            }
            return Optional.empty();
        }
        if (at != null && played) {
            throw usage("app.replay.both");
        }
        if (at == null && !played) {
            if (speed != null) {
                throw usage("app.replay.speedAlone");
            }
            return Optional.empty();
        }
        double chosen = speed == null ? 1 : speed.checked();
        if (at != null) {
            Instant moment = past(at, zone, extent, now);
            return Optional.of(new Start(mode, extent.from(), extent.to(), moment, chosen, false));
        }
        Instant end = to == null ? extent.to() : Moments.parse(to, zone, now);
        Instant start =
                from == null
                        ? (to == null ? now : end).minus(USUAL)
                        : past(from, zone, extent, now);
        if (!start.isBefore(end)) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of(
                            "app.range.order",
                            from == null ? start.toString() : from,
                            to == null ? "now" : to),
                    "the range ends before it begins");
        }
        return Optional.of(new Start(mode, start, end, start, chosen, true));
    }

    /** What to tell whoever asked: of hours that come twice or not at all. */
    List<Sentence> notes(ZoneId zone) {
        return Stream.of(
                        Optional.ofNullable(at), Optional.ofNullable(from), Optional.ofNullable(to))
                .flatMap(Optional::stream)
                .map(text -> Moments.note(text, zone))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The speed the call says, if it says one. */
    Optional<Double> speed() {
        return Optional.ofNullable(speed).map(Speed::times);
    }

    private static Instant past(String text, ZoneId zone, Recorded.Extent extent, Instant now)
            throws Fault {
        Instant moment = Moments.parse(text, zone, now);
        boolean file = extent.to().equals(now);
        if (file && (moment.isAfter(extent.to()) || moment.isBefore(extent.from()))) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of(
                            "app.replay.outside",
                            text,
                            extent.from().atZone(zone).toOffsetDateTime().toString(),
                            extent.to().atZone(zone).toOffsetDateTime().toString()),
                    "a moment that the file does not tell");
        }
        if (moment.isAfter(now)) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("app.replay.future", text),
                    "a moment that has not come");
        }
        return moment;
    }

    private static Fault usage(String key) {
        return new Fault(Fault.Kind.USAGE, Sentence.of(key), key);
    }
}
