package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.Tier;
import vigie.recorder.PastSql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What happened to one point. Looks in growing stretches away from a moment. Single readings are
 * read where there are any; hours in which the archive's roll-ups or Home Assistant's statistics
 * exclude an event are passed over. Where only roll-ups are left, they tell.
 */
final class EventQuery {
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    /** So much at once where all events are wanted. */
    static final long STRETCH = 4 * DAY;

    private static final long FIRST_STRETCH = HOUR;
    private static final long LONGEST_STRETCH = 32 * DAY;

    /** Shorter stretches are read at once. */
    private static final long WORTH_SKIPPING = 3 * HOUR;

    /** So many rows are looked at for the last trustworthy text. */
    private static final int TEXTS = 500;

    private static final Set<String> UNTRUSTED_TEXTS = Set.of("unavailable", "unknown");

    private final Link link;
    private final KnownAttributes attributes;
    private final HistoryPoint point;
    private final Watched watched;
    private final Outages outages;
    private final boolean isText;
    private final boolean isArchived;

    /** From here on Home Assistant's states tell. */
    private final long statesFrom;

    /** From here on, up to {@link #statesFrom}, the archive's readings or texts tell. */
    private final long archivedFrom;

    /** Before all that is known. */
    private final long first;

    /** Until when something can be known; the statistics of the last hour may be to come. */
    private final long known;

    /** Whether the archive's roll-ups tell what its readings say. */
    private final boolean isRolled;

    /** The one unit that the statistics are in. */
    private final Optional<String> statisticsUnit;

    /**
     * Looks how far the point's past goes.
     *
     * @param outages all that there were
     * @param known the database's present
     */
    EventQuery(
            Link link,
            KnownAttributes attributes,
            HistoryPoint point,
            Watched watched,
            Outages outages,
            long known)
            throws SQLException {
        this.known = known;
        this.link = link;
        this.attributes = attributes;
        this.point = point;
        this.watched = watched;
        this.outages = outages;
        isText = point.kind() == Kind.TEXT;
        isArchived = link.archive().isPresent() && point.archiveId().isPresent();
        statesFrom =
                point.key().isPresent() ? statesFrom(point.key().get().value()) : Long.MAX_VALUE;
        archivedFrom =
                isArchived ? least(isText ? "text_change" : "reading", "time_us") : Long.MAX_VALUE;
        long earliest = Math.min(statesFrom, archivedFrom);
        if (isArchived && !isText) {
            earliest = Math.min(earliest, least("quarters", "start_us"));
        }
        if (point.statisticsId().isPresent() && !isText) {
            earliest = Math.min(earliest, statisticsFrom());
        }
        first = earliest;
        statisticsUnit = statisticsUnit();
        isRolled =
                isArchived
                        && !isText
                        && link.archive().get().rolledTo().isPresent()
                        && !isRerolled();
    }

    private long statesFrom(long key) throws SQLException {
        long[] from = {Long.MAX_VALUE};
        link.ask(
                PastSql.first(link.schema()),
                statement -> statement.setLong(1, key),
                row -> {
                    double seconds = row.getDouble(1);
                    if (!row.wasNull()) {
                        from[0] = Times.micros(seconds);
                    }
                });
        return from[0];
    }

    private long least(String table, String column) throws SQLException {
        long[] least = {Long.MAX_VALUE};
        link.askOwn(
                "SELECT MIN(" + column + ") FROM " + link.own(table) + " WHERE point = ?",
                statement -> statement.setInt(1, point.archiveId().orElseThrow()),
                row -> {
                    long value = row.getLong(1);
                    if (!row.wasNull()) {
                        least[0] = value;
                    }
                });
        return least[0];
    }

    private long statisticsFrom() throws SQLException {
        long[] from = {Long.MAX_VALUE};
        try {
            link.ask(
                    PastSql.reach(false),
                    statement -> statement.setLong(1, point.statisticsId().orElseThrow()),
                    row -> {
                        double seconds = row.getDouble(1);
                        if (!row.wasNull()) {
                            from[0] = Times.micros(seconds);
                        }
                    });
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
        return from[0];
    }

    private Optional<String> statisticsUnit() throws SQLException {
        String[] unit = {null};
        if (point.statisticsId().isPresent()) {
            link.ask(
                    "SELECT unit_of_measurement FROM statistics_meta WHERE id = ?",
                    statement -> statement.setLong(1, point.statisticsId().getAsLong()),
                    row -> unit[0] = row.getString(1));
        }
        return Optional.ofNullable(unit[0]);
    }

    /** Readings that came late are not in their roll-ups yet. */
    private boolean isRerolled() throws SQLException {
        boolean[] any = {false};
        link.askOwn(
                "SELECT 1 FROM " + link.own("reroll") + " WHERE point = ? LIMIT 1",
                statement -> statement.setInt(1, point.archiveId().orElseThrow()),
                row -> any[0] = true);
        return any[0];
    }

    /** Before all that is known of the point; {@link Long#MAX_VALUE}: nothing is. */
    long first() {
        return first;
    }

    /**
     * The first event from a moment on.
     *
     * @param from first microsecond
     * @param to first microsecond that is not looked at
     */
    Optional<PastEvent> next(long from, long to) throws SQLException {
        long at = Math.max(from, first);
        long stretch = FIRST_STRETCH;
        while (at < to) {
            long end = Math.min(to, at + stretch);
            List<PastEvent> found = between(at, end);
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
            at = end;
            stretch = Math.min(LONGEST_STRETCH, 2 * stretch);
        }
        return Optional.empty();
    }

    /** The last event before a moment; as {@link #next}. */
    Optional<PastEvent> last(long from, long to) throws SQLException {
        long begin = Math.max(from, first);
        long end = to;
        long stretch = FIRST_STRETCH;
        while (end > begin) {
            long at = Math.max(begin, end - stretch);
            List<PastEvent> found = between(at, end);
            if (!found.isEmpty()) {
                return Optional.of(found.getLast());
            }
            end = at;
            stretch = Math.min(LONGEST_STRETCH, 2 * stretch);
        }
        return Optional.empty();
    }

    /**
     * All events of a stretch, in order of time.
     *
     * @param from first microsecond
     * @param to first after it
     */
    List<PastEvent> between(long from, long to) throws SQLException {
        link.work().check();
        List<PastEvent> found = new ArrayList<>();
        long singles = Math.min(statesFrom, archivedFrom);
        if (from < singles && !isText) {
            found.addAll(ofBuckets(from, Math.min(to, singles)));
        }
        if (to > singles) {
            for (long[] part : candidates(Math.max(from, singles), to)) {
                found.addAll(ofReadings(part[0], part[1]));
            }
        }
        return found;
    }

    // ---- single readings

    private List<PastEvent> ofReadings(long from, long to) throws SQLException {
        Happenings happenings = new Happenings(point, watched);
        begin(happenings, from);
        int[] next = {outages.indexFrom(from)};
        long border = Math.clamp(statesFrom, from, to);
        if (from < border) {
            if (isText) {
                texts(from, border, next, happenings);
            } else {
                rows(Tier.READINGS, from, border, next, happenings);
            }
        }
        if (border < to) {
            rows(Tier.STATES, border, to, next, happenings);
        }
        outagesUntil(to, next, happenings);
        return happenings.found();
    }

    private void rows(Tier tier, long from, long to, int[] next, Happenings happenings)
            throws SQLException {
        RawRows rows = RawRows.of(link, attributes, point, tier);
        rows.between(
                from,
                to,
                row -> {
                    outagesUntil(row.time(), next, happenings);
                    if (isText) {
                        happenings.text(row.time(), trusted(row.text()), tier);
                    } else {
                        happenings.number(
                                row.time(),
                                row.trusted(),
                                row.text(),
                                row.attributes().unit(),
                                tier);
                    }
                });
    }

    private void texts(long from, long to, int[] next, Happenings happenings) throws SQLException {
        link.askOwn(
                "SELECT time_us, text FROM "
                        + link.own("text_change")
                        + " WHERE point = ? AND time_us >= ? AND time_us < ? ORDER BY time_us, id",
                statement -> {
                    statement.setInt(1, point.archiveId().orElseThrow());
                    statement.setLong(2, from);
                    statement.setLong(3, to);
                },
                row -> {
                    outagesUntil(row.getLong(1), next, happenings);
                    happenings.text(row.getLong(1), trusted(row.getString(2)), Tier.READINGS);
                });
    }

    private void outagesUntil(long time, int[] next, Happenings happenings) {
        while (next[0] < outages.spans().size() && outages.spans().get(next[0]).from() < time) {
            long from = outages.spans().get(next[0]).from();
            happenings.outage(from, from >= statesFrom ? Tier.STATES : Tier.READINGS);
            next[0]++;
        }
    }

    private static @Nullable String trusted(@Nullable String text) {
        return text == null || UNTRUSTED_TEXTS.contains(text.toLowerCase(Locale.ROOT))
                ? null
                : text;
    }

    /** What is known just before a moment. */
    private void begin(Happenings happenings, long time) throws SQLException {
        if (isText) {
            beginWithText(happenings, time);
            return;
        }
        RawRows.@Nullable Row row = null;
        if (statesFrom < time) {
            row = RawRows.of(link, attributes, point, Tier.STATES).before(time);
        }
        if (row == null && archivedFrom < time) {
            row = RawRows.of(link, attributes, point, Tier.READINGS).before(time);
        }
        if (row != null) {
            if (Double.isNaN(row.trusted()) || isCut(row.time(), time)) {
                happenings.beginInGap();
            } else {
                happenings.beginWith(row.trusted(), row.attributes().unit());
            }
            return;
        }
        beginWithBuckets(happenings, time);
    }

    private void beginWithText(Happenings happenings, long time) throws SQLException {
        List<Map.Entry<Long, Optional<String>>> newestFirst = new ArrayList<>();
        if (statesFrom < time) {
            for (RawRows.Bare row :
                    RawRows.of(link, attributes, point, Tier.STATES).before(time, TEXTS)) {
                newestFirst.add(Map.entry(row.time(), Optional.ofNullable(trusted(row.text()))));
            }
        }
        boolean told = newestFirst.stream().anyMatch(row -> row.getValue().isPresent());
        if (!told && archivedFrom < time) {
            link.askOwn(
                    "SELECT time_us, text FROM "
                            + link.own("text_change")
                            + " WHERE point = ? AND time_us < ? ORDER BY time_us DESC, id DESC"
                            + " LIMIT "
                            + TEXTS,
                    statement -> {
                        statement.setInt(1, point.archiveId().orElseThrow());
                        statement.setLong(2, Math.min(time, statesFrom));
                    },
                    row ->
                            newestFirst.add(
                                    Map.entry(
                                            row.getLong(1),
                                            Optional.ofNullable(trusted(row.getString(2))))));
        }
        if (newestFirst.isEmpty()) {
            return;
        }
        Map.Entry<Long, Optional<String>> newest = newestFirst.getFirst();
        happenings.beginWith(
                newestFirst.stream()
                        .flatMap(row -> row.getValue().stream())
                        .findFirst()
                        .orElse(null),
                newest.getValue().isPresent() && !isCut(newest.getKey(), time));
    }

    /** Whether an outage that began before the moment cut off what had been said. */
    private boolean isCut(long said, long time) {
        return outages.spans().stream().anyMatch(span -> span.from() >= said && span.from() < time);
    }

    private void beginWithBuckets(Happenings happenings, long time) throws SQLException {
        List<Told> before = buckets(time - DAY, time);
        if (before.isEmpty()) {
            // Roll-ups that ended long ago; one that reaches into the readings tells nothing.
            if (first < time - 2 * HOUR) {
                happenings.beginInGap();
            }
            return;
        }
        Told told = before.getLast();
        Bucket bucket = told.bucket();
        if (bucket.isEmpty()
                || bucket.to() < time - told.tier().micros()
                || isCut(bucket.to(), time)) {
            happenings.beginInGap();
        } else {
            happenings.beginWith(Happenings.last(bucket), told.unit());
        }
    }

    // ---- what need not be read

    /** The parts of a stretch in which something may have happened. */
    private List<long[]> candidates(long from, long to) throws SQLException {
        if (isText || to - from < WORTH_SKIPPING) {
            return List.of(new long[] {from, to});
        }
        TreeMap<Long, Rolled> hours = new TreeMap<>();
        long rolledTo = Long.MIN_VALUE;
        if (isRolled) {
            rolledTo = link.archive().orElseThrow().rolledTo().orElseThrow();
            blocks("hours", Tier.HOURS, floor(from, DAY) - DAY, to, hours);
        }
        TreeMap<Long, Told> statistics = new TreeMap<>();
        if (point.statisticsId().isPresent()
                && statisticsUnit.equals(point.attributes().unit())
                && !watched.wantsGaps()) {
            statistics(floor(from, HOUR), to, statistics);
        }
        List<long[]> parts = new ArrayList<>();
        long at = from;
        while (at < to) {
            long hour = floor(at, HOUR);
            long end = Math.min(to, hour + HOUR);
            boolean whole = at == hour && end == hour + HOUR;
            boolean rolled = end <= rolledTo && hours.containsKey(hour);
            boolean may =
                    !whole
                            || (rolled
                                    ? mayHold(hours.get(hour), hours.get(hour - HOUR))
                                    : mayCross(statistics.get(hour)));
            if (may) {
                if (!parts.isEmpty() && parts.getLast()[1] == at) {
                    parts.getLast()[1] = end;
                } else {
                    parts.add(new long[] {at, end});
                }
            }
            at = end;
        }
        return parts;
    }

    /**
     * Whether a limit may have been crossed in an hour of Home Assistant's statistics. They know no
     * gaps, but an hour that never was beyond a limit never crossed it.
     */
    private boolean mayCross(@Nullable Told told) {
        if (told == null || isForeign(told.unit())) {
            return true;
        }
        // Comparisons with NaN are false: what is not known excludes nothing.
        return !(watched.highs().stream().allMatch(limit -> told.bucket().max() <= limit)
                && watched.lows().stream().allMatch(limit -> told.bucket().min() >= limit));
    }

    /** Whether numbers in a unit cannot be compared with the limits as they are. */
    private boolean isForeign(Optional<String> unit) {
        return !unit.equals(point.attributes().unit());
    }

    /**
     * Whether an event may lie in an hour.
     *
     * @param before the hour before it
     */
    private boolean mayHold(@Nullable Rolled rolled, @Nullable Rolled before) {
        if (rolled == null
                || isForeign(rolled.unit())
                || rolled.bucket().to() - rolled.bucket().from() != HOUR) {
            return true;
        }
        Bucket bucket = rolled.bucket();
        boolean empty = bucket.isEmpty() && bucket.count() == 0;
        boolean full = bucket.trusted() == HOUR;
        Bucket earlier =
                before == null || before.bucket().to() - before.bucket().from() != HOUR
                        ? null
                        : before.bucket();
        if (empty) {
            // An hour that begins in a gap and is one.
            return earlier == null || !earlier.isEmpty();
        }
        // NaN, which is beyond no limit, where it is not known.
        double held =
                earlier != null
                                && before != null
                                && earlier.trusted() == HOUR
                                && before.unit().equals(rolled.unit())
                        ? earlier.last()
                        : Double.NaN;
        if (watched.wantsGaps() && (!full || Double.isNaN(held))) {
            return true;
        }
        for (double limit : watched.highs()) {
            boolean never = bucket.max() <= limit;
            boolean always = full && held > limit && bucket.min() > limit;
            if (!never && !always) {
                return true;
            }
        }
        for (double limit : watched.lows()) {
            boolean never = bucket.min() >= limit;
            boolean always = full && held < limit && bucket.max() < limit;
            if (!never && !always) {
                return true;
            }
        }
        return false;
    }

    // ---- roll-ups

    private record Told(Bucket bucket, Optional<String> unit, Tier tier) {}

    private List<PastEvent> ofBuckets(long from, long to) throws SQLException {
        // One bucket more on both sides: what was before, and whether a gap goes on.
        List<Told> all = buckets(from - HOUR, to + HOUR);
        Happenings happenings = new Happenings(point, watched);
        if (first < from - HOUR && (all.isEmpty() || all.getFirst().bucket().from() >= from)) {
            happenings.beginInGap();
        }
        List<PastEvent> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Told told = all.get(i);
            boolean next = i + 1 < all.size() && !all.get(i + 1).bucket().isEmpty();
            happenings.bucket(told.bucket(), told.unit(), next, told.tier());
        }
        long singles = Math.min(statesFrom, archivedFrom);
        for (PastEvent event : happenings.found()) {
            long at = Times.micros(event.at());
            if (at >= from && at < to && at < singles) {
                found.add(event);
            }
        }
        found.sort(Comparator.comparing(PastEvent::at));
        return found;
    }

    /**
     * The finest buckets that end in a stretch, without those that single readings reach into; what
     * is missing between them is empty.
     */
    private List<Told> buckets(long from, long to) throws SQLException {
        long singles = Math.min(statesFrom, archivedFrom);
        TreeMap<Long, Told> all = new TreeMap<>();
        if (point.statisticsId().isPresent()) {
            statistics(floor(from, HOUR), to, all);
        }
        if (isArchived) {
            TreeMap<Long, Rolled> quarters = new TreeMap<>();
            blocks("quarters", Tier.QUARTERS, floor(from, DAY), to, quarters);
            TreeSet<Long> days = new TreeSet<>();
            quarters.keySet().forEach(start -> days.add(floor(start, DAY)));
            all.keySet().removeIf(start -> days.contains(floor(start, DAY)));
            quarters.forEach((start, rolled) -> all.put(start, told(rolled, Tier.QUARTERS)));
            TreeMap<Long, Rolled> minutes = new TreeMap<>();
            blocks("minutes", Tier.MINUTES, hoursOfInterest(quarters, from, to), minutes);
            TreeSet<Long> hours = new TreeSet<>();
            minutes.keySet().forEach(start -> hours.add(floor(start, HOUR)));
            all.keySet().removeIf(start -> hours.contains(floor(start, HOUR)));
            minutes.forEach((start, rolled) -> all.put(start, told(rolled, Tier.MINUTES)));
        }
        List<Told> touching = new ArrayList<>();
        for (Told told : all.values()) {
            Bucket bucket = told.bucket();
            if (bucket.to() > from && bucket.from() < to && bucket.to() <= singles) {
                if (!touching.isEmpty()) {
                    long end = touching.getLast().bucket().to();
                    if (end < bucket.from()) {
                        touching.add(hole(touching.getLast(), bucket.from()));
                    }
                }
                touching.add(told);
            }
        }
        long end = Math.min(Math.min(to, singles), known - HOUR);
        if (!touching.isEmpty()
                && touching.getLast().bucket().to() + touching.getLast().tier().micros() <= end) {
            touching.add(hole(touching.getLast(), end));
        }
        return touching;
    }

    /** What follows a bucket where nothing was kept: the first of the empty ones tells of all. */
    private static Told hole(Told before, long until) {
        long from = before.bucket().to();
        long to = Math.min(until, from + before.tier().micros());
        return new Told(Bucket.empty(from, to), before.unit(), before.tier());
    }

    private static Told told(Rolled rolled, Tier tier) {
        return new Told(rolled.bucket(), rolled.unit(), tier);
    }

    /** Minutes are read only of the hours whose quarters hold something. */
    private Set<Long> hoursOfInterest(SortedMap<Long, Rolled> quarters, long from, long to) {
        TreeSet<Long> hours = new TreeSet<>();
        if (quarters.isEmpty()) {
            return hours;
        }
        Happenings happenings = new Happenings(point, watched);
        quarters.values()
                .forEach(rolled ->
                        happenings.bucket(rolled.bucket(), rolled.unit(), true, Tier.QUARTERS));
        for (PastEvent event : happenings.found()) {
            long at = Times.micros(event.at());
            if (at >= from - HOUR && at < to) {
                hours.add(floor(at, HOUR));
            }
        }
        return hours;
    }

    private void statistics(long from, long to, SortedMap<Long, Told> all) throws SQLException {
        try {
            link.ask(
                    PastSql.statistics(false, false),
                    statement -> {
                        statement.setLong(1, point.statisticsId().orElseThrow());
                        statement.setDouble(2, Times.seconds(from));
                        statement.setDouble(3, Times.seconds(to));
                    },
                    row -> {
                        long start = Times.micros(row.getDouble(1));
                        double mean = number(row, 2);
                        double state = number(row, 5);
                        double value = Double.isNaN(mean) ? state : mean;
                        all.put(
                                start,
                                new Told(
                                        new Bucket(
                                                start,
                                                start + HOUR,
                                                number(row, 3),
                                                number(row, 4),
                                                value,
                                                Double.NaN,
                                                Double.NaN,
                                                Bucket.UNKNOWN_COUNT,
                                                Double.isNaN(value) ? 0 : HOUR,
                                                Double.NaN,
                                                1),
                                        statisticsUnit,
                                        Tier.STATISTICS));
                    });
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
    }

    private static double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    private void blocks(String table, Tier tier, long from, long to, SortedMap<Long, Rolled> into)
            throws SQLException {
        link.askOwn(
                "SELECT start_us, buckets FROM "
                        + link.own(table)
                        + " WHERE point = ? AND start_us >= ? AND start_us < ?",
                statement -> {
                    statement.setInt(1, point.archiveId().orElseThrow());
                    statement.setLong(2, from);
                    statement.setLong(3, to);
                },
                row -> decode(row, tier, into));
    }

    private void blocks(String table, Tier tier, Set<Long> starts, SortedMap<Long, Rolled> into)
            throws SQLException {
        if (starts.isEmpty()) {
            return;
        }
        link.askOwn(
                "SELECT start_us, buckets FROM "
                        + link.own(table)
                        + " WHERE point = ? AND start_us IN ("
                        + starts.stream().map(String::valueOf).collect(Collectors.joining(","))
                        + ")",
                statement -> statement.setInt(1, point.archiveId().orElseThrow()),
                row -> decode(row, tier, into));
    }

    private static void decode(ResultSet row, Tier tier, SortedMap<Long, Rolled> into)
            throws SQLException {
        for (Rolled rolled : ArchivedPast.decoded(row.getBytes(2), row.getLong(1), tier)) {
            into.put(rolled.bucket().from(), rolled);
        }
    }

    private static long floor(long time, long width) {
        return Math.floorDiv(time, width) * width;
    }
}
