package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.series.Grid;
import vigie.point.PointId;
import vigie.recorder.RecorderSchema;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The past of one Home Assistant database. All methods block for as long as the server takes, may
 * be called by any thread and by several at once, and end early when their {@link Work} is
 * cancelled ({@link java.util.concurrent.CancellationException}). While the server is away each
 * answers by a {@link Fault} of kind {@code PASSING}; afterwards it works again.
 */
public final class History implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Connections recorder;
    private final Connections own;
    private final boolean shared;
    private final String ownSchema;
    private final ZoneId zone;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final KnownAttributes attributes = new KnownAttributes();
    private final KnownCadences cadences = new KnownCadences();
    private volatile @Nullable RecorderSchema schema;

    /**
     * Opens nothing before it is asked.
     *
     * @param address Home Assistant's database
     * @param own Vigie's own schema, whether or not it is there and may be read
     * @param zone the room's, whose midnights begin the buckets of a day
     */
    public History(DatabaseAddress address, DatabaseAddress own, ZoneId zone) {
        this.recorder = new Connections(address, "vigie-history");
        this.shared = own.withSchema(address.schema()).equals(address);
        this.own = shared ? recorder : new Connections(own, "vigie-history-own");
        this.ownSchema = own.schema();
        this.zone = zone;
    }

    /** Every point that has a history, by name. */
    public List<HistoryPoint> points(Work work) throws Fault {
        return ask(work, link -> PointsQuery.all(link, attributes));
    }

    /**
     * The point of this name; where none has it now, the one that had it last. Empty where there is
     * none.
     */
    public Optional<HistoryPoint> find(PointId name, Work work) throws Fault {
        return ask(
                work,
                link ->
                        Optional.ofNullable(
                                PointsQuery.named(link, attributes, List.of(name)).get(name)));
    }

    /**
     * As {@link #find(PointId, Work)} for many at once; those that have no history are left out.
     */
    public Map<PointId, HistoryPoint> find(Collection<PointId> names, Work work) throws Fault {
        return ask(work, link -> PointsQuery.named(link, attributes, names));
    }

    /**
     * The history of points between two moments.
     *
     * @param points names; those that have no history are not in the answer
     * @param to after {@code from}; what lies in the future is left out
     * @param wanted at most so many buckets, the ones that either end cuts not counted; at least 1
     * @return in the order asked for
     */
    public List<PointRange> range(
            Collection<PointId> points, Instant from, Instant to, int wanted, Work work)
            throws Fault {
        if (!from.isBefore(to) || wanted < 1) {
            throw new IllegalArgumentException("from " + from + " to " + to + ": " + wanted);
        }
        return ask(
                work,
                link -> {
                    long now = now(link);
                    Grid grid = Grid.fitting(Times.micros(from), Times.micros(to), wanted, zone);
                    long begin = grid.floor(Times.micros(from));
                    // A bucket that is not over ends at the present: the future is no gap.
                    long end = Math.min(now, grid.ceiling(Times.micros(to)));
                    Map<PointId, HistoryPoint> known = PointsQuery.named(link, attributes, points);
                    RangeQuery query =
                            new RangeQuery(
                                    link,
                                    attributes,
                                    grid,
                                    begin,
                                    end,
                                    now,
                                    Outages.read(link, Math.max(begin, end), now));
                    List<PointRange> ranges = new ArrayList<>();
                    for (PointId point : points) {
                        HistoryPoint found = known.get(point);
                        if (found != null) {
                            ranges.add(query.of(found));
                        }
                    }
                    return ranges;
                });
    }

    /**
     * The room as it stood at a moment: every point's last reading at or before it, with the
     * quality it had then.
     *
     * <p>A point of which only roll-ups are left has its finest bucket's value and the quality
     * {@code aggregated}, or {@code unknown} where nothing in it was trustworthy. A series of
     * statistics whose entity is gone has a key below zero, as long as its last row is no older
     * than ten days. That the recorder was changing its tables is not known of the past.
     *
     * @param at by the clock of Home Assistant's host; the future is answered as the present
     */
    public PastState state(Instant at, Work work) throws Fault {
        return ask(
                work,
                link -> {
                    link.holdStill();
                    Instant now = Times.instant(now(link));
                    return StateQuery.read(link, attributes, cadences, at.isAfter(now) ? now : at);
                });
    }

    /**
     * From when to when there is anything to tell.
     *
     * @param from of the oldest row, roll-up or statistic that is left
     * @param to the database's present
     */
    public record Extent(Instant from, Instant to) {}

    /** From when to when there is anything to tell; empty where nothing was ever recorded. */
    public Optional<Extent> extent(Work work) throws Fault {
        return ask(
                work,
                link -> {
                    long now = now(link);
                    return ExtentQuery.first(link)
                            .map(first ->
                                    new Extent(
                                            Times.instant(Math.min(first, now)),
                                            Times.instant(now)));
                });
    }

    /**
     * The room at one moment, as {@link #state} tells it, as a reel without steps.
     *
     * <p>As it was known then it is told from {@link #knownThenFrom} on; before, as it is known
     * now.
     *
     * @param at the future is answered as the present
     */
    public Reel at(Instant at, Basis basis, Work work) throws Fault {
        return ask(
                work,
                link -> {
                    link.holdStill();
                    Instant now = Times.instant(now(link));
                    Instant then = at.isAfter(now) ? now : at;
                    if (basis == Basis.KNOWN_THEN && then.isAfter(Instant.EPOCH)) {
                        long micros = Times.micros(then);
                        OptionalLong begin = ThenQuery.begin(link);
                        if (begin.isPresent() && begin.getAsLong() <= micros) {
                            return ThenQuery.between(link, attributes, cadences, micros, micros);
                        }
                    }
                    return ReelQuery.at(StateQuery.read(link, attributes, cadences, then), basis);
                });
    }

    /**
     * The stretch that holds a moment, in one piece whatever is purged meanwhile. Whoever asks for
     * another of its moments is given the same stretch, as long as nothing came or went in it. The
     * qualities of each of its moments but the last are those that {@link #state} tells.
     *
     * <p>One that reaches the present ends there. Rows are committed some seconds after their time,
     * so a stretch that ended less than five minutes ago may still get some.
     *
     * @param at the future is answered as the present
     */
    public Reel reel(Instant at, Basis basis, Work work) throws Fault {
        return ask(
                work,
                link -> {
                    link.holdStill();
                    long now = now(link);
                    long then =
                            at.isBefore(Times.instant(now))
                                    ? Times.micros(at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at)
                                    : now;
                    Pieces pieces = new Pieces(link, now);
                    if (basis == Basis.KNOWN_THEN) {
                        OptionalLong begin = ThenQuery.begin(link);
                        Pieces.Piece piece = pieces.of(then, begin);
                        return begin.isPresent() && begin.getAsLong() <= piece.from()
                                ? ThenQuery.between(
                                        link, attributes, cadences, piece.from(), piece.to())
                                : ReelQuery.between(link, attributes, cadences, basis, piece);
                    }
                    return ReelQuery.between(
                            link,
                            attributes,
                            cadences,
                            basis,
                            pieces.of(then, OptionalLong.empty()));
                });
    }

    /**
     * Why nobody can tell what was known then; empty where it can be told. Of moments before the
     * archive knows that, the same is told on either basis.
     */
    public Optional<Sentence> knownThenMissing(Work work) throws Fault {
        return ask(
                work,
                link -> {
                    if (link.archive().isEmpty()) {
                        return Optional.of(Sentence.of("past.noArchive", ownSchema));
                    }
                    return ThenQuery.begin(link).isEmpty()
                            ? Optional.of(Sentence.of("past.thenUnknown", ownSchema))
                            : Optional.empty();
                });
    }

    /**
     * From when on it is known what was known then; empty where {@link #knownThenMissing} has a
     * reason.
     */
    public Optional<Instant> knownThenFrom(Work work) throws Fault {
        return ask(
                work,
                link -> {
                    OptionalLong begin = ThenQuery.begin(link);
                    return begin.isPresent()
                            ? Optional.of(Times.instant(begin.getAsLong()))
                            : Optional.empty();
                });
    }

    /**
     * The first event after a moment, or the last before it.
     *
     * @param kinds which ones
     * @param limit for {@code ABOVE} and {@code BELOW}, in the point's present unit; empty: those
     *     kinds are not looked for
     * @param at events at exactly this moment do not count
     * @param until how far to look, in the direction of looking: later than {@code at} for the next
     *     one, earlier for the one before
     * @return empty where there is none
     */
    public Optional<PastEvent> event(
            PointId point,
            Set<PastEvent.Kind> kinds,
            OptionalDouble limit,
            Instant at,
            Instant until,
            Work work)
            throws Fault {
        List<Double> limits = limit.isPresent() ? List.of(limit.getAsDouble()) : List.of();
        Watched watched = new Watched(point, kinds, limits, limits);
        return ask(
                work,
                link -> {
                    long now = now(link);
                    List<EventQuery> queries = eventQueries(link, List.of(watched), now);
                    if (queries.isEmpty()) {
                        return Optional.empty();
                    }
                    EventQuery query = queries.getFirst();
                    long from = Times.micros(at);
                    long to = Times.micros(until);
                    return from < to
                            ? query.next(from + 1, Math.min(to, now) + 1)
                            : query.last(to, Math.min(from, now + 1));
                });
    }

    /**
     * All events between two moments, in order of time, those of one moment in the order of the
     * points.
     *
     * @param watched what to look for; points that have no history tell nothing
     * @param to after {@code from}; an event at exactly this moment is not told
     * @param each takes them as they are found, on the caller's thread
     */
    public void events(
            Collection<Watched> watched,
            Instant from,
            Instant to,
            Work work,
            Consumer<PastEvent> each)
            throws Fault {
        this.<Optional<PastEvent>>ask(
                work,
                link -> {
                    long now = now(link);
                    List<EventQuery> queries = eventQueries(link, watched, now);
                    long first =
                            queries.stream()
                                    .mapToLong(EventQuery::first)
                                    .min()
                                    .orElse(Long.MAX_VALUE);
                    long at = Math.max(Times.micros(from), first);
                    long end = Math.min(Times.micros(to), now + 1);
                    while (at < end) {
                        long next = Math.min(end, at + EventQuery.STRETCH);
                        List<PastEvent> found = new ArrayList<>();
                        for (EventQuery query : queries) {
                            found.addAll(query.between(at, next));
                        }
                        found.sort(Comparator.comparing(PastEvent::at));
                        found.forEach(each);
                        at = next;
                    }
                    return Optional.empty();
                });
    }

    /**
     * When Home Assistant did not record: every time that reaches into a stretch, in order.
     *
     * @param to after {@code from}
     */
    public List<RecorderOutage> outages(Instant from, Instant to, Work work) throws Fault {
        return ask(
                work,
                link -> {
                    List<RecorderOutage> found = new ArrayList<>();
                    for (Outages.Span span :
                            Outages.read(link, Times.micros(to), now(link)).spans()) {
                        if (span.to() > Times.micros(from) && span.from() < Times.micros(to)) {
                            found.add(
                                    new RecorderOutage(
                                            Times.instant(span.from()),
                                            span.to() == Long.MAX_VALUE
                                                    ? Optional.empty()
                                                    : Optional.of(Times.instant(span.to())),
                                            span.silent()));
                        }
                    }
                    return found;
                });
    }

    private List<EventQuery> eventQueries(Link link, Collection<Watched> watched, long now)
            throws SQLException {
        Map<PointId, HistoryPoint> points =
                PointsQuery.named(
                        link, attributes, watched.stream().map(Watched::point).distinct().toList());
        List<EventQuery> queries = new ArrayList<>();
        if (!points.isEmpty()) {
            // An outage long ago still cuts off what a silent point had said before it.
            Outages outages = Outages.read(link, Long.MAX_VALUE, now);
            for (Watched one : watched) {
                HistoryPoint point = points.get(one.point());
                if (point != null) {
                    queries.add(new EventQuery(link, attributes, point, one, outages, now));
                }
            }
        }
        return queries;
    }

    /** What the archive lacks and what would help; empty where it is kept and may be read. */
    public Optional<Sentence> missing(Work work) throws Fault {
        return ask(
                work,
                link -> {
                    if (link.archive().isEmpty()) {
                        return Optional.of(Sentence.of("past.noArchive", ownSchema));
                    }
                    return link.archive().get().filling()
                            ? Optional.of(Sentence.of("past.filling"))
                            : Optional.empty();
                });
    }

    /** The database's present, microseconds; the end of all that can be known. */
    static long now(Link link) throws SQLException {
        long[] now = {0};
        link.ask(
                "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))",
                statement -> {},
                row -> now[0] = row.getLong(1));
        return now[0];
    }

    /** What is asked with a link. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Link link) throws SQLException, Fault;
    }

    <T> T ask(Work work, Question<T> question) throws Fault {
        await(work);
        try {
            return askNow(work, question);
        } finally {
            places.release();
        }
    }

    /**
     * As many at once as the pool has connections; the others wait here, where they can give up.
     */
    private void await(Work work) throws Fault {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        try {
            do {
                work.check();
                if (places.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (System.nanoTime() < deadline);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        throw new Fault(
                Fault.Kind.PASSING,
                Sentence.of("past.busy", recorder.address().shownHosts()),
                "waited too long for a connection to ask about the past");
    }

    private <T> T askNow(Work work, Question<T> question) throws Fault {
        try (Link link = Link.open(recorder, own, shared, ownSchema, schema, work)) {
            schema = link.schema();
            return question.ask(link);
        } catch (SQLException failed) {
            // Home Assistant may have migrated its tables since they were looked at.
            schema = null;
            work.check();
            throw recorder.fault(failed);
        }
    }

    ZoneId zone() {
        return zone;
    }

    @Override
    public void close() {
        recorder.close();
        if (!shared) {
            own.close();
        }
    }
}
