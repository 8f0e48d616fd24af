package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.series.Kind;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.recorder.PastSql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Finds what there is of points: in Home Assistant's states, in its statistics, in the archive, by
 * their present name or, where nothing has that name now, by one they had.
 */
final class PointsQuery {
    /** Of a point that is unavailable now, so many rows are looked at for what it is. */
    private static final int ROWS_FOR_KIND = 5;

    private static final int LEGS = 200;

    /** What is found of one name. */
    private static final class Found {
        private @Nullable Long key;
        private @Nullable Integer archiveId;
        private @Nullable Long statisticsId;
        private int meanType = -1;
        private boolean hasSum;
        private boolean rolled;
        private @Nullable String statisticsUnit;
        private final List<Row> rows = new ArrayList<>();
    }

    private record Row(@Nullable String text, long attributesId) {}

    private final Link link;
    private final KnownAttributes attributes;
    private final Map<String, Found> found = new TreeMap<>();
    private final Map<String, String> asked = new HashMap<>();

    private PointsQuery(Link link, KnownAttributes attributes) {
        this.link = link;
        this.attributes = attributes;
    }

    /** All points. */
    static List<HistoryPoint> all(Link link, KnownAttributes attributes) throws SQLException {
        PointsQuery query = new PointsQuery(link, attributes);
        query.find("", List.of());
        return List.copyOf(query.points().values());
    }

    /**
     * The points of these names; those of which nothing is known are not in the answer.
     *
     * @return by the name asked for
     */
    static Map<PointId, HistoryPoint> named(
            Link link, KnownAttributes attributes, Collection<PointId> names) throws SQLException {
        PointsQuery query = new PointsQuery(link, attributes);
        List<String> wanted = names.stream().map(PointId::name).distinct().toList();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        query.find(wanted);
        Map<String, HistoryPoint> points = query.points();
        Map<PointId, HistoryPoint> answer = new HashMap<>();
        for (String name : wanted) {
            HistoryPoint point = points.get(query.asked.getOrDefault(name, name));
            if (point != null) {
                answer.put(new PointId(name), point);
            }
        }
        return answer;
    }

    private void find(List<String> wanted) throws SQLException {
        String marks = String.join(",", Collections.nCopies(wanted.size(), "?"));
        find(marks, wanted);
        List<String> unknown = wanted.stream().filter(name -> !found.containsKey(name)).toList();
        if (!unknown.isEmpty() && link.archive().isPresent()) {
            List<String> present = new ArrayList<>();
            link.askOwn(
                    "SELECT n.name, p.name FROM "
                            + link.own("point_name")
                            + " n JOIN "
                            + link.own("point")
                            + " p ON p.id = n.point WHERE p.recorder = ? AND n.name IN ("
                            + String.join(",", Collections.nCopies(unknown.size(), "?"))
                            + ") ORDER BY n.since_s",
                    statement -> {
                        statement.setString(1, link.schema().name());
                        bind(statement, 2, unknown);
                    },
                    row -> {
                        asked.put(row.getString(1), row.getString(2));
                        present.add(row.getString(2));
                    });
            if (!present.isEmpty()) {
                find(String.join(",", Collections.nCopies(present.size(), "?")), present);
            }
        }
    }

    private static void bind(PreparedStatement statement, int first, List<String> names)
            throws SQLException {
        for (int i = 0; i < names.size(); i++) {
            statement.setString(first + i, names.get(i));
        }
    }

    /**
     * @param marks placeholders for the names; empty: all
     */
    private void find(String marks, List<String> names) throws SQLException {
        String in = marks.isEmpty() ? "" : " WHERE entity_id IN (" + marks + ")";
        link.ask(
                "SELECT metadata_id, entity_id FROM states_meta" + in,
                statement -> bind(statement, 1, names),
                row -> {
                    String name = row.getString(2);
                    if (isName(name)) {
                        of(name).key = row.getLong(1);
                    }
                });
        statistics(marks, names);
        if (link.archive().isPresent()) {
            link.askOwn(
                    "SELECT id, name FROM "
                            + link.own("point")
                            + " WHERE recorder = ?"
                            + (marks.isEmpty() ? "" : " AND name IN (" + marks + ")")
                            + " ORDER BY id",
                    statement -> {
                        statement.setString(1, link.schema().name());
                        bind(statement, 2, names);
                    },
                    row -> {
                        String name = row.getString(2);
                        if (isName(name)) {
                            of(name).archiveId = row.getInt(1);
                        }
                    });
        }
        rows();
    }

    /** The columns differ between versions, so they are read by their names. */
    private void statistics(String marks, List<String> names) throws SQLException {
        try {
            link.ask(
                    "SELECT * FROM statistics_meta"
                            + (marks.isEmpty() ? "" : " WHERE statistic_id IN (" + marks + ")"),
                    statement -> bind(statement, 1, names),
                    row -> {
                        String name = row.getString("statistic_id");
                        if (isName(name)) {
                            Found of = of(name);
                            of.statisticsId = row.getLong("id");
                            of.hasSum = row.getBoolean("has_sum");
                            of.statisticsUnit = row.getString("unit_of_measurement");
                            of.meanType =
                                    hasColumn(row, "mean_type")
                                            ? row.getInt("mean_type")
                                            : row.getBoolean("has_mean") ? 1 : 0;
                        }
                    });
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
    }

    private static boolean hasColumn(ResultSet row, String column) throws SQLException {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            if (row.getMetaData().getColumnLabel(i).equalsIgnoreCase(column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(@Nullable String name) {
        return name != null && !name.isBlank() && name.length() <= 255;
    }

    private Found of(String name) {
        return found.computeIfAbsent(name, _ -> new Found());
    }

    private void rows() throws SQLException {
        Map<Long, Found> byKey = new HashMap<>();
        for (Found some : found.values()) {
            if (some.key != null && some.rows.isEmpty()) {
                byKey.put(some.key, some);
            }
        }
        List<Long> keys = new ArrayList<>(byKey.keySet());
        String leg =
                "(SELECT metadata_id, state, attributes_id FROM ("
                        + PastSql.before(link.schema(), ROWS_FOR_KIND)
                                .replace("SELECT ", "SELECT metadata_id, ")
                        + ") newest)";
        for (int from = 0; from < keys.size(); from += LEGS) {
            List<Long> some = keys.subList(from, Math.min(keys.size(), from + LEGS));
            link.ask(
                    String.join(" UNION ALL ", Collections.nCopies(some.size(), leg)),
                    statement -> {
                        for (int i = 0; i < some.size(); i++) {
                            statement.setLong(2 * i + 1, some.get(i));
                            statement.setDouble(2 * i + 2, Double.MAX_VALUE);
                        }
                    },
                    row -> {
                        Found of = byKey.get(row.getLong(1));
                        if (of != null) {
                            String text = row.getString(2);
                            long id = row.getLong(3);
                            of.rows.add(new Row(text, row.wasNull() ? -1 : id));
                        }
                    });
        }
        attributes.learnOfStates(
                link,
                found.values().stream()
                        .flatMap(some -> some.rows.stream())
                        .map(Row::attributesId)
                        .toList());
    }

    private Map<String, HistoryPoint> points() throws SQLException {
        Map<Integer, Attributes> archived = archived();
        Map<String, HistoryPoint> points = new TreeMap<>();
        found.forEach((name, of) -> {
            Attributes known = attributes(of, archived);
            points.put(
                    name,
                    new HistoryPoint(
                            new PointId(name),
                            Optional.ofNullable(of.key).map(PointKey::new),
                            of.archiveId == null
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(of.archiveId),
                            of.statisticsId == null
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(of.statisticsId),
                            kind(of, known),
                            known));
        });
        return points;
    }

    /** What the archive knows of points that have no row in Home Assistant's tables any more. */
    private Map<Integer, Attributes> archived() throws SQLException {
        Map<Integer, Attributes> known = new HashMap<>();
        Map<Integer, Long> ids = new HashMap<>();
        for (Found of : found.values()) {
            if (of.rows.isEmpty() && of.archiveId != null) {
                int id = of.archiveId;
                link.askOwn(
                        "SELECT 1 FROM " + link.own("hours") + " WHERE point = ? LIMIT 1",
                        statement -> statement.setInt(1, id),
                        row -> of.rolled = true);
                link.askOwn(
                        "SELECT attributes FROM "
                                + link.own("reading")
                                + " WHERE point = ? ORDER BY time_us DESC, id DESC LIMIT 1",
                        statement -> statement.setInt(1, id),
                        row -> {
                            long attributesId = row.getLong(1);
                            if (!row.wasNull()) {
                                ids.put(id, attributesId);
                            }
                        });
            }
        }
        attributes.learnOfReadings(link, ids.values());
        ids.forEach((id, attributesId) -> known.put(id, attributes.ofReadings(attributesId)));
        return known;
    }

    private Attributes attributes(Found of, Map<Integer, Attributes> archived) {
        for (Row row : of.rows) {
            Attributes known = attributes.ofStates(row.attributesId());
            if (known.unit().isPresent() || known.stateClass().isPresent()) {
                return known;
            }
        }
        if (!of.rows.isEmpty()) {
            return attributes.ofStates(of.rows.getFirst().attributesId());
        }
        if (of.archiveId != null && archived.containsKey(of.archiveId)) {
            return archived.get(of.archiveId);
        }
        return of.statisticsUnit == null
                ? Attributes.NONE
                : new Attributes(
                        Optional.empty(),
                        Optional.of(of.statisticsUnit),
                        Optional.empty(),
                        Optional.empty(),
                        true);
    }

    private static boolean isWord(@Nullable String text) {
        return text != null
                && Reading.number(text).isEmpty()
                && !text.isEmpty()
                && !text.equalsIgnoreCase("unavailable")
                && !text.equalsIgnoreCase("unknown");
    }

    private static Kind kind(Found of, Attributes known) {
        switch (known.stateClass().orElse("").toLowerCase(Locale.ROOT)) {
            case "total_increasing" -> {
                return Kind.METER;
            }
            case "total" -> {
                return Kind.NET;
            }
            case "measurement_angle" -> {
                return Kind.ANGLE;
            }
            default -> {
                // What follows decides.
            }
        }
        if (of.meanType == 2) {
            return Kind.ANGLE;
        }
        if (of.statisticsId != null && of.hasSum && of.meanType == 0) {
            return Kind.METER;
        }
        if (known.unit().isPresent() || known.stateClass().isPresent() || of.statisticsId != null) {
            return Kind.NUMBER;
        }
        boolean words = of.rows.stream().anyMatch(row -> isWord(row.text()));
        boolean numbers =
                of.rolled
                        || of.rows.stream().anyMatch(row -> Reading.number(row.text()).isPresent());
        // One that also says words is told in spans, in which numbers have a place too.
        return numbers && !words ? Kind.NUMBER : Kind.TEXT;
    }
}
