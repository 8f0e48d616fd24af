package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.ArchivedPast.Identity;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.PastSql;
import vigie.recorder.StateSql;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stretch as it is known now: the state of its beginning, and of what came then the same that the
 * state of each later moment would take ({@link StateQuery}), in the order of time at the source.
 */
final class ReelQuery {
    private final Link link;
    private final KnownAttributes attributes;
    private final KnownCadences cadences;
    private final long from;
    private final long to;
    private final boolean single;
    private final StateQuery start;
    private final Map<PointKey, Duration> widths = new HashMap<>();

    /** What happens at each moment, in the order in which it is told. */
    private final TreeMap<Long, List<Fact>> steps = new TreeMap<>();

    /** Of each point the newest reading so far, as the steps are gone through. */
    private final Map<PointKey, Reading> newest = new HashMap<>();

    private final LongestSilences silences = new LongestSilences();

    private ReelQuery(
            Link link,
            KnownAttributes attributes,
            KnownCadences cadences,
            Pieces.Piece piece,
            StateQuery start) {
        this.link = link;
        this.attributes = attributes;
        this.cadences = cadences;
        this.from = piece.from();
        this.to = piece.to();
        this.single = piece.single();
        this.start = start;
    }

    /** A reel of one moment. */
    static Reel at(PastState state, Basis basis) {
        List<Fact> facts = new ArrayList<>();
        state.room().points().forEach(point -> facts.add(new Fact.Named(point.key(), point.id())));
        facts.add(new Fact.RecorderSaid(state.room().recorder()));
        state.room()
                .points()
                .forEach(point ->
                        point.newest()
                                .ifPresent(reading -> facts.add(new Fact.Observed(past(reading)))));
        Group group = new Group("", Optional.empty(), facts);
        return Reel.of(
                basis,
                state.at(),
                state.at(),
                new Step(state.at(), group),
                List.of(),
                state.freshness().cadences(),
                state.aggregated());
    }

    /** A stretch. */
    static Reel between(
            Link link,
            KnownAttributes attributes,
            KnownCadences cadences,
            Basis basis,
            Pieces.Piece piece)
            throws SQLException {
        StateQuery start = StateQuery.of(link, attributes, cadences, Times.instant(piece.from()));
        return new ReelQuery(link, attributes, cadences, piece, start).read(basis);
    }

    static Reading past(Reading reading) {
        return reading.source() == Source.HISTORY
                ? reading
                : new Reading(
                        reading.id(),
                        reading.key(),
                        reading.point(),
                        reading.text(),
                        reading.value(),
                        reading.attributes(),
                        reading.quality(),
                        reading.time(),
                        reading.changed(),
                        reading.committed(),
                        reading.position(),
                        Source.HISTORY);
    }

    private Reel read(Basis basis) throws SQLException {
        names();
        runs();
        rows();
        summaries();
        List<Step> all = steps();
        return Reel.of(
                basis,
                Times.instant(from),
                Times.instant(to),
                new Step(Times.instant(from), startGroup()),
                all,
                silences.cadences(link, cadences, Times.instant(from)),
                widths);
    }

    private Group startGroup() throws SQLException {
        List<Fact> facts = new ArrayList<>();
        for (Fact fact : start.group().facts()) {
            facts.add(
                    fact instanceof Fact.Observed(Reading reading)
                            ? new Fact.Observed(past(reading))
                            : fact);
        }
        return new Group("", Optional.empty(), facts);
    }

    private void add(long at, Fact fact) {
        steps.computeIfAbsent(at, _ -> new ArrayList<>()).add(fact);
    }

    // Names and runs.

    private void names() {
        start.identities()
                .forEach((id, identity) -> {
                    PointKey key = start.keys().get(id);
                    if (key != null) {
                        identity.names()
                                .subMap(
                                        Math.floorDiv(from, 1_000_000) + 1,
                                        true,
                                        Math.floorDiv(to, 1_000_000),
                                        true)
                                .forEach((since, name) ->
                                        add(since * 1_000_000, new Fact.Named(key, name)));
                    }
                });
    }

    private record Run(Instant start, @Nullable Instant end) {}

    private void runs() throws SQLException {
        List<Run> runs = new ArrayList<>();
        try {
            link.ask(PastSql.runs(), statement -> {}, row -> run(row).ifPresent(runs::add));
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            Instant next = i + 1 < runs.size() ? runs.get(i + 1).start() : Instant.MAX;
            if (run.start().equals(next)) {
                continue;
            }
            said(run.start(), RecorderState.Phase.RUNNING, run.start());
            Instant end = run.end();
            if (end != null && end.isBefore(next)) {
                said(
                        end.isBefore(run.start()) ? run.start() : end,
                        RecorderState.Phase.STOPPED,
                        end);
            }
        }
        if (link.archive().isPresent()) {
            outages(runs.isEmpty() ? Instant.MAX : runs.getFirst().start());
        }
    }

    private static Optional<Run> run(ResultSet row) throws SQLException {
        LocalDateTime start = row.getObject(1, LocalDateTime.class);
        LocalDateTime end = row.getObject(2, LocalDateTime.class);
        boolean crashed = row.getBoolean(3);
        return start == null
                ? Optional.empty()
                : Optional.of(
                        new Run(
                                start.toInstant(ZoneOffset.UTC),
                                end == null || crashed ? null : end.toInstant(ZoneOffset.UTC)));
    }

    private void said(Instant at, RecorderState.Phase phase, Instant since) {
        long micros = Times.micros(at);
        if (micros > from && micros <= to) {
            add(micros, new Fact.RecorderSaid(new RecorderState(phase, Optional.of(since))));
        }
    }

    /** What the archive tells of the time before the first run that is still known. */
    private void outages(Instant until) throws SQLException {
        link.askOwn(
                "SELECT from_us, to_us FROM "
                        + link.own("outage")
                        + " WHERE recorder = ? AND from_us <= ? AND (to_us IS NULL OR to_us > ?)"
                        + " ORDER BY from_us",
                statement -> {
                    statement.setString(1, link.schema().name());
                    statement.setLong(2, to);
                    statement.setLong(3, from);
                },
                row -> {
                    Instant begin = Times.instant(row.getLong(1));
                    if (begin.isBefore(until)) {
                        said(begin, RecorderState.Phase.STOPPED, begin);
                    }
                    Instant end = Times.instant(row.getLong(2));
                    if (!row.wasNull() && end.isBefore(until)) {
                        long micros = Times.micros(end);
                        if (micros > from && micros <= to) {
                            add(micros, new Fact.RecorderSaid(RecorderState.UNKNOWN));
                        }
                    }
                });
    }

    // Rows.

    private record Row(
            PointKey key,
            long id,
            @Nullable String text,
            long time,
            long changed,
            long attributes) {
        static Row of(ResultSet row) throws SQLException {
            long time = Times.micros(row.getDouble(2));
            double changed = row.getDouble(5);
            long changedAt = row.wasNull() ? time : Times.micros(changed);
            long attributes = row.getLong(6);
            return new Row(
                    new PointKey(row.getLong(1)),
                    row.getLong(3),
                    row.getString(4),
                    time,
                    changedAt,
                    row.wasNull() ? -1 : attributes);
        }
    }

    private void rows() throws SQLException {
        List<Row> rows = new ArrayList<>();
        link.ask(
                StateSql.between(link.schema()),
                statement -> {
                    statement.setDouble(1, Times.seconds(from));
                    statement.setDouble(2, Times.seconds(to));
                },
                row -> rows.add(Row.of(row)));
        attributes.learnOfStates(link, rows.stream().map(Row::attributes).distinct().toList());
        Map<PointKey, Integer> numbers = new HashMap<>();
        start.keys().forEach((id, key) -> numbers.put(key, id));
        // Once Home Assistant has a row of a point, the archive only says how it was committed.
        Map<PointKey, Long> firsts = new HashMap<>();
        start.present().forEach(key -> firsts.put(key, Long.MIN_VALUE));
        rows.forEach(row -> firsts.putIfAbsent(row.key(), row.time()));
        Map<Long, ArchivedPast.Row> commits = new HashMap<>();
        if (link.archive().isPresent()) {
            archived(firsts, commits);
        }
        for (Row row : rows) {
            ArchivedPast.Row archived = commits.get(row.id());
            ArchivedPast.Commit commit =
                    archived != null && archived.time() == row.time()
                            ? archived.commit()
                            : ArchivedPast.Commit.UNKNOWN;
            Identity identity = start.identities().get(numbers.getOrDefault(row.key(), -1));
            observe(
                    row.time(),
                    Reading.ofRow(
                            OptionalLong.of(row.id()),
                            row.key(),
                            identity == null
                                    ? start.nameOf(row.key())
                                    : identity.nameAt(row.time()),
                            row.text(),
                            attributes.ofStates(row.attributes()),
                            Times.instant(row.time()),
                            Times.instant(row.changed()),
                            commit.second(),
                            commit.position(),
                            Source.HISTORY));
        }
    }

    private void archived(Map<PointKey, Long> firsts, Map<Long, ArchivedPast.Row> commits)
            throws SQLException {
        ArchivedPast past = start.archive();
        OptionalLong expired = link.archive().orElseThrow().expiredTo();
        boolean isKept = expired.isEmpty() || from >= expired.getAsLong();
        record Found(int id, ArchivedPast.Row row) {}
        List<Found> found = new ArrayList<>();
        if (isKept) {
            past.between(
                    start.identities().keySet(),
                    from,
                    to,
                    (id, row) -> {
                        PointKey key = start.keys().get(id);
                        if (key != null && row.time() >= firsts.getOrDefault(key, Long.MAX_VALUE)) {
                            commits.put(row.id(), row);
                        } else {
                            found.add(new Found(id, row));
                        }
                    });
            attributes.learnOfReadings(
                    link, found.stream().map(one -> one.row().attributesId()).distinct().toList());
        }
        for (Found one : found) {
            observe(
                    one.id(),
                    one.row(),
                    OptionalLong.of(one.row().id()),
                    attributes.ofReadings(one.row().attributesId()));
        }
        if (!isKept) {
            past.changesBetween(
                    start.identities().keySet(),
                    from,
                    to,
                    (id, row) -> {
                        PointKey key = start.keys().get(id);
                        if (key != null && row.time() < firsts.getOrDefault(key, Long.MAX_VALUE)) {
                            observe(id, row, OptionalLong.empty(), Attributes.NONE);
                        }
                    });
        }
    }

    private void observe(int id, ArchivedPast.Row row, OptionalLong rowId, Attributes its) {
        Identity identity = start.identities().get(id);
        PointKey key = start.keys().get(id);
        if (identity != null && key != null) {
            observe(
                    row.time(),
                    Reading.ofRow(
                            rowId,
                            key,
                            identity.nameAt(row.time()),
                            row.text(),
                            its,
                            Times.instant(row.time()),
                            Times.instant(row.changed()),
                            row.commit().second(),
                            row.commit().position(),
                            Source.HISTORY));
        }
    }

    private void observe(long at, Reading reading) {
        add(at, new Fact.Observed(reading));
    }

    // Roll-ups and statistics.

    /**
     * What is told of points without a row changes where a bucket ends, and where Home Assistant
     * stops or starts.
     */
    private void summaries() throws SQLException {
        widths.putAll(start.aggregated());
        Map<PointKey, Duration> all = new HashMap<>(widths);
        if (!single) {
            all.putAll(then(to).aggregated());
        }
        if (all.isEmpty()) {
            return;
        }
        long narrowest =
                all.values().stream().mapToLong(width -> width.toNanos() / 1_000).min().orElse(1);
        long beat = Pieces.beat(narrowest);
        Set<Long> moments = new HashSet<>();
        for (long at = Math.floorDiv(from, beat) * beat + beat; at <= to; at += beat) {
            moments.add(at);
        }
        steps.forEach((at, facts) -> {
            if (facts.stream().anyMatch(Fact.RecorderSaid.class::isInstance)) {
                moments.add(at);
            }
        });
        Map<PointKey, Reading> told = new HashMap<>();
        start.aggregated()
                .keySet()
                .forEach(key -> {
                    Reading reading = start.readings().get(key);
                    if (reading != null) {
                        told.put(key, reading);
                    }
                });
        for (long at : moments.stream().sorted().toList()) {
            link.work().check();
            StateQuery then = then(at);
            then.aggregated()
                    .forEach((key, width) -> {
                        Reading reading = then.readings().get(key);
                        if (reading != null && !reading.equals(told.put(key, reading))) {
                            widths.merge(key, width, (a, b) -> a.compareTo(b) > 0 ? a : b);
                            observe(at, reading);
                        }
                    });
        }
    }

    private StateQuery then(long at) throws SQLException {
        return StateQuery.of(link, attributes, cadences, Times.instant(at));
    }

    // What comes out of it.

    private List<Step> steps() {
        newest.putAll(start.readings());
        List<Step> all = new ArrayList<>(steps.size());
        steps.forEach((at, facts) -> {
            List<Fact> inOrder = new ArrayList<>(facts.size());
            facts.sort(Comparator.comparingInt(ReelQuery::rank));
            for (Fact fact : facts) {
                switch (fact) {
                    case Fact.Observed(Reading reading) -> {
                        Reading before = newest.put(reading.key(), reading);
                        if (before == null) {
                            // Before its first row it may have been told by its present name.
                            inOrder.add(new Fact.Named(reading.key(), reading.point()));
                        } else {
                            silences.note(before, reading.time());
                        }
                        inOrder.add(fact);
                    }
                    case Fact.Named(PointKey key, PointId _) -> {
                        if (newest.containsKey(key)) {
                            inOrder.add(fact);
                        }
                    }
                    case Fact.Amended _, Fact.Forgotten _, Fact.RecorderSaid _ -> inOrder.add(fact);
                }
            }
            if (!inOrder.isEmpty()) {
                all.add(new Step(Times.instant(at), new Group("", Optional.empty(), inOrder)));
            }
        });
        newest.values().forEach(reading -> silences.note(reading, Times.instant(to)));
        return all;
    }

    private static int rank(Fact fact) {
        return switch (fact) {
            case Fact.Named _ -> 0;
            case Fact.RecorderSaid _ -> 1;
            case Fact.Observed _, Fact.Amended _ -> 2;
            case Fact.Forgotten _ -> 3;
        };
    }
}
