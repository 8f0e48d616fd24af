package vigie.history;

import vigie.point.PointId;
import vigie.point.Reading;
import vigie.text.Fault;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every row of {@code states} of a stretch of time, once, in the order in which they were
 * committed: that of their ids, which Home Assistant gives in that order, and where several write,
 * that of the log as far as the archive knows it. Rows that were purged come from the archive, and
 * so do the names the points had and what a row said before it was repaired.
 *
 * <p>The tables are asked for one short stretch after the other, and between the questions nothing
 * is held on the server, however long whoever takes the rows rests. What is purged before its turn
 * and is in no archive is not told. Memory is bounded: rows that came very late are read again at
 * their turn where too many wait for it.
 */
public final class RowStream {
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    /** The first stretch: nothing is known of how much there is. */
    private static final long FIRST = 60 * SECOND;

    /** After a stretch with fewer, the next is twice as long. */
    private static final int FEW = 10_000;

    /** So many rows may wait for their turn. */
    private static final int MOST_WAITING = 250_000;

    /** So many ids may be given before those of another transaction are committed. */
    private static final int INTERLEAVED = 2_000;

    /** Takes rows, on the caller's thread; may take its time. */
    public interface Sink {
        /** One row. */
        void reading(Reading reading);

        /**
         * Home Assistant stopped recording, or began again; said before the first row that is not
         * older.
         */
        void recorder(boolean records, Instant at);
    }

    private final History history;
    private final Predicate<PointId> wanted;
    private final KnownAttributes attributes = new KnownAttributes();

    /**
     * @param wanted which points, by the name that they had at the time
     */
    public RowStream(History history, Predicate<PointId> wanted) {
        this.history = history;
        this.wanted = wanted;
    }

    /**
     * Reads them.
     *
     * @param from inclusive
     * @param to exclusive, after {@code from}; may lie in the future
     * @return how many rows there were
     */
    public long read(Instant from, Instant to, Work work, Sink sink) throws Fault {
        List<RecorderOutage> outages =
                history.outages(from, to, work).stream().filter(one -> !one.silent()).toList();
        Telling telling = new Telling(sink, outages, from, to);
        long lowest = Long.MIN_VALUE;
        do {
            lowest = new Pass(work, telling, lowest).run(Times.micros(from), Times.micros(to));
        } while (lowest != Long.MAX_VALUE);
        telling.end();
        return telling.count;
    }

    private RowWindow window(Link link) throws SQLException {
        return new RowWindow(link, wanted, attributes);
    }

    /** Hands rows out with what happened to the recorder between them. */
    private static final class Telling {
        private record Turn(Instant at, boolean records) {}

        private final Sink sink;
        private final List<Turn> turns = new ArrayList<>();
        private int next;
        private long count;

        Telling(Sink sink, List<RecorderOutage> outages, Instant from, Instant to) {
            this.sink = sink;
            for (RecorderOutage outage : outages) {
                add(outage.from(), false, from, to);
                outage.to().ifPresent(end -> add(end, true, from, to));
            }
        }

        private void add(Instant at, boolean records, Instant from, Instant to) {
            if (!at.isBefore(from) && at.isBefore(to)) {
                turns.add(new Turn(at, records));
            }
        }

        void tell(RowWindow.Waiting row) {
            while (next < turns.size() && isBefore(turns.get(next), row)) {
                tellTurn();
            }
            count++;
            sink.reading(row.reading());
        }

        /** The last row of a recorder that died is its end. */
        private static boolean isBefore(Turn turn, RowWindow.Waiting row) {
            long at = Times.micros(turn.at());
            return turn.records() ? at <= row.time() : at < row.time();
        }

        private void tellTurn() {
            Turn turn = turns.get(next++);
            sink.recorder(turn.records(), turn.at());
        }

        void end() {
            while (next < turns.size()) {
                tellTurn();
            }
        }
    }

    /** Goes through the whole stretch once. */
    private final class Pass {
        private final Work work;
        private final Telling telling;

        /** Lower ids have been told by a pass before. */
        private final long lowest;

        /** This and higher ids are left to the next pass. */
        private long highest = Long.MAX_VALUE;

        private List<RowWindow.Waiting> waiting = new ArrayList<>();

        Pass(Work work, Telling telling, long lowest) {
            this.work = work;
            this.telling = telling;
            this.lowest = lowest;
        }

        /**
         * @return with which id the next pass begins; {@link Long#MAX_VALUE}: none is needed
         */
        long run(long from, long to) throws Fault {
            RowWindow.Reach reach = history.ask(work, link -> window(link).reach(from));
            long at = Math.max(from, reach.first());
            long end = Math.min(to, reach.last() + 1);
            long width = FIRST;
            long lowestBefore = Long.MIN_VALUE;
            while (at < end) {
                long begin = at;
                long next = Math.min(end, at + width);
                Optional<List<RowWindow.Waiting>> read =
                        history.ask(work, link -> window(link).read(begin, next, lowest));
                if (read.isEmpty()) {
                    // What one microsecond holds is read whole, however much it is.
                    width = Math.max(1, width / 2);
                    continue;
                }
                List<RowWindow.Waiting> rows = read.get();
                if (!rows.isEmpty()) {
                    long low = rows.stream().mapToLong(RowWindow.Waiting::id).min().getAsLong();
                    long high = rows.stream().mapToLong(RowWindow.Waiting::id).max().getAsLong();
                    // Ids below all that came before: the tables were made anew meanwhile.
                    release(high < lowestBefore ? Long.MAX_VALUE : low, high < lowestBefore);
                    lowestBefore = low;
                    take(rows);
                }
                at = next;
                if (rows.isEmpty() && width >= DAY) {
                    RowWindow.Reach rest = history.ask(work, link -> window(link).reach(next));
                    at = Math.max(at, rest.first());
                }
                width = rows.size() < FEW ? Math.min(DAY, 2 * width) : width;
            }
            release(Long.MAX_VALUE, true);
            return highest;
        }

        private void take(List<RowWindow.Waiting> rows) {
            for (RowWindow.Waiting row : rows) {
                if (row.id() < highest) {
                    waiting.add(row);
                }
            }
            if (waiting.size() > MOST_WAITING) {
                waiting.sort(Comparator.comparingLong(RowWindow.Waiting::id));
                highest = waiting.get(MOST_WAITING / 2).id();
                List<RowWindow.Waiting> kept = new ArrayList<>();
                for (RowWindow.Waiting row : waiting) {
                    if (row.id() < highest) {
                        kept.add(row);
                    }
                }
                waiting = kept;
            }
        }

        /**
         * Tells what certainly has its turn.
         *
         * @param below rows with this id or higher may still have others before them
         * @param all whether nothing that is still to be read belongs between them
         */
        private void release(long below, boolean all) {
            waiting.sort(
                    Comparator.comparingLong(RowWindow.Waiting::id)
                            .thenComparingLong(RowWindow.Waiting::time));
            int ready = 0;
            while (ready < waiting.size() && waiting.get(ready).id() < below) {
                ready++;
            }
            sortByLog(waiting.subList(0, ready));
            int told = all ? ready : ready - INTERLEAVED;
            for (int i = 0; i < told; i++) {
                telling.tell(waiting.get(i));
            }
            if (told > 0) {
                waiting = new ArrayList<>(waiting.subList(told, waiting.size()));
            }
        }

        /** Neighbours whose place in the same log is known are put into its order. */
        private static void sortByLog(List<RowWindow.Waiting> rows) {
            int from = 0;
            while (from < rows.size()) {
                int stream = rows.get(from).stream();
                int to = from + 1;
                while (to < rows.size() && rows.get(to).stream() == stream) {
                    to++;
                }
                if (stream >= 0) {
                    rows.subList(from, to)
                            .sort(Comparator.comparingLong(RowWindow.Waiting::sequence));
                }
                from = to;
            }
        }
    }
}
