package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.recorder.PastSql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When Home Assistant did not record: between an orderly stop and the next start, after a death
 * without a word from the last row on, and now, where it has been silent for long. What was held
 * before is not known in that time, and not after it until a point says something again.
 *
 * @param spans in order of time, apart from each other
 */
record Outages(List<Span> spans) {
    /** However rarely it writes, a silence as long as this is said on every screen too. */
    private static final long SILENCE = Duration.ofMinutes(15).toNanos() / 1_000;

    /** Rows of the last commit may be a little younger than the end of the run. */
    private static final long TOLERANCE = 2_000_000;

    /**
     * One of them.
     *
     * @param from first microsecond
     * @param to first after it; {@link Long#MAX_VALUE} where it is not over
     * @param silent whether it only fell silent: nobody knows yet whether it runs
     */
    record Span(long from, long to, boolean silent) {
        Span(long from, long to) {
            this(from, to, false);
        }
    }

    Outages {
        spans = List.copyOf(spans);
    }

    /**
     * Reads those that began before a moment: also one that was over long before a range cuts off a
     * point that has said nothing since.
     *
     * @param now the database's
     */
    static Outages read(Link link, long to, long now) throws SQLException {
        List<Span> found = new ArrayList<>();
        if (link.archive().isPresent()) {
            link.askOwn(
                    "SELECT from_us, to_us FROM "
                            + link.own("outage")
                            + " WHERE recorder = ? AND from_us < ?",
                    statement -> {
                        statement.setString(1, link.schema().name());
                        statement.setLong(2, to);
                    },
                    row -> {
                        long end = row.getLong(2);
                        found.add(new Span(row.getLong(1), row.wasNull() ? Long.MAX_VALUE : end));
                    });
        }
        long newest = newestBefore(link, now + TOLERANCE);
        addRuns(link, to, newest, found);
        if (newest > 0 && newest < now - SILENCE) {
            found.add(new Span(newest, Long.MAX_VALUE, true));
        }
        return new Outages(joined(found, newest));
    }

    private record Run(long start, long end) {
        boolean isOpen() {
            return end < 0;
        }
    }

    private static void addRuns(Link link, long to, long newest, List<Span> found)
            throws SQLException {
        List<Run> runs = new ArrayList<>();
        try {
            link.ask(
                    PastSql.runs(),
                    statement -> {},
                    row -> {
                        long start = micros(row.getObject(1, LocalDateTime.class));
                        long end = micros(row.getObject(2, LocalDateTime.class));
                        // Of a run that died its successor writes the end, and means its own start.
                        runs.add(new Run(start, row.getBoolean(3) ? -1 : end));
                    });
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
        for (int i = 1; i < runs.size(); i++) {
            Run before = runs.get(i - 1);
            long start = runs.get(i).start();
            if (before.start() < to) {
                long stop = before.isOpen() ? newestBefore(link, start) : before.end();
                if (stop > 0 && stop < start) {
                    found.add(new Span(stop, start));
                }
            }
        }
        if (!runs.isEmpty()) {
            Run last = runs.getLast();
            if (!last.isOpen() && newest <= last.end() + TOLERANCE) {
                found.add(new Span(last.end(), Long.MAX_VALUE));
            }
        }
    }

    private static long micros(@Nullable LocalDateTime utc) {
        return utc == null ? -1 : Times.micros(utc.toInstant(ZoneOffset.UTC));
    }

    private static long newestBefore(Link link, long time) throws SQLException {
        long[] newest = {-1};
        link.ask(
                PastSql.newestBefore(),
                statement -> statement.setDouble(1, Times.seconds(time)),
                row -> {
                    double seconds = row.getDouble(1);
                    newest[0] = row.wasNull() ? -1 : Times.micros(seconds);
                });
        return newest[0];
    }

    /** An outage that is not over is, where there are rows after it. */
    private static List<Span> joined(List<Span> found, long newest) {
        found.sort(Comparator.comparingLong(Span::from).thenComparingLong(Span::to));
        List<Span> joined = new ArrayList<>();
        for (Span span : found) {
            if (span.to() == Long.MAX_VALUE && span.from() + TOLERANCE < newest) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().to() >= span.from()) {
                Span last = joined.removeLast();
                joined.add(
                        new Span(
                                last.from(),
                                Math.max(last.to(), span.to()),
                                last.silent() && span.silent()));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    /** The first that begins at or after a moment, by its place in {@link #spans}. */
    int indexFrom(long time) {
        int i = 0;
        while (i < spans.size() && spans.get(i).from() < time) {
            i++;
        }
        return i;
    }

    /** Whether one that began between the two moments cuts off what was said at the first. */
    boolean between(long said, long time) {
        for (Span span : spans) {
            if (span.from() >= said && span.from() <= time) {
                return true;
            }
        }
        return false;
    }
}
