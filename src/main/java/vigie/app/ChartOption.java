package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.console.history.Opening;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code --history POINT[,POINT…] --from T --to T}: a window that opens on a chart. */
final class ChartOption {
    @Option(names = "--history", paramLabel = "POINT", split = ",", descriptionKey = "chart")
    private List<String> points = new ArrayList<>();

    @Option(names = "--from", paramLabel = "T")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T")
    private @Nullable String to;

    ChartOption() {}

    /**
     * The chart asked for; empty: the window opens on the plan.
     *
     * @param zone of times without an offset
     * @throws Fault of kind {@code USAGE}, where a moment is none, or there is one but no chart
     */
    Optional<Opening> opening(ZoneId zone, Instant now) throws Fault {
        String begins = from;
        String ends = to;
        if (points.isEmpty()) {
            if (begins != null || ends != null) {
                throw new Fault(
                        Fault.Kind.USAGE,
                        Sentence.of("app.chart.alone"),
                        "a range without a chart");
            }
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
}
