package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code --from T --to T}: the last 24 hours where nothing is said. */
final class RangeOption {
    private static final Duration USUAL = Duration.ofHours(24);

    /** What can be asked for: microseconds since 1970 fit a long with room to spare. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * From a moment to a later one.
     *
     * @param from first moment
     * @param to first moment after it
     * @param notes what to tell whoever asked: of hours that come twice or not at all
     */
    record Range(Instant from, Instant to, List<Sentence> notes) {
        Range {
            notes = List.copyOf(notes);
        }
    }

    @Option(names = "--from", paramLabel = "T")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T")
    private String to = "now";

    RangeOption() {}

    /**
     * The range asked for.
     *
     * @param zone of times without an offset
     * @throws Fault of kind {@code USAGE}, where one is no moment or the first is not the earlier
     */
    Range range(ZoneId zone, Instant now) throws Fault {
        Instant end = within(Moments.parse(to, zone, now));
        String beginning = from;
        Instant start =
                beginning == null ? end.minus(USUAL) : within(Moments.parse(beginning, zone, now));
        if (!start.isBefore(end)) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of(
                            "app.range.order",
                            beginning == null ? start.toString() : beginning,
                            to),
                    "the range ends before it begins");
        }
        return new Range(
                start,
                end,
                Stream.of(
                                Optional.ofNullable(beginning)
                                        .flatMap(text -> Moments.note(text, zone)),
                                Moments.note(to, zone))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Instant within(Instant moment) {
        return moment.isBefore(FIRST) ? FIRST : moment.isAfter(LAST) ? LAST : moment;
    }
}
