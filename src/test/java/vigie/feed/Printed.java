package vigie.feed;

import org.jspecify.annotations.Nullable;

import vigie.point.Reading;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that a listener has who prints each row as it comes, and strikes the latest earlier line
 * of each id that was undone. Written by the feed's thread, read by any.
 */
final class Printed {
    /** One row, as the database has it or as it was printed. */
    record Line(long id, String point, Instant time, @Nullable String text) {
        /** By id, and equal ones beside each other. */
        static final Comparator<Line> ORDER =
                Comparator.comparingLong(Line::id)
                        .thenComparing(Line::point)
                        .thenComparing(Line::time)
                        .thenComparing(line -> String.valueOf(line.text()));

        static Line of(Reading reading) {
            return new Line(
                    reading.id().orElseThrow(),
                    reading.point().name(),
                    reading.time(),
                    reading.text());
        }
    }

    private final Map<Long, Deque<Line>> byId = new HashMap<>();
    private final List<Long> struckInVain = new ArrayList<>();
    private int size;

    synchronized void add(Reading reading) {
        Line line = Line.of(reading);
        byId.computeIfAbsent(line.id(), id -> new ArrayDeque<>()).addLast(line);
        size++;
    }

    synchronized void strike(List<Long> ids) {
        for (long id : ids) {
            Deque<Line> lines = byId.get(id);
            if (lines == null || lines.pollLast() == null) {
                struckInVain.add(id);
            } else {
                size--;
            }
        }
    }

    /** Ids named as undone of which no line stood: at most those of rows from before the start. */
    synchronized List<Long> struckInVain() {
        return List.copyOf(struckInVain);
    }

    /** How many lines stand. */
    synchronized int size() {
        return size;
    }

    /** All that stand, in {@link Line#ORDER}. */
    synchronized List<Line> lines() {
        List<Line> all = new ArrayList<>(size);
        byId.values().forEach(all::addAll);
        all.sort(Line.ORDER);
        return all;
    }
}
