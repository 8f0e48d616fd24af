package vigie.console.history;

import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The past that charts show. Methods block, may be called by any thread and by several at once, and
 * end early when their work is cancelled.
 */
public interface PastSource {
    /** As {@link History#range}. */
    List<PointRange> range(
            Collection<PointId> points, Instant from, Instant to, int wanted, Work work)
            throws Fault;

    /** As {@link History#points}. */
    List<HistoryPoint> points(Work work) throws Fault;

    /** As {@link History#missing}. */
    Optional<Sentence> missing(Work work) throws Fault;

    /** The past of a database. */
    static PastSource of(History history) {
        return new PastSource() {
            @Override
            public List<PointRange> range(
                    Collection<PointId> points, Instant from, Instant to, int wanted, Work work)
                    throws Fault {
                return history.range(points, from, to, wanted, work);
            }

            @Override
            public List<HistoryPoint> points(Work work) throws Fault {
                return history.points(work);
            }

            @Override
            public Optional<Sentence> missing(Work work) throws Fault {
                return history.missing(work);
            }
        };
    }
}
