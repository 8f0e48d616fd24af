package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.ArchivedPast.Identity;
import vigie.history.archive.Facts;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.StateSql;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A stretch as it was known then: the transactions of the recorder's database in the order in which
 * they were committed, out of the archive alone. A reading that was copied from the tables, of
 * which nobody knows when it was committed, counts from its time on.
 *
 * <p>Nearly every reading is committed within two minutes of its time, so those that count at a
 * moment are found by their times; where the others are, the archive's table {@code late} says.
 */
final class ThenQuery {
    private static final long SECOND = 1_000_000;

    /** So many seconds before the stretch are read at once, for the points that speak often. */
    private static final long BACK = 150;

    /** So many rows of a point show which one counts; if not, so many more. */
    private static final int[] ROWS = {8, 200, 5_000};

    /**
     * A reading.
     *
     * @param key of one that was given to another point later, the one it had; else null
     */
    private record Held(
            int point, ArchivedPast.Row row, CommitPlace place, @Nullable PointKey key) {
        Held(int point, ArchivedPast.Row row) {
            this(point, row, CommitPlace.of(row), null);
        }

        static final Comparator<Held> ORDER =
                Comparator.comparing(Held::place)
                        .thenComparingLong(held -> held.row().time())
                        .thenComparingLong(held -> held.row().id());
    }

    /** A row of the archive. Ids alone are given anew when the tables are made anew. */
    private record RowKey(int point, long time, long id) {}

    private record Given(CommitPlace place, long id) {}

    /** A transaction as it is put together. */
    private static final class Building {
        private final List<Held> rows = new ArrayList<>();
        private final List<KeptFact> facts = new ArrayList<>();
        private String position = "";
        private long moment;
    }

    private final Link link;
    private final KnownAttributes attributes;
    private final KnownCadences cadences;
    private final long from;
    private final long to;
    private final long first;
    private final long last;
    private final ArchivedPast past;
    private final Map<Integer, Identity> identities;
    private final Map<PointKey, NavigableMap<CommitPlace, Optional<PointId>>> names =
            new TreeMap<>();
    private final Map<RowKey, Held> held = new HashMap<>();

    /** Readings that the archive holds as another point's than they were written for, or moved. */
    private final Set<Given> given = new HashSet<>();

    /** Of those the ones that were copied: their ids. */
    private final Set<Long> givenCopies = new HashSet<>();

    private final TreeMap<CommitPlace, Building> groups = new TreeMap<>();
    private final Repairs repairs = new Repairs();
    private @Nullable RecorderState said;
    private CommitPlace lastPlace = CommitPlace.BEFORE_ALL;
    private String lastPosition = "";

    private ThenQuery(
            Link link, KnownAttributes attributes, KnownCadences cadences, long from, long to)
            throws SQLException {
        this.link = link;
        this.attributes = attributes;
        this.cadences = cadences;
        this.from = from;
        this.to = to;
        first = Math.floorDiv(from, SECOND) - 1;
        last = Math.floorDiv(to, SECOND);
        past = new ArchivedPast(link, to);
        identities = past.identities();
    }

    /**
     * From when on it is known what was known, microseconds; empty where it never is.
     *
     * <p>Home Assistant's names are known from the second on in which the archive first looked at
     * them.
     */
    static OptionalLong begin(Link link) throws SQLException {
        long[] begin = {Long.MAX_VALUE};
        if (link.archive().isPresent()) {
            try {
                link.askOwn(
                        "SELECT MIN(committed_s) FROM "
                                + link.own("fact")
                                + " WHERE recorder = ? AND kind = "
                                + Facts.BEGIN,
                        statement -> statement.setString(1, link.schema().name()),
                        row -> {
                            long second = row.getLong(1);
                            if (!row.wasNull()) {
                                begin[0] = (second + 1) * SECOND;
                            }
                        });
            } catch (SQLException refused) {
                // An archive of before there was this table.
                if (!Link.isMissing(refused)) {
                    throw refused;
                }
            }
            OptionalLong expired = link.archive().get().expiredTo();
            if (begin[0] != Long.MAX_VALUE && expired.isPresent()) {
                begin[0] = Math.max(begin[0], expired.getAsLong());
            }
        }
        return begin[0] == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(begin[0]);
    }

    /**
     * Reads it; both in microseconds.
     *
     * @param from not before {@link #begin}
     */
    static Reel between(
            Link link, KnownAttributes attributes, KnownCadences cadences, long from, long to)
            throws SQLException {
        return new ThenQuery(link, attributes, cadences, from, to).read();
    }

    private Reel read() throws SQLException {
        readNames();
        readGiven();
        past.between(
                identities.keySet(),
                (first - BACK) * SECOND,
                (last + Facts.EARLY + 1) * SECOND,
                this::hold);
        past.lateBetween(first, last, this::hold);
        readFacts();
        group();
        Map<PointKey, List<Held>> candidates = counting();
        repairs(candidates.values().stream().flatMap(List::stream).toList());
        Map<PointKey, Held> counting = new HashMap<>();
        candidates.forEach((key, rows) -> counting.put(key, newest(rows)));
        List<Long> used = new ArrayList<>();
        held.values().forEach(one -> used.add(one.row().attributesId()));
        counting.values().forEach(one -> used.add(one.row().attributesId()));
        groups.values().forEach(one -> one.facts.forEach(fact -> used.add(fact.attributes())));
        repairs.all().forEach(fact -> used.add(fact.attributes()));
        attributes.learnOfReadings(link, used.stream().distinct().toList());
        return reel(counting);
    }

    private void hold(int point, ArchivedPast.Row row) {
        find(point, row)
                .filter(one -> one.place().second() <= last)
                .ifPresent(one -> held.put(new RowKey(point, row.time(), row.id()), one));
    }

    /** Empty for a row of no point that is known, and for one that was another point's. */
    private Optional<Held> find(int point, ArchivedPast.Row row) {
        Held one = new Held(point, row);
        // Copied, it has its place by its time, which may have been repaired as well.
        boolean isGiven =
                one.place().isCopied()
                        ? givenCopies.contains(row.id())
                        : given.contains(new Given(one.place(), row.id()));
        return identities.containsKey(point) && !isGiven ? Optional.of(one) : Optional.empty();
    }

    /** Few are ever given to another point or moved, so that all are read. */
    private void readGiven() throws SQLException {
        Map<PointKey, Integer> points = new HashMap<>();
        identities.forEach((id, identity) -> identity.keys().forEach(key -> points.put(key, id)));
        facts(
                "kind = " + Facts.GIVEN + " AND (committed_s <= " + last + " OR seq = 0)",
                row -> {
                    KeptFact fact = KeptFact.of(row);
                    given.add(new Given(fact.place(), fact.id()));
                    if (fact.place().seq() == 0) {
                        givenCopies.add(fact.id());
                    }
                    if (fact.place().second() > last) {
                        return;
                    }
                    int point = points.getOrDefault(fact.key(), -1);
                    String position = position(fact);
                    ArchivedPast.Row as =
                            new ArchivedPast.Row(
                                    fact.at(),
                                    fact.id(),
                                    fact.changedAt(),
                                    fact.said(),
                                    fact.attributes(),
                                    position.isEmpty()
                                            ? ArchivedPast.Commit.UNKNOWN
                                            : new ArchivedPast.Commit(
                                                    Optional.of(
                                                            Instant.ofEpochSecond(
                                                                    fact.place().second())),
                                                    Optional.of(position)));
                    held.put(
                            new RowKey(point, fact.at(), fact.id()),
                            new Held(point, as, CommitPlace.of(as), fact.key()));
                });
    }

    // What is no reading.

    private void facts(String which, Link.Row each) throws SQLException {
        link.askOwn(
                "SELECT "
                        + KeptFact.COLUMNS
                        + " FROM "
                        + link.own("fact")
                        + " WHERE recorder = ? AND "
                        + which,
                statement -> statement.setString(1, link.schema().name()),
                each);
    }

    private void readNames() throws SQLException {
        facts(
                "kind IN ("
                        + Facts.NAMED
                        + ","
                        + Facts.FORGOTTEN
                        + ") AND committed_s <= "
                        + last
                        + " ORDER BY committed_s, seq, n",
                row -> {
                    KeptFact fact = KeptFact.of(row);
                    names.computeIfAbsent(fact.key(), _ -> new TreeMap<>())
                            .put(
                                    fact.place(),
                                    fact.kind() == Facts.NAMED
                                            ? Optional.of(fact.name())
                                            : Optional.empty());
                });
    }

    private void readFacts() throws SQLException {
        facts(
                "committed_s BETWEEN " + first + " AND " + last + " ORDER BY committed_s, seq, n",
                row -> {
                    KeptFact fact = KeptFact.of(row);
                    if (fact.isOriginal()) {
                        repairs.add(fact);
                    } else if (fact.kind() != Facts.BEGIN) {
                        groups.computeIfAbsent(fact.place(), _ -> new Building()).facts.add(fact);
                    }
                });
        facts(
                "kind = "
                        + Facts.RECORDER
                        + " AND committed_s < "
                        + first
                        + " ORDER BY committed_s DESC, seq DESC, n DESC LIMIT 1",
                row -> said = KeptFact.of(row).recorder());
        facts(
                "committed_s < "
                        + first
                        + " AND seq > 0 AND n >= 0 ORDER BY committed_s DESC, seq DESC LIMIT 1",
                row -> {
                    KeptFact fact = KeptFact.of(row);
                    passed(fact.place(), position(fact));
                });
    }

    private String position(KeptFact fact) throws SQLException {
        String stream = past.streams().get(fact.stream());
        return stream == null || fact.place().seq() == 0 ? "" : stream + fact.place().seq();
    }

    /** A transaction that was there before the stretch. */
    private void passed(CommitPlace place, String position) {
        if (!position.isEmpty() && place.compareTo(lastPlace) > 0) {
            lastPlace = place;
            lastPosition = position;
        }
    }

    // Transactions.

    private void group() throws SQLException {
        for (Held one : held.values()) {
            if (one.place().second() >= first) {
                groups.computeIfAbsent(one.place(), _ -> new Building()).rows.add(one);
            }
        }
        long before = Long.MIN_VALUE;
        for (Map.Entry<CommitPlace, Building> entry : groups.entrySet()) {
            CommitPlace place = entry.getKey();
            Building group = entry.getValue();
            long moment = place.isCopied() ? place.time() : place.second() * SECOND;
            long newest = group.rows.stream().mapToLong(this::time).max().orElse(moment);
            if (newest > moment && newest < moment + SECOND) {
                moment = newest;
            }
            before = Math.max(before, moment);
            group.moment = before;
            group.rows.sort(Comparator.comparingLong(one -> one.row().id()));
            for (Held one : group.rows) {
                group.position = one.row().commit().position().orElse(group.position);
            }
            for (KeptFact fact : group.facts) {
                group.position = group.position.isEmpty() ? position(fact) : group.position;
            }
        }
    }

    /** The time of a row before it was amended. */
    private long time(Held one) {
        return repairs.original(one.row().id(), one.place())
                .map(KeptFact::at)
                .orElse(one.row().time());
    }

    private boolean isBefore(CommitPlace place) {
        if (place.second() < first) {
            return true;
        }
        Building group = groups.get(place);
        return group != null && group.moment <= from;
    }

    // What counts at the beginning.

    /** Of each point the rows of the last transaction that told of it. */
    private Map<PointKey, List<Held>> counting() throws SQLException {
        Map<Integer, Held> best = new HashMap<>();
        Map<PointKey, List<Held>> counting = new HashMap<>();
        for (Held one : held.values()) {
            count(one, best, counting);
        }
        Set<Integer> open = new HashSet<>();
        for (int id : identities.keySet()) {
            Held its = best.get(id);
            if (its == null || its.place().second() < first - BACK + Facts.LATE) {
                open.add(id);
            }
        }
        for (int most : ROWS) {
            if (!open.isEmpty()) {
                lookBack(open, most, best, counting);
            }
        }
        past.lateBefore(
                first, (id, row) -> find(id, row).ifPresent(one -> count(one, best, counting)));
        return counting;
    }

    private void lookBack(
            Set<Integer> open,
            int most,
            Map<Integer, Held> best,
            Map<PointKey, List<Held>> counting)
            throws SQLException {
        Map<Integer, List<ArchivedPast.Row>> rows = new HashMap<>();
        past.latest(
                open,
                (first + Facts.EARLY + 1) * SECOND,
                most,
                (id, row) -> {
                    rows.computeIfAbsent(id, _ -> new ArrayList<>()).add(row);
                    find(id, row).ifPresent(one -> count(one, best, counting));
                });
        open.removeIf(id -> {
            List<ArchivedPast.Row> its = rows.getOrDefault(id, List.of());
            Held found = best.get(id);
            return its.size() < most
                    || (found != null
                            && its.stream()
                                    .anyMatch(row ->
                                            row.time()
                                                    < (found.place().second() - Facts.LATE)
                                                            * SECOND));
        });
    }

    private void count(Held one, Map<Integer, Held> best, Map<PointKey, List<Held>> counting) {
        if (!isBefore(one.place())) {
            return;
        }
        passed(one.place(), one.row().commit().position().orElse(""));
        best.merge(one.point(), one, ThenQuery::later);
        PointKey key = keyAt(one);
        CommitPlace end = forgotten(key);
        if (end == null || one.place().compareTo(end) > 0) {
            counting.merge(key, List.of(one), ThenQuery::together);
        }
    }

    private static List<Held> together(List<Held> some, List<Held> others) {
        int order = some.getFirst().place().compareTo(others.getFirst().place());
        if (order != 0) {
            return order > 0 ? some : others;
        }
        List<Held> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Within a transaction the newest time counts, as it was before it was amended. */
    private Held newest(List<Held> rows) {
        return Collections.max(
                rows,
                Comparator.comparingLong(this::time).thenComparingLong(one -> one.row().id()));
    }

    private static Held later(Held one, Held other) {
        return Held.ORDER.compare(one, other) >= 0 ? one : other;
    }

    /** When a key ended the last time before the stretch; null: it did not. */
    private @Nullable CommitPlace forgotten(PointKey key) {
        CommitPlace end = null;
        for (Map.Entry<CommitPlace, Optional<PointId>> entry :
                names.getOrDefault(key, new TreeMap<>()).entrySet()) {
            if (entry.getValue().isEmpty() && isBefore(entry.getKey())) {
                end = entry.getKey();
            }
        }
        return end;
    }

    /** Under which of its point's keys a row was written. */
    private PointKey keyAt(Held one) {
        PointKey known = one.key();
        if (known != null) {
            return known;
        }
        Identity identity = identities.get(one.point());
        if (identity == null) {
            return new PointKey(0);
        }
        PointKey latest = null;
        CommitPlace since = null;
        for (PointKey key : identity.keys()) {
            NavigableMap<CommitPlace, Optional<PointId>> its =
                    names.getOrDefault(key, new TreeMap<>());
            Map.Entry<CommitPlace, Optional<PointId>> then = its.floorEntry(one.place());
            if (then != null
                    && then.getValue().isPresent()
                    && (since == null || then.getKey().compareTo(since) >= 0)) {
                latest = key;
                since = then.getKey();
            }
        }
        if (latest != null) {
            return latest;
        }
        // Of before the names are known: the first that is named later.
        for (PointKey key : identity.keys()) {
            if (names.containsKey(key)) {
                return key;
            }
        }
        return identity.keys().last();
    }

    private PointId nameAt(PointKey key, CommitPlace place, int point) {
        Map.Entry<CommitPlace, Optional<PointId>> then =
                names.getOrDefault(key, new TreeMap<>()).floorEntry(place);
        if (then != null && then.getValue().isPresent()) {
            return then.getValue().get();
        }
        Identity identity = identities.get(point);
        return identity == null
                ? StateSql.name(key, null)
                : identity.nameAt(place.second() * SECOND);
    }

    /** What was amended of the rows that count, and of those of the stretch. */
    private void repairs(List<Held> counting) throws SQLException {
        boolean[] any = {false};
        facts("id > 0 LIMIT 1", _ -> any[0] = true);
        if (!any[0]) {
            return;
        }
        repairs.clear();
        Set<Long> ids = new HashSet<>();
        held.values().forEach(one -> ids.add(one.row().id()));
        counting.forEach(one -> ids.add(one.row().id()));
        List<Long> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += 1_000) {
            facts(
                    "id IN ("
                            + all.subList(i, Math.min(all.size(), i + 1_000)).stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(","))
                            + ") AND committed_s <= "
                            + last
                            + " ORDER BY committed_s, seq, n",
                    row -> repairs.add(KeptFact.of(row)));
        }
    }

    // Readings.

    private Reading reading(Held one) {
        PointKey key = keyAt(one);
        ArchivedPast.Row row = one.row();
        Optional<KeptFact> original = repairs.original(row.id(), one.place());
        if (original.isPresent()) {
            return reading(
                    original.get(),
                    nameAt(key, one.place(), one.point()),
                    row.commit().second(),
                    row.commit().position());
        }
        return Reading.ofRow(
                OptionalLong.of(row.id()),
                key,
                nameAt(key, one.place(), one.point()),
                row.text(),
                attributes.ofReadings(row.attributesId()),
                Times.instant(row.time()),
                Times.instant(row.changed()),
                row.commit().second(),
                row.commit().position(),
                Source.HISTORY);
    }

    private Reading reading(
            KeptFact fact, PointId name, Optional<Instant> committed, Optional<String> position) {
        return Reading.ofRow(
                OptionalLong.of(fact.id()),
                fact.key(),
                name,
                fact.said(),
                attributes.ofReadings(fact.attributes()),
                Times.instant(fact.at()),
                Times.instant(fact.changedAt()),
                committed,
                position,
                Source.HISTORY);
    }

    private Reading amended(KeptFact fact) throws SQLException {
        return reading(
                fact,
                nameAt(fact.key(), fact.place(), -1),
                Optional.of(Instant.ofEpochSecond(fact.place().second())),
                Optional.of(position(fact)).filter(position -> !position.isEmpty()));
    }

    /** A row as it stood at the beginning. */
    private Reading atBeginning(Held one) throws SQLException {
        Reading reading = reading(one);
        for (KeptFact fact : repairs.amended(one.row().id(), one.place())) {
            if (isBefore(fact.place())) {
                passed(fact.place(), position(fact));
                // A repair that gave it to another point did not change what was seen of this one.
                reading = fact.key().equals(reading.key()) ? amended(fact) : reading;
            }
        }
        return reading;
    }

    // The reel.

    private Reel reel(Map<PointKey, Held> counting) throws SQLException {
        List<Fact> beginning = new ArrayList<>();
        Map<PointKey, Reading> newest = new HashMap<>();
        Set<PointKey> alive = new HashSet<>();
        names.forEach((key, its) -> {
            Optional<PointId> name = Optional.empty();
            boolean told = false;
            for (Map.Entry<CommitPlace, Optional<PointId>> entry : its.entrySet()) {
                if (isBefore(entry.getKey())) {
                    name = entry.getValue();
                    told = true;
                }
            }
            if (told && name.isPresent()) {
                alive.add(key);
                beginning.add(new Fact.Named(key, name.get()));
            }
        });
        for (Map.Entry<PointKey, Held> entry : counting.entrySet()) {
            if (alive.contains(entry.getKey()) || forgotten(entry.getKey()) == null) {
                Reading reading = atBeginning(entry.getValue());
                newest.put(entry.getKey(), reading);
                beginning.add(new Fact.Observed(reading));
            }
        }
        Map<PointKey, Duration> widths = expired(alive, newest, beginning);
        List<Step> steps = new ArrayList<>();
        LongestSilences silences = new LongestSilences();
        RecorderState saying = said;
        String position = lastPosition;
        for (Map.Entry<CommitPlace, Building> entry : groups.entrySet()) {
            Building group = entry.getValue();
            if (group.moment <= from) {
                passed(entry.getKey(), group.position);
                position = lastPosition;
                for (KeptFact fact : group.facts) {
                    saying = fact.kind() == Facts.RECORDER ? fact.recorder() : saying;
                }
            } else if (group.moment <= to) {
                position = group.position.isEmpty() ? position : group.position;
                Instant at = Times.instant(group.moment);
                List<Fact> facts = facts(group);
                facts.forEach(fact -> note(fact, at, newest, silences));
                steps.add(new Step(at, new Group(position, committed(entry.getKey()), facts)));
            }
        }
        newest.values().forEach(reading -> silences.note(reading, Times.instant(to)));
        beginning.add(
                new Fact.RecorderSaid(
                        saying == null
                                ? StateQuery.recorder(
                                        link, attributes, cadences, Times.instant(from))
                                : saying));
        return Reel.of(
                Basis.KNOWN_THEN,
                Times.instant(from),
                Times.instant(to),
                new Step(
                        Times.instant(from),
                        new Group(
                                lastPosition,
                                lastPosition.isEmpty() ? Optional.empty() : committed(lastPlace),
                                beginning)),
                steps,
                silences.cadences(link, cadences, Times.instant(from)),
                widths);
    }

    private static Optional<Instant> committed(CommitPlace place) {
        return place.isCopied()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(place.second()));
    }

    private static void note(
            Fact fact, Instant at, Map<PointKey, Reading> newest, LongestSilences silences) {
        switch (fact) {
            case Fact.Observed(Reading reading) -> {
                Reading before = newest.put(reading.key(), reading);
                if (before != null) {
                    silences.note(before, at);
                }
            }
            case Fact.Amended(Reading reading, _) -> {
                Reading before = newest.get(reading.key());
                if (before != null && before.id().equals(reading.id())) {
                    silences.note(before, at);
                    newest.put(reading.key(), reading);
                }
            }
            case Fact.Forgotten(PointKey key) -> {
                Reading before = newest.remove(key);
                if (before != null) {
                    silences.note(before, at);
                }
            }
            case Fact.Named _, Fact.RecorderSaid _ -> {
                // Nobody was silent.
            }
        }
    }

    private List<Fact> facts(Building group) throws SQLException {
        List<Fact> facts = new ArrayList<>();
        for (KeptFact fact : group.facts) {
            if (fact.kind() == Facts.NAMED) {
                facts.add(new Fact.Named(fact.key(), fact.name()));
            }
        }
        group.rows.forEach(one -> facts.add(new Fact.Observed(reading(one))));
        for (KeptFact fact : group.facts) {
            switch (fact.kind()) {
                case Facts.AMENDED -> facts.add(new Fact.Amended(amended(fact)));
                case Facts.FORGOTTEN -> facts.add(new Fact.Forgotten(fact.key()));
                case Facts.RECORDER -> facts.add(new Fact.RecorderSaid(fact.recorder()));
                default -> {
                    // Said already.
                }
            }
        }
        return facts;
    }

    /** Of points whose readings are not kept any more, what is left of them. */
    private Map<PointKey, Duration> expired(
            Set<PointKey> alive, Map<PointKey, Reading> newest, Collection<Fact> beginning)
            throws SQLException {
        boolean isWhole =
                identities.values().stream()
                        .allMatch(identity ->
                                identity.keys().stream()
                                        .noneMatch(key ->
                                                alive.contains(key) && !newest.containsKey(key)));
        if (link.archive().orElseThrow().expiredTo().isEmpty() || isWhole) {
            return Map.of();
        }
        StateQuery now = StateQuery.of(link, attributes, cadences, Times.instant(from));
        Map<PointKey, Duration> widths = new HashMap<>();
        now.readings()
                .forEach((key, reading) -> {
                    if (alive.contains(key) && !newest.containsKey(key) && reading.id().isEmpty()) {
                        newest.put(key, reading);
                        beginning.add(new Fact.Observed(reading));
                        if (now.aggregated().containsKey(key)) {
                            widths.put(key, now.aggregated().get(key));
                        }
                    }
                });
        return widths;
    }
}
