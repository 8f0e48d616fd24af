package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes changes of states as Home Assistant's recorder does, one transaction for all that came
 * since the last. What a reader of the binlog sees of it, in this order, as real recorders wrote
 * it:
 *
 * <ol>
 *   <li>one UPDATE per row written earlier that now has a successor: its {@code last_reported_ts};
 *   <li>the new rows that refer to nothing new, in one INSERT: none of an entity's later rows of
 *       the same commit is among them;
 *   <li>new names and new attributes;
 *   <li>the other rows, in one INSERT per generation: a row after its predecessor. So the rows of a
 *       commit are not in the order of time.
 * </ol>
 *
 * After a failed commit its rows are lost and no successor refers to an earlier row, as with Home
 * Assistant. Not thread-safe: one thread, one connection it alone uses.
 */
final class RecorderWriter {
    private static final int CACHED_ATTRIBUTES = 2_048;

    /** A row to be written, and what must be there before it. */
    private static final class Row {
        final StateChange change;
        final byte[] context;
        @Nullable Row previous;
        @Nullable Long oldStateId;
        @Nullable Double lastReported;
        long stateId;

        Row(StateChange change, byte[] context) {
            this.change = change;
            this.context = context;
        }
    }

    /** What an orderly stop writes into the last transaction. */
    interface Extra {
        void write(Connection connection) throws SQLException;

        /** Nothing. */
        Extra NONE = _ -> {};
    }

    /**
     * A transaction that went through.
     *
     * @param beforeCommit {@link System#nanoTime()} just before COMMIT was sent
     * @param stateIds the ids of its rows, in the order they were handed in
     */
    record Group(long beforeCommit, List<Long> stateIds) {}

    private final Connection connection;
    private final SplittableRandom random;
    private final Map<String, Long> names = new HashMap<>();
    private final Map<String, Long> attributes =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > CACHED_ATTRIBUTES;
                }
            };
    private final Map<String, Long> eventTypes = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final List<Row> pending = new ArrayList<>();
    private final Map<String, Row> pendingNewest = new HashMap<>();
    private final List<StateEvent> events = new ArrayList<>();

    private record StateEvent(String type, double time) {}

    private final MultiInsert insertStates;
    private final MultiInsert insertNames;
    private final MultiInsert insertAttributes;
    private final MultiInsert insertEventTypes;
    private final MultiInsert insertEvents;

    /** A writer on a connection with autocommit off; {@code random} makes its context ids. */
    RecorderWriter(Connection connection, SplittableRandom random) {
        this.connection = connection;
        this.random = random;
        this.insertStates =
                new MultiInsert(
                        connection,
                        "states",
                        "entity_id",
                        "state",
                        "attributes",
                        "event_id",
                        "last_changed",
                        "last_changed_ts",
                        "last_reported_ts",
                        "last_updated",
                        "last_updated_ts",
                        "old_state_id",
                        "attributes_id",
                        "context_id",
                        "context_user_id",
                        "context_parent_id",
                        "origin_idx",
                        "context_id_bin",
                        "context_user_id_bin",
                        "context_parent_id_bin",
                        "metadata_id");
        this.insertNames = new MultiInsert(connection, "states_meta", "entity_id");
        this.insertAttributes =
                new MultiInsert(connection, "state_attributes", "hash", "shared_attrs");
        this.insertEventTypes = new MultiInsert(connection, "event_types", "event_type");
        this.insertEvents =
                new MultiInsert(
                        connection,
                        "events",
                        "origin_idx",
                        "time_fired_ts",
                        "context_id_bin",
                        "event_type_id");
    }

    /** Takes over the newest rows that a filling wrote: entity id → state id. */
    void adopt(Map<String, Long> newestRows) {
        newest.putAll(newestRows);
    }

    /** A change, to be written with the next commit. */
    void add(StateChange change) {
        Row row = new Row(change, Ulid.of(change.updated(), random));
        @Nullable Double reported = change.previousReported();
        @Nullable Row before = pendingNewest.remove(change.entityId());
        if (before != null) {
            row.previous = before;
            before.lastReported = reported;
        } else if (reported != null) {
            row.oldStateId = newest.get(change.entityId());
        }
        pending.add(row);
        if (change.state() != null) {
            pendingNewest.put(change.entityId(), row);
        }
    }

    /** An event of Home Assistant itself, such as {@code homeassistant_stop}. */
    void addEvent(String type, double time) {
        events.add(new StateEvent(type, time));
    }

    /** True where there is nothing to commit. */
    boolean idle() {
        return pending.isEmpty() && events.isEmpty();
    }

    /**
     * Writes all that was added, and {@code extra}, in one transaction.
     *
     * @throws SQLException the rows are lost
     */
    Group commit(Extra extra) throws SQLException {
        try {
            Map<String, Long> knownNames = new HashMap<>();
            Map<String, Long> knownAttributes = new HashMap<>();
            List<String> newNames = new ArrayList<>();
            List<String> newAttributes = new ArrayList<>();
            for (Row row : pending) {
                resolve(row.change.entityId(), names, knownNames, newNames, this::findName);
                resolve(
                        row.change.attributes(),
                        attributes,
                        knownAttributes,
                        newAttributes,
                        this::findAttributes);
            }
            List<List<Row>> generations = generations(knownNames, knownAttributes);
            updatePredecessors();
            insert(generations.getFirst(), knownNames, knownAttributes);
            insertNew(newNames, insertNames, "metadata_id", knownNames, n -> new Object[] {n});
            insertNew(
                    newAttributes,
                    insertAttributes,
                    "attributes_id",
                    knownAttributes,
                    json -> new Object[] {Fnv.hash(json), json});
            Map<String, Long> knownEventTypes = insertEvents();
            for (List<Row> generation : generations.subList(1, generations.size())) {
                insert(generation, knownNames, knownAttributes);
            }
            extra.write(connection);
            long beforeCommit = System.nanoTime();
            connection.commit();
            names.putAll(knownNames);
            attributes.putAll(knownAttributes);
            eventTypes.putAll(knownEventTypes);
            return settle(beforeCommit);
        } catch (SQLException failed) {
            forgetAll();
            throw failed;
        } finally {
            pending.clear();
            pendingNewest.clear();
            events.clear();
        }
    }

    private Group settle(long beforeCommit) {
        List<Long> ids = new ArrayList<>(pending.size());
        for (Row row : pending) {
            ids.add(row.stateId);
            if (row.change.state() == null) {
                newest.remove(row.change.entityId());
            } else {
                newest.put(row.change.entityId(), row.stateId);
            }
        }
        return new Group(beforeCommit, ids);
    }

    private void forgetAll() {
        newest.clear();
        names.clear();
        attributes.clear();
        eventTypes.clear();
    }

    private interface Finder {
        @Nullable Long find(String text) throws SQLException;
    }

    private static void resolve(
            String text,
            Map<String, Long> cache,
            Map<String, Long> known,
            List<String> unknown,
            Finder finder)
            throws SQLException {
        if (known.containsKey(text) || unknown.contains(text)) {
            return;
        }
        @Nullable Long id = cache.get(text);
        if (id == null) {
            id = finder.find(text);
        }
        if (id == null) {
            unknown.add(text);
        } else {
            known.put(text, id);
        }
    }

    private @Nullable Long findName(String entityId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT metadata_id FROM states_meta WHERE entity_id = ?")) {
            statement.setString(1, entityId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }

    private @Nullable Long findAttributes(String json) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT attributes_id FROM state_attributes"
                                + " WHERE hash = ? AND shared_attrs = ?")) {
            statement.setLong(1, Fnv.hash(json));
            statement.setString(2, json);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }

    /** The first generation refers to nothing new; each other needs the one before it. */
    private List<List<Row>> generations(
            Map<String, Long> knownNames, Map<String, Long> knownAttributes) {
        Map<Row, Integer> depths = new HashMap<>();
        List<List<Row>> generations = new ArrayList<>();
        generations.add(new ArrayList<>());
        for (Row row : pending) {
            boolean known =
                    knownNames.containsKey(row.change.entityId())
                            && knownAttributes.containsKey(row.change.attributes());
            int depth = known ? 0 : 1;
            if (row.previous != null) {
                depth = Math.max(depth, depths.getOrDefault(row.previous, 0) + 1);
            }
            depths.put(row, depth);
            while (generations.size() <= depth) {
                generations.add(new ArrayList<>());
            }
            generations.get(depth).add(row);
        }
        return generations;
    }

    private void updatePredecessors() throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE states SET last_reported_ts = ? WHERE state_id = ?")) {
            int count = 0;
            for (Row row : pending) {
                @Nullable Double reported = row.change.previousReported();
                if (row.oldStateId != null && reported != null) {
                    update.setDouble(1, reported);
                    update.setLong(2, row.oldStateId);
                    update.addBatch();
                    count++;
                }
            }
            if (count > 0) {
                update.executeBatch();
            }
        }
    }

    private void insert(
            List<Row> rows, Map<String, Long> knownNames, Map<String, Long> knownAttributes)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (Row row : rows) {
            StateChange change = row.change;
            boolean textChanged = change.changed() == change.updated();
            Long old = row.previous == null ? row.oldStateId : Long.valueOf(row.previous.stateId);
            values.add(
                    new @Nullable Object[] {
                        null,
                        change.state(),
                        null,
                        null,
                        null,
                        textChanged ? null : change.changed(),
                        row.lastReported,
                        null,
                        change.updated(),
                        old,
                        knownAttributes.get(change.attributes()),
                        null,
                        null,
                        null,
                        0,
                        row.context,
                        null,
                        null,
                        knownNames.get(change.entityId())
                    });
        }
        long[] ids = insertStates.returning("state_id", values);
        for (int i = 0; i < ids.length; i++) {
            rows.get(i).stateId = ids[i];
        }
    }

    private interface Values {
        Object[] of(String text);
    }

    private static void insertNew(
            List<String> texts,
            MultiInsert insert,
            String id,
            Map<String, Long> known,
            Values values)
            throws SQLException {
        if (texts.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(values.of(text));
        }
        long[] ids = insert.returning(id, rows);
        for (int i = 0; i < ids.length; i++) {
            known.put(texts.get(i), ids[i]);
        }
    }

    private Map<String, Long> insertEvents() throws SQLException {
        Map<String, Long> known = new HashMap<>();
        if (events.isEmpty()) {
            return known;
        }
        List<String> unknown = new ArrayList<>();
        for (StateEvent event : events) {
            resolve(event.type, eventTypes, known, unknown, this::findEventType);
        }
        insertNew(unknown, insertEventTypes, "event_type_id", known, type -> new Object[] {type});
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (StateEvent event : events) {
            rows.add(
                    new @Nullable Object[] {
                        0, event.time, Ulid.of(event.time, random), known.get(event.type)
                    });
        }
        insertEvents.write(rows);
        return known;
    }

    private @Nullable Long findEventType(String type) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT event_type_id FROM event_types WHERE event_type = ?")) {
            statement.setString(1, type);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }

    /** A purge removed these: nothing written from now on may refer to them. */
    void evict(Collection<Long> stateIds, Collection<Long> attributesIds) {
        newest.values().removeAll(stateIds);
        attributes.values().removeAll(attributesIds);
    }

    /** A purge removed the names of entities without states; they get new ids. */
    void evictNames(Collection<Long> metadataIds) {
        names.values().removeAll(metadataIds);
    }

    /** A purge removed event types without events. */
    void evictEventTypes() {
        eventTypes.clear();
    }
}
