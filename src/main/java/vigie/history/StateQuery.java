package vigie.history;

import vigie.history.ArchivedPast.Identity;
import vigie.history.ArchivedPast.Told;
import vigie.history.series.Tier;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.StateSql;
import vigie.room.Cadence;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Freshness;
import vigie.room.Group;
import vigie.room.RecorderState;
import vigie.room.RoomState;
import vigie.room.Voice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The room at a moment. Of each point the first of these that has something: Home Assistant's
 * {@code states}, the archive's readings and texts, its roll-ups from fine to coarse, Home
 * Assistant's statistics. A roll-up in which nothing was trustworthy is told as such: what held
 * before it is not invented.
 */
final class StateQuery {
    /** Before so long a silence nobody is asked whether Home Assistant is heard. */
    private static final Duration SURELY_HEARD = Duration.ofSeconds(30);

    /** As Home Assistant itself forgets a point that says nothing, unless it was told otherwise. */
    private static final long FORGOTTEN_AFTER = Duration.ofDays(10).toNanos() / 1_000;

    /** So many points are asked about by what all said just before. */
    private static final int MANY = 300;

    /** As often at most the rows before are asked for, before each silent point is. */
    private static final int PAGES = 5;

    /** Most points speak more often than that. */
    private static final double LATELY_SECONDS = 60;

    private static final List<Tier> ROLL_UPS = List.of(Tier.MINUTES, Tier.QUARTERS, Tier.HOURS);

    private final Link link;
    private final KnownAttributes attributes;
    private final KnownCadences cadences;
    private final Instant moment;
    private final long at;
    private final Map<PointKey, PointId> names = new TreeMap<>();
    private final Map<PointKey, Reading> readings = new TreeMap<>();
    private final Map<PointKey, Duration> aggregated = new HashMap<>();
    private final Set<PointKey> present = new HashSet<>();
    private final Map<Integer, PointKey> keys = new HashMap<>();
    private final Map<PointKey, Identity> byKey = new HashMap<>();
    private Map<Integer, Identity> identities = Map.of();

    /** Whether single readings tell how the recorder did then. */
    private boolean hasReadings;

    private long outage = Long.MAX_VALUE;
    private boolean outageKnown;

    private StateQuery(
            Link link, KnownAttributes attributes, KnownCadences cadences, Instant moment) {
        this.link = link;
        this.attributes = attributes;
        this.cadences = cadences;
        this.moment = moment;
        at = Times.micros(moment);
    }

    /**
     * Reads it.
     *
     * @param moment not after the database's present
     */
    static PastState read(
            Link link, KnownAttributes attributes, KnownCadences cadences, Instant moment)
            throws SQLException {
        StateQuery query = of(link, attributes, cadences, moment);
        RoomState room = RoomState.EMPTY.after(query.group());
        return new PastState(moment, room, query.freshness(room), query.aggregated);
    }

    /** What the recorder said of itself at a moment, as far as its tables tell today. */
    static RecorderState recorder(
            Link link, KnownAttributes attributes, KnownCadences cadences, Instant moment)
            throws SQLException {
        return new StateQuery(link, attributes, cadences, moment).recorder();
    }

    /** Reads it, without asking how fresh it was. */
    static StateQuery of(
            Link link, KnownAttributes attributes, KnownCadences cadences, Instant moment)
            throws SQLException {
        StateQuery query = new StateQuery(link, attributes, cadences, moment);
        query.find();
        return query;
    }

    private void find() throws SQLException {
        link.ask(
                StateSql.names(),
                statement -> {},
                row -> {
                    PointKey key = new PointKey(row.getLong(1));
                    names.put(key, StateSql.name(key, row.getString(2)));
                });
        Map<PointKey, Row> rows = newest();
        present.addAll(rows.keySet());
        Map<PointKey, PointId> known = new HashMap<>(names);
        Map<PointKey, ArchivedPast.Commit> commits = new HashMap<>();
        if (link.archive().isPresent()) {
            archived(rows, commits);
        }
        addRows(rows, commits);
        statistics(known);
    }

    /** The points' readings, by key. */
    Map<PointKey, Reading> readings() {
        return readings;
    }

    /** Of those, the points of which only roll-ups are left, with their buckets' widths. */
    Map<PointKey, Duration> aggregated() {
        return aggregated;
    }

    /** The points that had a row in Home Assistant's {@code states}. */
    Set<PointKey> present() {
        return present;
    }

    /** The points of the archive. */
    Map<Integer, Identity> identities() {
        return identities;
    }

    /** What they are called here, by their number in the archive. */
    Map<Integer, PointKey> keys() {
        return keys;
    }

    /** The archive at the moment; only where there is one. */
    ArchivedPast archive() {
        return new ArchivedPast(link, at);
    }

    // What Home Assistant's states say.

    private record Row(
            PointKey key,
            StateSql.Entry entry,
            @org.jspecify.annotations.Nullable String text,
            Instant time,
            Instant changed,
            long attributesId) {
        static Row of(ResultSet row) throws SQLException {
            double seconds = row.getDouble(2);
            Instant time = Times.instant(Times.micros(seconds));
            double changed = row.getDouble(5);
            Instant changedAt = row.wasNull() ? time : Times.instant(Times.micros(changed));
            long attributesId = row.getLong(6);
            return new Row(
                    new PointKey(row.getLong(1)),
                    new StateSql.Entry(row.getLong(3), seconds),
                    row.getString(4),
                    time,
                    changedAt,
                    row.wasNull() ? -1 : attributesId);
        }
    }

    private Map<PointKey, Row> newest() throws SQLException {
        Map<PointKey, Row> newest = new TreeMap<>();
        boolean many = names.size() > MANY && link.schema().hasTimeIndex();
        if (many) {
            lately(newest);
        }
        List<PointKey> silent =
                names.keySet().stream().filter(key -> !newest.containsKey(key)).toList();
        if (!many || !silent.isEmpty()) {
            link.ask(
                    many ? StateSql.newest(link.schema(), silent) : StateSql.newest(link.schema()),
                    statement -> statement.setDouble(1, Times.seconds(at)),
                    answer -> {
                        Row row = Row.of(answer);
                        newest.merge(
                                row.key(), row, (a, b) -> b.entry().id() > a.entry().id() ? b : a);
                    });
        }
        mendClockSteps(newest);
        attributes.learnOfStates(link, newest.values().stream().map(Row::attributesId).toList());
        return newest;
    }

    /**
     * What many points said just before; of each the newest row, of equal times the last. Until few
     * are left, of which each is asked about then.
     */
    private void lately(Map<PointKey, Row> newest) throws SQLException {
        double from = Times.seconds(at) - LATELY_SECONDS;
        int most = names.size() * 5 / 4;
        double[] until = {Times.seconds(at)};
        for (int page = 0; page < PAGES; page++) {
            int[] count = {0};
            double[] oldest = {until[0]};
            link.ask(
                    StateSql.lately(link.schema(), most),
                    statement -> {
                        statement.setDouble(1, from);
                        statement.setDouble(2, until[0]);
                    },
                    answer -> {
                        Row row = Row.of(answer);
                        count[0]++;
                        oldest[0] = row.entry().seconds();
                        newest.merge(row.key(), row, StateQuery::newer);
                    });
            if (count[0] < most) {
                return;
            }
            // Where the limit cuts, rows of its last moment may be missing: those are asked again.
            newest.values().removeIf(row -> row.entry().seconds() == oldest[0]);
            if (names.size() - newest.size() <= names.size() / 4 || oldest[0] == until[0]) {
                return;
            }
            until[0] = oldest[0];
        }
    }

    private static Row newer(Row one, Row other) {
        double first = one.entry().seconds();
        double second = other.entry().seconds();
        boolean later = first == second ? other.entry().id() > one.entry().id() : second > first;
        return later ? other : one;
    }

    private void mendClockSteps(Map<PointKey, Row> newest) throws SQLException {
        Map<PointKey, StateSql.Entry> entries = new HashMap<>();
        newest.forEach((key, row) -> entries.put(key, row.entry()));
        long last =
                entries.values().stream()
                        .mapToLong(StateSql.Entry::id)
                        .max()
                        .orElse(Long.MAX_VALUE);
        List<StateSql.Entry> later = new ArrayList<>();
        link.ask(
                StateSql.writtenAfter(),
                statement -> statement.setLong(1, last),
                row -> {
                    double seconds = row.getDouble(2);
                    if (!row.wasNull() && seconds <= Times.seconds(at)) {
                        later.add(new StateSql.Entry(row.getLong(3), seconds));
                    }
                });
        Set<PointKey> suspects = StateSql.suspects(entries, later);
        if (suspects.isEmpty()) {
            return;
        }
        Map<PointKey, List<StateSql.Entry>> rows = new HashMap<>();
        link.ask(
                StateSql.entries(link.schema(), suspects, Times.seconds(at)),
                statement -> {},
                row ->
                        rows.computeIfAbsent(new PointKey(row.getLong(1)), _ -> new ArrayList<>())
                                .add(new StateSql.Entry(row.getLong(3), row.getDouble(2))));
        for (Map.Entry<PointKey, List<StateSql.Entry>> its : rows.entrySet()) {
            long counting = StateSql.counting(its.getValue()).id();
            Row row = newest.get(its.getKey());
            if (row != null && row.entry().id() != counting) {
                link.ask(
                        StateSql.row(link.schema()),
                        statement -> statement.setLong(1, counting),
                        answer -> newest.put(its.getKey(), Row.of(answer)));
            }
        }
    }

    private void addRows(Map<PointKey, Row> rows, Map<PointKey, ArchivedPast.Commit> commits) {
        rows.forEach((key, row) -> {
            ArchivedPast.Commit commit = commits.get(key);
            hasReadings = true;
            readings.put(
                    key,
                    Reading.ofRow(
                            OptionalLong.of(row.entry().id()),
                            key,
                            nameThen(key, row.time()),
                            row.text(),
                            attributes.ofStates(row.attributesId()),
                            row.time(),
                            row.changed(),
                            commit == null ? Optional.empty() : commit.second(),
                            commit == null ? Optional.empty() : commit.position(),
                            Source.TABLE));
        });
    }

    /** The name that is told of a point. */
    PointId nameOf(PointKey key) {
        PointId name = names.get(key);
        return name == null ? StateSql.name(key, null) : name;
    }

    /** The name a point had when a row was written. */
    private PointId nameThen(PointKey key, Instant time) {
        Identity identity = byKey.get(key);
        return identity == null ? nameOf(key) : identity.nameAt(Times.micros(time));
    }

    // What the archive says.

    private void archived(Map<PointKey, Row> rows, Map<PointKey, ArchivedPast.Commit> commits)
            throws SQLException {
        ArchivedPast past = new ArchivedPast(link, at);
        identities = past.identities();
        Map<Integer, ArchivedPast.Row> here = new HashMap<>();
        Set<Integer> open = new HashSet<>();
        identities.forEach((id, identity) -> {
            PointKey key = keyOf(identity, rows);
            keys.put(id, key);
            byKey.put(key, identity);
            Row row = rows.get(key);
            if (row == null) {
                open.add(id);
            } else {
                names.put(key, identity.name());
                here.put(id, asked(row));
            }
        });
        past.commits(here).forEach((id, commit) -> put(commits, keys.get(id), commit));
        ArchiveState state = link.archive().orElseThrow();
        boolean isKept = state.expiredTo().isEmpty() || at >= state.expiredTo().getAsLong();
        Map<Integer, ArchivedPast.Row> found = new HashMap<>();
        if (isKept) {
            found.putAll(past.lately(open));
        }
        Set<Integer> silent = without(open, found.keySet());
        if (isKept) {
            found.putAll(past.ever(silent));
        }
        Map<Integer, ArchivedPast.Row> texts = past.changes(without(silent, found.keySet()));
        attributes.learnOfReadings(
                link, found.values().stream().map(ArchivedPast.Row::attributesId).toList());
        found.forEach((id, row) -> {
            hasReadings = true;
            add(id, row, OptionalLong.of(row.id()), attributes.ofReadings(row.attributesId()));
        });
        // Of a row that is gone, what is left of it tells nothing of who wrote then.
        texts.forEach((id, row) -> add(id, row, OptionalLong.empty(), Attributes.NONE));
        Set<Integer> left = without(open, found.keySet());
        left.removeAll(texts.keySet());
        for (Tier tier : ROLL_UPS) {
            if (!left.isEmpty()) {
                Map<Integer, Told> told = past.rolled(tier, left, outage());
                told.forEach(this::add);
                left.removeAll(told.keySet());
            }
        }
    }

    private static ArchivedPast.Row asked(Row row) {
        return new ArchivedPast.Row(
                Times.micros(row.time()),
                row.entry().id(),
                Times.micros(row.changed()),
                row.text(),
                -1,
                ArchivedPast.Commit.UNKNOWN);
    }

    private static void put(
            Map<PointKey, ArchivedPast.Commit> commits,
            @org.jspecify.annotations.Nullable PointKey key,
            ArchivedPast.Commit commit) {
        if (key != null) {
            commits.put(key, commit);
        }
    }

    /** The one that has a row, else the one that Home Assistant still knows, else the last. */
    private PointKey keyOf(Identity identity, Map<PointKey, Row> rows) {
        for (PointKey key : identity.keys().descendingSet()) {
            if (rows.containsKey(key)) {
                return key;
            }
        }
        for (PointKey key : identity.keys().descendingSet()) {
            if (names.containsKey(key)) {
                return key;
            }
        }
        return identity.keys().last();
    }

    private static Set<Integer> without(Collection<Integer> all, Collection<Integer> some) {
        Set<Integer> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private void add(int id, ArchivedPast.Row row, OptionalLong rowId, Attributes its) {
        PointKey key = keys.get(id);
        Identity identity = identities.get(id);
        if (key == null || identity == null) {
            return;
        }
        names.put(key, identity.name());
        readings.put(
                key,
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

    private void add(int id, Told told) {
        PointKey key = keys.get(id);
        Identity identity = identities.get(id);
        if (key != null && identity != null) {
            names.put(key, identity.name());
            add(key, identity.name(), told);
        }
    }

    /** What a roll-up says: its value, or that there was none. */
    private void add(PointKey key, PointId name, Told told) {
        Instant time = Times.instant(told.time());
        readings.put(
                key,
                new Reading(
                        OptionalLong.empty(),
                        key,
                        name,
                        told.isGap() ? null : Double.toString(told.value()),
                        told.isGap() ? OptionalDouble.empty() : OptionalDouble.of(told.value()),
                        new Attributes(
                                Optional.empty(),
                                told.unit(),
                                Optional.empty(),
                                Optional.empty(),
                                true),
                        Quality.of(
                                told.isGap() ? Quality.Reason.UNKNOWN : Quality.Reason.AGGREGATED),
                        time,
                        time,
                        Optional.empty(),
                        Optional.empty(),
                        Source.HISTORY));
        aggregated.put(key, told.tier().width());
    }

    /** Since when Home Assistant did not record at the moment; {@link Long#MAX_VALUE}: it did. */
    private long outage() throws SQLException {
        if (!outageKnown) {
            outageKnown = true;
            for (Outages.Span span : Outages.read(link, at + 1, History.now(link)).spans()) {
                if (span.from() <= at && span.to() > at) {
                    outage = span.from();
                }
            }
        }
        return outage;
    }

    // What Home Assistant's statistics say.

    private record Series(long id, PointKey key, PointId name, Optional<String> unit) {}

    private void statistics(Map<PointKey, PointId> known) throws SQLException {
        Map<String, PointKey> byName = new HashMap<>();
        known.forEach((key, name) -> byName.put(name.name(), key));
        Map<Long, Series> open = new TreeMap<>();
        try {
            link.ask(
                    StateSql.series(),
                    statement -> {},
                    row -> {
                        String name = row.getString(2);
                        if (name == null || name.isBlank()) {
                            return;
                        }
                        long id = row.getLong(1);
                        // A series whose entity is gone has no key any more; none is negative.
                        PointKey key = byName.getOrDefault(name, new PointKey(-id));
                        PointId itsName =
                                names.containsKey(key) ? nameOf(key) : StateSql.name(key, name);
                        boolean isKnown = readings.containsKey(key) || isTaken(itsName);
                        if (!isKnown) {
                            open.put(
                                    id,
                                    new Series(
                                            id,
                                            key,
                                            itsName,
                                            Optional.ofNullable(row.getString(3))));
                        }
                    });
            statistics(open, Tier.STATISTICS_SHORT);
            statistics(open, Tier.STATISTICS);
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
    }

    private boolean isTaken(PointId name) {
        return readings.keySet().stream().anyMatch(key -> nameOf(key).equals(name));
    }

    private void statistics(Map<Long, Series> open, Tier tier) throws SQLException {
        if (open.isEmpty()) {
            return;
        }
        boolean isShort = tier == Tier.STATISTICS_SHORT;
        long period = Math.floorDiv(at, tier.micros()) * tier.micros() - tier.micros();
        Map<Long, Told> found = new HashMap<>();
        link.ask(
                StateSql.period(isShort, open.keySet(), Times.seconds(period)),
                statement -> {},
                row -> told(open, tier, row, found));
        Set<Long> silent = new HashSet<>(open.keySet());
        silent.removeAll(found.keySet());
        if (!silent.isEmpty() && hasPeriods(isShort, period)) {
            link.ask(
                    StateSql.statistics(isShort, silent, Times.seconds(period)),
                    statement -> {},
                    row -> told(open, tier, row, found));
        }
        for (Map.Entry<Long, Told> entry : found.entrySet()) {
            Series series = open.remove(entry.getKey());
            Told told = entry.getValue();
            if (series != null) {
                // A period without a row had no value at all, unless nobody wrote.
                boolean stands = told.time() > at - tier.micros() || told.time() >= outage();
                names.putIfAbsent(series.key(), series.name());
                add(
                        series.key(),
                        series.name(),
                        stands
                                ? told
                                : new Told(Double.NaN, told.unit(), told.time(), told.tier()));
            }
        }
    }

    private boolean hasPeriods(boolean isShort, long period) throws SQLException {
        boolean[] has = {false};
        link.ask(
                StateSql.firstPeriod(isShort),
                statement -> {},
                row -> {
                    double first = row.getDouble(1);
                    has[0] = !row.wasNull() && Times.micros(first) <= period;
                });
        return has[0];
    }

    private void told(Map<Long, Series> open, Tier tier, ResultSet row, Map<Long, Told> found)
            throws SQLException {
        long end = Times.micros(row.getDouble(2)) + tier.micros();
        double mean = row.getDouble(3);
        // A meter has no mean; its state is what it said last.
        double value = row.wasNull() ? row.getDouble(4) : mean;
        boolean isNumber = !row.wasNull();
        Series series = open.get(row.getLong(1));
        if (series != null && isNumber && end > at - FORGOTTEN_AFTER) {
            found.put(series.id(), new Told(value, series.unit(), end, tier));
        }
    }

    // The room.

    /** The room as a group. */
    Group group() throws SQLException {
        List<Fact> facts = new ArrayList<>();
        Set<PointId> taken =
                readings.keySet().stream().map(this::nameOf).collect(Collectors.toSet());
        names.forEach((key, name) -> {
            // A name that another point had then is not this one's yet.
            if (readings.containsKey(key) || !taken.contains(name)) {
                facts.add(new Fact.Named(key, name));
            }
        });
        facts.add(new Fact.RecorderSaid(recorder()));
        Optional<Instant> committed = Optional.empty();
        Map<String, Long> domains = new TreeMap<>();
        Map<String, String> positions = new TreeMap<>();
        for (Reading reading : readings.values()) {
            facts.add(new Fact.Observed(reading));
            if (reading.committed().isPresent()
                    && committed.filter(reading.committed().get()::isBefore).isEmpty()) {
                committed = reading.committed();
            }
            reading.position()
                    .ifPresent(position -> {
                        String domain = position.substring(0, position.indexOf('-'));
                        long sequence =
                                Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
                        if (domains.getOrDefault(domain, -1L) < sequence) {
                            domains.put(domain, sequence);
                            positions.put(domain, position);
                        }
                    });
        }
        return new Group(String.join(",", positions.values()), committed, facts);
    }

    /** What the recorder said of itself then. That it migrated, its tables do not keep. */
    private RecorderState recorder() throws SQLException {
        List<RecorderState> said = new ArrayList<>();
        try {
            link.ask(
                    StateSql.run(),
                    statement ->
                            statement.setObject(1, LocalDateTime.ofInstant(moment, ZoneOffset.UTC)),
                    row -> said.add(run(row)));
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
        if (said.isEmpty() && link.archive().isPresent()) {
            link.askOwn(
                    "SELECT from_us FROM "
                            + link.own("outage")
                            + " WHERE recorder = ? AND from_us <= ? AND (to_us IS NULL OR to_us"
                            + " > ?) ORDER BY from_us DESC LIMIT 1",
                    statement -> {
                        statement.setString(1, link.schema().name());
                        statement.setLong(2, at);
                        statement.setLong(3, at);
                    },
                    row ->
                            said.add(
                                    new RecorderState(
                                            RecorderState.Phase.STOPPED,
                                            Optional.of(Times.instant(row.getLong(1))))));
        }
        return said.isEmpty() ? RecorderState.UNKNOWN : said.getFirst();
    }

    /** An end that came later, or that only the next start wrote, was not there yet. */
    private RecorderState run(ResultSet row) throws SQLException {
        Optional<Instant> start = utc(row, 1);
        Optional<Instant> end = utc(row, 2);
        boolean crashed = row.getBoolean(3);
        return end.isPresent() && !crashed && !end.get().isAfter(moment)
                ? new RecorderState(RecorderState.Phase.STOPPED, end)
                : new RecorderState(RecorderState.Phase.RUNNING, start);
    }

    private static Optional<Instant> utc(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    // How fresh it was.

    private Freshness freshness(RoomState room) throws SQLException {
        if (!hasReadings) {
            // Roll-ups are as old as their width; that says nothing of who wrote them.
            RecorderState recorder = room.recorder();
            return new Freshness(
                    Cadences.NONE,
                    recorder.phase() == RecorderState.Phase.STOPPED
                            ? new Voice(Voice.Kind.STOPPED, recorder.since())
                            : Voice.HEARD,
                    Optional.empty(),
                    Freshness.USUAL_COMMIT);
        }
        Instant learnedTo = Cadences.learnedToAt(moment);
        boolean heard =
                readings.values().stream()
                        .anyMatch(reading -> !reading.time().isBefore(moment.minus(SURELY_HEARD)));
        Optional<Duration> pauses = heard ? Optional.empty() : cadences.ofRecorder(link, learnedTo);
        Freshness ofAll =
                Freshness.of(
                        room,
                        new Cadences(learnedTo, Map.of(), pauses),
                        Freshness.USUAL_COMMIT,
                        Optional.empty(),
                        moment);
        if (!ofAll.voice().isHeard()) {
            return ofAll;
        }
        Map<PointKey, Cadence> needed =
                cadences.of(link, cadences.doubtful(link, silences(), learnedTo), learnedTo);
        return new Freshness(
                new Cadences(learnedTo, needed, pauses),
                ofAll.voice(),
                Optional.empty(),
                Freshness.USUAL_COMMIT);
    }

    /** Of points that measure, as far as the silence could make their quality worse. */
    private Map<PointKey, Duration> silences() {
        Map<PointKey, Duration> silences = new HashMap<>();
        readings.forEach((key, reading) -> {
            Attributes its = reading.attributes();
            if (reading.quality().isGood()
                    && reading.value().isPresent()
                    && (its.unit().isPresent() || its.stateClass().isPresent())) {
                silences.put(key, Duration.between(reading.time(), moment));
            }
        });
        return silences;
    }
}
