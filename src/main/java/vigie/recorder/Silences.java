package vigie.recorder;

import org.jspecify.annotations.Nullable;

import vigie.point.PointKey;
import vigie.room.Cadence;
import vigie.room.Cadences;
import vigie.room.Freshness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells silences that cannot mean anything from those that may, by a few rows instead of the
 * hundreds of which a {@link Cadence} is learned.
 *
 * <p>A regular point's percentile is at least half of its longest silence. So it is stale after one
 * and a half times any silence that counts at the earliest, and not before half of it and two
 * commits. One silence that is long enough therefore clears the point, whatever the others are. And
 * since at most 500 silences must make an hour, one of them is longer than 7.2 s, so nothing is
 * stale in the first 13 s.
 */
public final class Silences {
    /** Nothing is stale before, however often it reports. */
    private static final Duration NEVER_STALE = Duration.ofSeconds(13);

    /** After so long, a point that is not regular is doubted too. */
    private static final Duration UNCHANGED_AFTER = Duration.ofHours(1);

    private static final Duration TWO_COMMITS = Freshness.USUAL_COMMIT.multipliedBy(2);

    private static final int FIRST_ROWS = 3;

    /** So many points are many. */
    private static final int MANY = 50;

    /** In a longer time there may be more rows than one look at each point costs. */
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

    private static final int ROWS_PER_POINT = 10;

    /** So many of the longest silences are looked at. */
    private static final int LONGEST = 6;

    private final Connection connection;
    private final RecorderSchema schema;
    private final Instant learnedTo;

    private final Map<PointKey, Duration> longest;

    /** Points that have no more rows than those that were looked at. */
    private final Set<PointKey> known = new HashSet<>();

    private Silences(
            Connection connection,
            RecorderSchema schema,
            Instant learnedTo,
            Map<PointKey, Duration> longest) {
        this.connection = connection;
        this.schema = schema;
        this.learnedTo = learnedTo;
        this.longest = longest;
    }

    /**
     * The points whose quality depends on their whole cadence; all others are neither stale nor
     * unchanged after their silence.
     *
     * @param silences how long points that measure have been silent
     * @param learnedTo of the version that holds: {@link Cadences#learnedToAt}
     * @param longest the longest silences that are known of points in the history of this version;
     *     those that are met are added
     */
    public static Set<PointKey> doubtful(
            Connection connection,
            RecorderSchema schema,
            Map<PointKey, Duration> silences,
            Instant learnedTo,
            Map<PointKey, Duration> longest)
            throws SQLException {
        Set<PointKey> doubtful = new HashSet<>();
        Map<PointKey, Duration> open = new HashMap<>();
        silences.forEach((key, silence) -> {
            if (silence.compareTo(UNCHANGED_AFTER) > 0) {
                doubtful.add(key);
            } else if (silence.compareTo(NEVER_STALE) > 0 && !excuses(longest.get(key), silence)) {
                open.put(key, silence);
            }
        });
        Silences search = new Silences(connection, schema, learnedTo, longest);
        search.clearByAll(open);
        search.clearByNewest(open);
        search.clearByLongest(open);
        doubtful.addAll(open.keySet());
        return doubtful;
    }

    private static boolean excuses(@Nullable Duration met, Duration silence) {
        return met != null && met.compareTo(excuse(silence)) >= 0;
    }

    /** How long a silence in the history must be at least to excuse one. */
    private static Duration excuse(Duration silence) {
        // Rounded up: 1.5 times it, or half of it and two commits.
        Duration ofShare = silence.multipliedBy(2).dividedBy(3).plusNanos(1);
        Duration ofCommits = silence.minus(TWO_COMMITS).multipliedBy(2);
        return ofShare.compareTo(ofCommits) <= 0 ? ofShare : ofCommits;
    }

    /**
     * Where many are asked about, the rows that all points wrote in a short time before: one look
     * at the index of times costs a fraction of one at each point's.
     */
    private void clearByAll(Map<PointKey, Duration> open) throws SQLException {
        if (open.size() < MANY) {
            return;
        }
        List<Duration> silences = open.values().stream().sorted().toList();
        Duration most = silences.get(silences.size() * 9 / 10);
        Duration window = most.multipliedBy(2).plus(NEVER_STALE);
        if (window.compareTo(LONGEST_WINDOW) > 0) {
            return;
        }
        Map<PointKey, List<CadenceReader.Row>> rows = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT metadata_id, "
                                + CadenceReader.columns(schema)
                                + " FROM states WHERE last_updated_ts >= ? AND last_updated_ts < ?"
                                + " ORDER BY last_updated_ts DESC LIMIT "
                                + ROWS_PER_POINT * open.size())) {
            statement.setDouble(1, CadenceReader.seconds(learnedTo.minus(window)));
            statement.setDouble(2, CadenceReader.seconds(learnedTo));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    PointKey key = new PointKey(result.getLong(1));
                    if (open.containsKey(key)) {
                        CadenceReader.row(result, 1)
                                .ifPresent(row ->
                                        rows.computeIfAbsent(key, _ -> new ArrayList<>()).add(row));
                    }
                }
            }
        }
        rows.forEach((key, its) -> clear(open, key, its));
    }

    private void clearByNewest(Map<PointKey, Duration> open) throws SQLException {
        if (open.isEmpty()) {
            return;
        }
        String sql =
                open.keySet().stream()
                        .map(key -> "(SELECT metadata_id, " + newestOf(key, FIRST_ROWS) + ")")
                        .collect(Collectors.joining(" UNION ALL "));
        Map<PointKey, List<CadenceReader.Row>> rows = new HashMap<>();
        Map<PointKey, Integer> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                PointKey key = new PointKey(result.getLong(1));
                counts.merge(key, 1, Integer::sum);
                CadenceReader.row(result, 1)
                        .ifPresent(
                                row -> rows.computeIfAbsent(key, _ -> new ArrayList<>()).add(row));
            }
        }
        open.keySet().stream()
                .filter(key -> counts.getOrDefault(key, 0) < FIRST_ROWS)
                .forEach(known::add);
        rows.forEach((key, its) -> clear(open, key, its));
    }

    private String newestOf(PointKey key, int most) {
        return CadenceReader.columns(schema)
                + " FROM states"
                + StateSql.hint(schema)
                + " WHERE metadata_id = "
                + key.value()
                + " AND last_updated_ts >= "
                + CadenceReader.seconds(learnedTo.minus(Cadences.HISTORY))
                + " AND last_updated_ts < "
                + CadenceReader.seconds(learnedTo)
                + " ORDER BY last_updated_ts DESC, state_id DESC LIMIT "
                + most;
    }

    private void clear(Map<PointKey, Duration> open, PointKey key, List<CadenceReader.Row> rows) {
        Duration silence = open.get(key);
        if (silence == null) {
            return;
        }
        rows.sort(
                Comparator.comparing(CadenceReader.Row::updated)
                        .thenComparingLong(CadenceReader.Row::id)
                        .reversed());
        CadenceReader.intervals(rows).stream()
                .map(Cadence.Interval::silent)
                .max(Comparator.naturalOrder())
                .ifPresent(met -> {
                    longest.merge(key, met, (a, b) -> a.compareTo(b) >= 0 ? a : b);
                    if (excuses(met, silence)) {
                        open.remove(key);
                    }
                });
    }

    /** The index alone tells where the longest silences are; only their rows are read. */
    private void clearByLongest(Map<PointKey, Duration> open) throws SQLException {
        for (PointKey key : Set.copyOf(open.keySet())) {
            if (known.contains(key)) {
                continue;
            }
            Duration excuse = excuse(open.getOrDefault(key, Duration.ZERO));
            List<StateSql.Entry> entries = entries(key);
            List<Integer> places = new ArrayList<>();
            for (int i = 1; i < entries.size(); i++) {
                if (silence(entries, i).compareTo(excuse) >= 0) {
                    places.add(i);
                }
            }
            places.sort(Comparator.comparing((Integer i) -> silence(entries, i)).reversed());
            for (int i : places.subList(0, Math.min(LONGEST, places.size()))) {
                clear(open, key, rows(entries.get(i - 1).id(), entries.get(i).id()));
            }
        }
    }

    private static Duration silence(List<StateSql.Entry> newestFirst, int i) {
        Optional<Instant> from = SourceTime.of(newestFirst.get(i).seconds());
        Optional<Instant> to = SourceTime.of(newestFirst.get(i - 1).seconds());
        return from.isPresent() && to.isPresent()
                ? Duration.between(from.get(), to.get())
                : Duration.ZERO;
    }

    private List<StateSql.Entry> entries(PointKey key) throws SQLException {
        List<StateSql.Entry> entries = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT state_id, last_updated_ts FROM states"
                                + StateSql.hint(schema)
                                + " WHERE metadata_id = ? AND last_updated_ts >= ? AND"
                                + " last_updated_ts < ? ORDER BY last_updated_ts DESC, state_id"
                                + " DESC LIMIT "
                                + Cadences.MOST_ROWS)) {
            statement.setLong(1, key.value());
            statement.setDouble(2, CadenceReader.seconds(learnedTo.minus(Cadences.HISTORY)));
            statement.setDouble(3, CadenceReader.seconds(learnedTo));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    entries.add(new StateSql.Entry(result.getLong(1), result.getDouble(2)));
                }
            }
        }
        return entries;
    }

    private List<CadenceReader.Row> rows(long one, long other) throws SQLException {
        List<CadenceReader.Row> rows = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT "
                                + CadenceReader.columns(schema)
                                + " FROM states WHERE state_id IN (?, ?)")) {
            statement.setLong(1, one);
            statement.setLong(2, other);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    CadenceReader.row(result, 0).ifPresent(rows::add);
                }
            }
        }
        return rows;
    }
}
