package vigie.console.history;

import vigie.point.PointId;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A chart to open.
 *
 * @param title over it; empty: the names of its points
 * @param points at least one to have something to see
 * @param last how long before the present it begins, where it follows the present; empty: it stands
 *     still
 * @param from where it stands still: since when
 * @param to where it stands still: until when
 */
public record Opening(
        String title,
        List<PointId> points,
        Optional<Duration> last,
        Optional<Instant> from,
        Optional<Instant> to) {
    /** What an operator wants to see first. */
    public static final Duration USUAL = Duration.ofDays(1);

    public Opening {
        points = List.copyOf(points);
        if (last.isEmpty() && (from.isEmpty() || to.isEmpty() || !from.get().isBefore(to.get()))) {
            throw new IllegalArgumentException("a chart shows a stretch of time");
        }
    }

    /** A chart that follows the present. */
    public static Opening following(String title, List<PointId> points, Duration last) {
        return new Opening(title, points, Optional.of(last), Optional.empty(), Optional.empty());
    }

    /** A chart that stands still. */
    public static Opening between(String title, List<PointId> points, Instant from, Instant to) {
        return new Opening(title, points, Optional.empty(), Optional.of(from), Optional.of(to));
    }
}
