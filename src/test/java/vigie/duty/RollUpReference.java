package vigie.duty;

import org.jspecify.annotations.Nullable;

import vigie.history.archive.BlockCodec;
import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.store.Connections;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Roll-ups once more, slowly and obviously: for each slot every reading of the point is looked at.
 * Written from what the words mean, not from how the archiver does it.
 */
final class RollUpReference {
    private static final long MINUTE = 60_000_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final double CLOSE = 1e-6;

    private record Said(
            long time, double value, String unit, @Nullable String stateClass, boolean known) {}

    /** A value that held. */
    private record Held(long from, long to, double value, String unit, boolean read) {}

    private RollUpReference() {}

    /** What differs, in words; empty where all is right. */
    static List<String> differences(TestDatabase database, String own) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connections connections = new Connections(database.root(), "reference");
                Connection connection = connections.single()) {
            connection.setCatalog(own);
            long from = number(connection, "SELECT rolled_from_us FROM archive");
            long to = number(connection, "SELECT rolled_to_us FROM archive");
            List<Long> outages = new ArrayList<>();
            ask(
                    connection,
                    "SELECT from_us FROM outage ORDER BY from_us",
                    row -> outages.add(row.getLong(1)));
            List<Integer> points = new ArrayList<>();
            ask(
                    connection,
                    "SELECT id FROM point WHERE rolled=1",
                    row -> points.add(row.getInt(1)));
            if (points.isEmpty()) {
                found.add("no point is rolled up");
            }
            for (int point : points) {
                List<Said> said = new ArrayList<>();
                ask(
                        connection,
                        "SELECT r.time_us,r.value,r.attributes,a.unit,a.state_class FROM reading r LEFT"
                                + " JOIN attributes a ON a.id=r.attributes WHERE r.point="
                                + point
                                + " ORDER BY r.time_us,r.id",
                        row -> {
                            double value = row.getDouble(2);
                            boolean number = !row.wasNull();
                            row.getInt(3);
                            boolean known = !row.wasNull();
                            said.add(
                                    new Said(
                                            row.getLong(1),
                                            number && known ? value : Double.NaN,
                                            Objects.requireNonNullElse(row.getString(4), ""),
                                            row.getString(5),
                                            known));
                        });
                table(connection, "minutes", point, MINUTE, HOUR, from, to, said, outages, found);
                table(
                        connection,
                        "quarters",
                        point,
                        15 * MINUTE,
                        DAY,
                        from,
                        to,
                        said,
                        outages,
                        found);
                table(connection, "hours", point, HOUR, DAY, from, to, said, outages, found);
            }
        }
        return found.subList(0, Math.min(10, found.size()));
    }

    private static void table(
            Connection connection,
            String table,
            int point,
            long width,
            long block,
            long from,
            long to,
            List<Said> said,
            List<Long> outages,
            List<String> found)
            throws SQLException {
        Map<Long, List<Bucket>> slots = new HashMap<>();
        ask(
                connection,
                "SELECT start_us,buckets FROM " + table + " WHERE point=" + point,
                row -> {
                    long start = row.getLong(1);
                    if (Math.floorMod(start, block) != 0) {
                        found.add(table + " begins at " + start);
                    }
                    for (Rolled rolled :
                            BlockCodec.decode(
                                    Objects.requireNonNull(row.getBytes(2)), start, width)) {
                        slots.computeIfAbsent(
                                        Math.floorDiv(rolled.bucket().from(), width) * width,
                                        _ -> new ArrayList<>())
                                .add(rolled.bucket());
                    }
                });
        List<Held> held = held(said, outages);
        int first = 0;
        for (long slot = from; slot < to; slot += width) {
            while (first < held.size() && held.get(first).to() < slot) {
                first++;
            }
            List<Held> in = new ArrayList<>();
            for (int i = first; i < held.size() && held.get(i).from() < slot + width; i++) {
                Held one = held.get(i);
                long begin = Math.max(one.from(), slot);
                long end = Math.min(one.to(), slot + width);
                boolean read = one.read() && one.from() >= slot;
                if (end > begin || read) {
                    in.add(new Held(begin, Math.max(begin, end), one.value(), one.unit(), read));
                }
            }
            compare(
                    table + " of " + point + " at " + slot,
                    slot,
                    width,
                    in,
                    slots.getOrDefault(slot, List.of()),
                    said,
                    found);
        }
    }

    private static List<Held> held(List<Said> said, List<Long> outages) {
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            Said one = said.get(i);
            if (Double.isNaN(one.value())) {
                continue;
            }
            long end = i + 1 < said.size() ? said.get(i + 1).time() : Long.MAX_VALUE;
            for (long outage : outages) {
                if (outage >= one.time()) {
                    end = Math.min(end, outage);
                }
            }
            held.add(
                    new Held(one.time(), Math.max(one.time(), end), one.value(), one.unit(), true));
        }
        return held;
    }

    private static void compare(
            String where,
            long slot,
            long width,
            List<Held> in,
            List<Bucket> buckets,
            List<Said> said,
            List<String> found) {
        long trusted = buckets.stream().mapToLong(Bucket::trusted).sum();
        long expected = in.stream().mapToLong(one -> one.to() - one.from()).sum();
        int count = buckets.stream().mapToInt(Bucket::count).sum();
        long read = in.stream().filter(Held::read).count();
        if (trusted != expected || count != read) {
            found.add(where + ": " + buckets + " for " + in);
            return;
        }
        if (in.stream().map(Held::unit).distinct().count() != 1) {
            if (in.isEmpty() && buckets.stream().anyMatch(bucket -> !bucket.isEmpty())) {
                found.add(where + ": not empty");
            }
            return;
        }
        List<Bucket> full = buckets.stream().filter(bucket -> !bucket.isEmpty()).toList();
        if (full.size() != 1) {
            found.add(where + ": " + full.size() + " buckets for one unit");
            return;
        }
        Bucket bucket = full.getFirst();
        boolean right =
                is(bucket.first(), in.getFirst().value())
                        && is(bucket.last(), in.getLast().value());
        String stateClass = null;
        boolean meter = false;
        boolean angle = false;
        for (Said one : said) {
            if (one.time() < slot + width && one.known() && one.stateClass() != null) {
                stateClass = one.stateClass();
            }
        }
        if (stateClass != null) {
            meter = stateClass.startsWith("total");
            angle = stateClass.equals("measurement_angle");
        }
        if (angle) {
            double sine = 0;
            double cosine = 0;
            for (Held one : in) {
                sine += Math.sin(Math.toRadians(one.value())) * (one.to() - one.from());
                cosine += Math.cos(Math.toRadians(one.value())) * (one.to() - one.from());
            }
            double mean = Math.toDegrees(Math.atan2(sine, cosine));
            right &=
                    expected == 0
                            || Math.hypot(sine, cosine) / expected < CLOSE
                            || Math.abs(Math.IEEEremainder(mean - bucket.mean(), 360)) < CLOSE;
            right &= Double.isNaN(bucket.min());
        } else {
            double area = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (Held one : in) {
                area += one.value() * (one.to() - one.from());
                min = Math.min(min, one.value());
                max = Math.max(max, one.value());
            }
            right &= is(bucket.min(), min) && is(bucket.max(), max);
            right &= expected == 0 || is(bucket.mean(), area / expected);
        }
        if (meter) {
            double growth = 0;
            Said before = null;
            for (Said one : said) {
                if (Double.isNaN(one.value())) {
                    continue;
                }
                if (one.time() >= slot && one.time() < slot + width && before != null) {
                    growth +=
                            one.value() < 0.9 * before.value()
                                    ? one.value()
                                    : one.value() - before.value();
                }
                before = one;
            }
            right &= is(Double.isNaN(bucket.growth()) ? 0 : bucket.growth(), growth);
        }
        if (!right) {
            found.add(where + ": " + bucket + " for " + in);
        }
    }

    private static boolean is(double one, double other) {
        return Math.abs(one - other) <= CLOSE * Math.max(1, Math.abs(other));
    }

    /** Reads one row. */
    @FunctionalInterface
    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private static void ask(Connection connection, String sql, Row reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException, Fault {
        long[] found = {0};
        ask(connection, sql, row -> found[0] = row.getLong(1));
        return found[0];
    }
}
