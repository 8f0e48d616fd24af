package vigie.recorder;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.RecorderState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The names and attributes known so far, and with them the way from rows to facts. Rows come in as
 * whole groups after their commit, so what was rolled back never gets here. Not for several
 * threads.
 */
public final class RecorderCatalog {
    /** Rows of attributes kept; a house has some thousands in use. */
    private static final int ATTRIBUTES_KEPT = 20_000;

    private static final int LONGEST_NAME = 255;

    private final Map<Long, Attributes> attributes =
            new LinkedHashMap<>(1024, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Attributes> eldest) {
                    return size() > ATTRIBUTES_KEPT;
                }
            };

    private final Map<PointKey, PointId> names = new HashMap<>();
    private final Map<PointKey, Owed> owed = new HashMap<>();
    private final RecorderLife life = new RecorderLife();
    private final MissLoader misses;

    /** An empty catalog that fetches what is missing from {@code misses}. */
    public RecorderCatalog(MissLoader misses) {
        this.misses = misses;
    }

    /** Forgets everything, before a snapshot. */
    public void clear() {
        attributes.clear();
        names.clear();
        owed.clear();
        life.clear();
    }

    /**
     * The stream goes on before what the tables told: of what changes, only this is known there.
     *
     * @param known names, and what the recorder said of itself
     */
    public void goBack(List<Fact> known) {
        names.clear();
        owed.clear();
        life.clear();
        for (Fact fact : known) {
            switch (fact) {
                case Fact.Named(PointKey key, PointId id) -> names.put(key, id);
                case Fact.Forgotten(PointKey key) -> names.remove(key);
                case Fact.RecorderSaid(RecorderState said) -> life.said(said);
                case Fact.Observed _, Fact.Amended _ -> {
                    // No reading is needed to understand the next.
                }
            }
        }
    }

    /** How many names it knows. */
    public int size() {
        return names.size();
    }

    /** Takes note of a name. */
    void learnName(PointKey key, PointId id) {
        names.put(key, id);
    }

    /** Takes note of the newest run; returns what that says of the recorder. */
    RecorderState learnRun(RecorderRow.RunWritten newest) {
        life.run(newest);
        return life.state();
    }

    /** Takes note of a row of attributes. */
    void learnAttributes(long id, Attributes known) {
        attributes.put(id, known);
    }

    /**
     * The facts that the rows of a committed group state, in their order; what the recorder says of
     * itself comes last, where it changed.
     *
     * @param told by the log
     * @param committed the second in which the database committed them
     * @param position the GTID of their group
     * @param source the way they came
     */
    public List<Fact> facts(
            List<RecorderRow> told, Instant committed, Optional<String> position, Source source) {
        List<RecorderRow> rows = completed(told);
        fetchMisses(rows);
        List<Fact> facts = new ArrayList<>(rows.size());
        Optional<Instant> second = Optional.of(committed);
        RecorderState before = life.state();
        for (RecorderRow row : rows) {
            switch (row) {
                case RecorderRow.StateInserted state -> {
                    life.works();
                    facts.add(
                            new Fact.Observed(reading(state, committed, second, position, source)));
                }
                case RecorderRow.StateAmended amended ->
                        amended.row()
                                .ifPresent(state ->
                                        facts.add(
                                                new Fact.Amended(
                                                        reading(
                                                                state, committed, second, position,
                                                                source),
                                                        amended.former())));
                case RecorderRow.AttributesWritten(long id, Attributes known) ->
                        attributes.put(id, known);
                case RecorderRow.NameWritten(PointKey key, Optional<String> name) -> {
                    PointId id = pointId(key, name.orElse(""));
                    if (!id.equals(names.put(key, id))) {
                        facts.add(new Fact.Named(key, id));
                    }
                }
                case RecorderRow.NameDeleted(PointKey key) -> {
                    names.remove(key);
                    facts.add(new Fact.Forgotten(key));
                }
                case RecorderRow.RunWritten run -> life.run(run);
                case RecorderRow.ColumnsChanged() -> life.columnsChanged(committed);
                case RecorderRow.SchemaChanged _ -> life.stepDone();
                case RecorderRow.StateDeleted _ -> {
                    // A purge: what was true stays true.
                }
            }
        }
        if (!life.state().equals(before)) {
            facts.add(new Fact.RecorderSaid(life.state()));
        }
        return facts;
    }

    /** Of rows that came in part the rest is asked for. */
    private List<RecorderRow> completed(List<RecorderRow> told) {
        List<Long> partly = new ArrayList<>(0);
        for (RecorderRow row : told) {
            if (isPart(row)) {
                partly.add(((RecorderRow.StateAmended) row).id());
            }
        }
        if (partly.isEmpty()) {
            return told;
        }
        Map<Long, RecorderRow.StateInserted> now = misses.states(partly);
        return told.stream()
                .map(row ->
                        row instanceof RecorderRow.StateAmended(long id, _, var former)
                                        && isPart(row)
                                ? new RecorderRow.StateAmended(
                                        id, Optional.ofNullable(now.get(id)), former)
                                : row)
                .toList();
    }

    private static boolean isPart(RecorderRow row) {
        return row instanceof RecorderRow.StateAmended(_, var whole, _) && whole.isEmpty();
    }

    private Reading reading(
            RecorderRow.StateInserted state,
            Instant committed,
            Optional<Instant> second,
            Optional<String> position,
            Source source) {
        // A row without a time was written by no recorder we know; the commit is all that is known.
        Instant time = state.time().orElse(committed);
        Reading reading =
                Reading.ofRow(
                        state.id(),
                        state.key(),
                        nameOf(state.key()),
                        state.text(),
                        attributes(state.attributesId()),
                        time,
                        state.changed().orElse(time),
                        second,
                        position,
                        source);
        if (state.attributesId().isPresent()
                && attributes.get(state.attributesId().getAsLong()) == null) {
            owed.put(state.key(), new Owed(reading, state.attributesId().getAsLong()));
        } else if (!owed.isEmpty()) {
            owed.remove(state.key());
        }
        return reading;
    }

    /**
     * Asks once more for attributes that did not come in time: a value is shown at once, its unit
     * when it can be had.
     *
     * @return the readings that were told without, with what was found; usually none
     */
    public List<Fact> settle() {
        if (owed.isEmpty()) {
            return List.of();
        }
        Set<Long> ids = new LinkedHashSet<>();
        owed.values().forEach(one -> ids.add(one.attributesId()));
        fetchAttributes(ids);
        List<Fact> late = new ArrayList<>();
        owed.values()
                .removeIf(one -> {
                    Attributes found = attributes.get(one.attributesId());
                    if (found != null && found.known()) {
                        late.add(new Fact.Amended(one.with(found)));
                    }
                    return found != null;
                });
        return late;
    }

    /** The newest reading of a point, told without its attributes. */
    private record Owed(Reading reading, long attributesId) {
        Reading with(Attributes found) {
            return Reading.ofRow(
                    reading.id(),
                    reading.key(),
                    reading.point(),
                    reading.text(),
                    found,
                    reading.time(),
                    reading.changed(),
                    reading.committed(),
                    reading.position(),
                    reading.source());
        }
    }

    private void fetchAttributes(Set<Long> ids) {
        MissLoader.Found found = misses.attributes(ids);
        found.texts().forEach((id, json) -> attributes.put(id, AttributesText.read(json)));
        if (found.complete()) {
            // Asked and not there: not asked again.
            ids.forEach(id -> attributes.putIfAbsent(id, Attributes.MISSING));
        }
    }

    /** The attributes in a row of {@code state_attributes}, as far as they are known. */
    Attributes attributes(OptionalLong id) {
        return id.isEmpty()
                ? Attributes.MISSING
                : attributes.getOrDefault(id.getAsLong(), Attributes.MISSING);
    }

    /** The name of a point; one that never got a name is called after its row. */
    PointId nameOf(PointKey key) {
        PointId known = names.get(key);
        return known == null ? pointId(key, "") : known;
    }

    /** The name as a point's, or the name of its row where there is none that could be one. */
    static PointId pointId(PointKey key, String name) {
        return name.isBlank() || name.length() > LONGEST_NAME
                ? new PointId("states_meta." + key.value())
                : new PointId(name);
    }

    /** Asks once, for all that the group refers to and neither it nor the past has brought. */
    private void fetchMisses(List<RecorderRow> rows) {
        Misses missing = new Misses();
        for (RecorderRow row : rows) {
            switch (row) {
                case RecorderRow.AttributesWritten(long id, Attributes _) ->
                        missing.writtenAttributes.add(id);
                case RecorderRow.NameWritten(PointKey key, Optional<String> _) ->
                        missing.writtenNames.add(key);
                case RecorderRow.StateInserted state -> missing.note(state);
                case RecorderRow.StateAmended amended -> amended.row().ifPresent(missing::note);
                case RecorderRow.StateDeleted _,
                        RecorderRow.NameDeleted _,
                        RecorderRow.RunWritten _,
                        RecorderRow.ColumnsChanged _,
                        RecorderRow.SchemaChanged _ -> {
                    // Nothing is missing for these.
                }
            }
        }
        missing.fetch();
    }

    /** What one group refers to and does not bring. */
    private final class Misses {
        private final Set<Long> writtenAttributes = new HashSet<>();
        private final Set<PointKey> writtenNames = new HashSet<>();
        private final Set<Long> attributeIds = new LinkedHashSet<>();
        private final Set<Long> nameIds = new LinkedHashSet<>();

        void note(RecorderRow.StateInserted state) {
            if (state.attributesId().isPresent()) {
                Long id = state.attributesId().getAsLong();
                if (!writtenAttributes.contains(id) && attributes.get(id) == null) {
                    attributeIds.add(id);
                }
            }
            if (!writtenNames.contains(state.key()) && !names.containsKey(state.key())) {
                nameIds.add(state.key().value());
            }
        }

        void fetch() {
            if (!attributeIds.isEmpty()) {
                fetchAttributes(attributeIds);
            }
            if (!nameIds.isEmpty()) {
                MissLoader.Found found = misses.names(nameIds);
                found.texts()
                        .forEach((id, name) -> {
                            PointKey key = new PointKey(id);
                            names.put(key, pointId(key, name));
                        });
                if (found.complete()) {
                    nameIds.forEach(id -> {
                        PointKey key = new PointKey(id);
                        names.putIfAbsent(key, pointId(key, ""));
                    });
                }
            }
        }
    }
}
