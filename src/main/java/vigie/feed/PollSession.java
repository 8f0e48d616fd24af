package vigie.feed;

import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderSnapshot;
import vigie.recorder.TableRows;
import vigie.room.Fact;
import vigie.room.Group;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a server that writes no binlog, by asking once a second for the rows above the highest
 * id. What it cannot see, it does not: a row that another transaction commits late under a lower id
 * comes some seconds later, rows that are changed or taken away are not noticed, and what the
 * recorder says of itself and the names of points come every ten seconds. Feed's thread only.
 */
final class PollSession {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Every so many questions it looks at what changes seldom, and for rows that came late. */
    private static final int SELDOM = 10;

    /** How the session waits and ends. */
    interface Pace {
        /**
         * Waits.
         *
         * @return false where the feed is being closed
         */
        boolean next(Duration pause) throws InterruptedException;

        /** The tables were read and are at the present. */
        void live();
    }

    private final Connection connection;
    private final RecorderSchema schema;
    private final RecorderCatalog catalog;
    private final Seen seen;
    private final FeedListener listener;
    private final Map<PointKey, PointId> names = new HashMap<>();
    private Optional<Fact.RecorderSaid> recorder = Optional.empty();

    /**
     * @param connection used by nobody else
     * @param snapshot what was handed out from these tables just now
     * @param seen the rows that were handed out
     */
    PollSession(
            Connection connection,
            RecorderSchema schema,
            RecorderCatalog catalog,
            List<Fact> snapshot,
            Seen seen,
            FeedListener listener) {
        this.connection = connection;
        this.schema = schema;
        this.catalog = catalog;
        this.seen = seen;
        this.listener = listener;
        remember(snapshot);
    }

    /** Asks until the feed is closed or the connection breaks. */
    void run(Pace pace) throws SQLException, InterruptedException {
        pace.live();
        for (long question = 1; pace.next(PERIOD); question++) {
            boolean thorough = question % SELDOM == 0;
            List<Fact> facts = new ArrayList<>(thorough ? changes() : List.of());
            List<Reading> rows = rows(thorough ? seen.floor() : seen.highest());
            if (rows.stream().anyMatch(row -> !names.containsKey(row.key()))) {
                facts.addAll(changes());
                rows = rows(thorough ? seen.floor() : seen.highest());
            }
            rows.forEach(row -> facts.add(new Fact.Observed(row)));
            if (!facts.isEmpty()) {
                listener.group(new Group("", Optional.empty(), facts));
                listener.passed(new StoredPlace("", "", 0, seen.highestWith(facts)));
                seen.group(facts, new long[0]);
            }
            listener.heard();
        }
    }

    /** The rows above an id that were not handed out. */
    private List<Reading> rows(long above) throws SQLException {
        List<Reading> fresh = new ArrayList<>();
        long floor = above;
        boolean more = true;
        while (more) {
            TableRows.Stretch stretch =
                    TableRows.above(connection, schema, catalog, floor, Source.POLL);
            for (Reading reading : stretch.readings()) {
                if (reading.id().isPresent() && !seen.has(reading.id().getAsLong())) {
                    fresh.add(reading);
                }
            }
            floor = stretch.last();
            more = stretch.more();
        }
        return fresh;
    }

    /** What changed beside the rows: names, and what the recorder says of itself. */
    private List<Fact> changes() throws SQLException {
        List<Fact> now = RecorderSnapshot.read(connection, schema, catalog, "");
        List<Fact> changes = new ArrayList<>();
        Set<PointKey> there = new HashSet<>();
        for (Fact fact : now) {
            switch (fact) {
                case Fact.Named(PointKey key, PointId id) -> {
                    there.add(key);
                    if (!id.equals(names.get(key))) {
                        changes.add(fact);
                    }
                }
                case Fact.RecorderSaid said -> {
                    if (!Optional.of(said).equals(recorder)) {
                        changes.add(said);
                    }
                }
                case Fact.Observed _, Fact.Amended _, Fact.Forgotten _ -> {
                    // Rows come by their ids.
                }
            }
        }
        for (PointKey key : names.keySet()) {
            if (!there.contains(key)) {
                changes.add(new Fact.Forgotten(key));
            }
        }
        remember(now);
        return changes;
    }

    private void remember(List<Fact> snapshot) {
        names.clear();
        for (Fact fact : snapshot) {
            switch (fact) {
                case Fact.Named(PointKey key, PointId id) -> names.put(key, id);
                case Fact.RecorderSaid said -> recorder = Optional.of(said);
                case Fact.Observed _, Fact.Amended _, Fact.Forgotten _ -> {
                    // Not remembered.
                }
            }
        }
    }
}
