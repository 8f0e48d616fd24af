package vigie.app;

import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code vigie history} asks of the {@link History}. */
interface Past extends AutoCloseable {
    /** Every point that has a history, by name. */
    List<HistoryPoint> points(Work work) throws Fault;

    /** The point that has this name, or had it last; empty where there is none. */
    Optional<HistoryPoint> find(PointId name, Work work) throws Fault;

    /** The history of one point; empty where it has none. */
    Optional<PointRange> range(PointId point, RangeOption.Range asked, int buckets, Work work)
            throws Fault;

    /** What is not kept and what would help. */
    Optional<Sentence> missing(Work work) throws Fault;

    @Override
    void close();

    /** The past of a database. */
    static Past of(History history) {
        return new Past() {
            @Override
            public List<HistoryPoint> points(Work work) throws Fault {
                return history.points(work);
            }

            @Override
            public Optional<HistoryPoint> find(PointId name, Work work) throws Fault {
                return history.find(name, work);
            }

            @Override
            public Optional<PointRange> range(
                    PointId point, RangeOption.Range asked, int buckets, Work work) throws Fault {
                Instant from = asked.from();
                return history.range(List.of(point), from, asked.to(), buckets, work).stream()
                        .findFirst();
            }

            @Override
            public Optional<Sentence> missing(Work work) throws Fault {
                return history.missing(work);
            }

            @Override
            public void close() {
                history.close();
            }
        };
    }
}
