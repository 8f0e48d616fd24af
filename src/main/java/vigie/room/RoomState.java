package vigie.room;

import org.jspecify.annotations.Nullable;

import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of the room after a group: every point with the reading that counts. Immutable, so any
 * thread may read it; {@link #after} shares all it can with the state before.
 *
 * <p>It holds only what the database says. Two consoles that have folded the same groups have equal
 * states, and so has a replay.
 *
 * <p>Order: within a group the reading with the newest source time counts (then the highest {@code
 * state_id}), because a recorder does not write the rows of one commit in the order of time;
 * between groups the later group counts, so that a clock that is set back does not freeze the
 * picture.
 */
public final class RoomState {
    /** The room before the first group. */
    public static final RoomState EMPTY =
            new RoomState(
                    new PointState[0][],
                    Map.of(),
                    Map.of(),
                    RecorderState.UNKNOWN,
                    "",
                    Optional.empty());

    /** Points per block; a group copies only the blocks in which a point changed. */
    private static final int BLOCK = 64;

    private final @Nullable PointState[][] blocks;
    private final Map<PointKey, Integer> slots;
    private final Map<PointId, PointKey> names;
    private final RecorderState recorder;
    private final String position;
    private final Optional<Instant> committed;

    private RoomState(
            @Nullable PointState[][] blocks,
            Map<PointKey, Integer> slots,
            Map<PointId, PointKey> names,
            RecorderState recorder,
            String position,
            Optional<Instant> committed) {
        this.blocks = blocks;
        this.slots = slots;
        this.names = names;
        this.recorder = recorder;
        this.position = position;
        this.committed = committed;
    }

    /** The state after one more group. */
    public RoomState after(Group group) {
        return after(List.of(group));
    }

    /**
     * The state after several groups, one after the other: equal to folding each alone, and much
     * cheaper where many come at once.
     */
    public RoomState after(List<Group> groups) {
        if (groups.isEmpty()) {
            return this;
        }
        Fold fold = new Fold(this);
        Optional<Instant> last = committed;
        for (Group group : groups) {
            fold.begin();
            for (Fact fact : group.facts()) {
                switch (fact) {
                    case Fact.Observed(Reading reading) -> fold.observe(reading);
                    case Fact.Amended(Reading reading, _) -> fold.amend(reading);
                    case Fact.Named(PointKey key, PointId id) -> fold.name(key, id);
                    case Fact.Forgotten(PointKey key) -> fold.forget(key);
                    case Fact.RecorderSaid(RecorderState said) -> fold.recorder = said;
                }
            }
            if (group.committed().isPresent()) {
                last = group.committed();
            }
        }
        return new RoomState(
                fold.blocks,
                fold.slots,
                fold.names,
                fold.recorder,
                groups.getLast().position(),
                last);
    }

    /** The point that has this name now. */
    public Optional<PointState> point(PointId id) {
        PointKey key = names.get(id);
        return key == null ? Optional.empty() : point(key);
    }

    /** The point with this identity. */
    public Optional<PointState> point(PointKey key) {
        Integer slot = slots.get(key);
        return slot == null
                ? Optional.empty()
                : Optional.ofNullable(blocks[slot / BLOCK][slot % BLOCK]);
    }

    /** All points, in no particular order. */
    public Collection<PointState> points() {
        List<PointState> all = new ArrayList<>(slots.size());
        for (@Nullable PointState[] block : blocks) {
            for (PointState state : block) {
                if (state != null) {
                    all.add(state);
                }
            }
        }
        return all;
    }

    /**
     * Whether both states have the same points with the same names, as far as it can be told at
     * once: true is certain, false only means that it is worth looking.
     */
    @SuppressWarnings("ReferenceEquality") // maps are copied when they change, and only then
    public boolean hasSameNamesAs(RoomState other) {
        return names == other.names && slots == other.slots;
    }

    /** What the recorder said of itself last. */
    public RecorderState recorder() {
        return recorder;
    }

    /** How many points there are. */
    public int size() {
        return slots.size();
    }

    /** Where the stream stands after the last group; empty before the first. */
    public String position() {
        return position;
    }

    /** When the database committed the last group that told it; empty before. */
    public Optional<Instant> committed() {
        return committed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoomState that
                && position.equals(that.position)
                && committed.equals(that.committed)
                && recorder.equals(that.recorder)
                && names.equals(that.names)
                && byKey().equals(that.byKey());
    }

    @Override
    public int hashCode() {
        return Objects.hash(position, names);
    }

    @Override
    public String toString() {
        return "RoomState[" + size() + " points at " + position + "]";
    }

    private Map<PointKey, PointState> byKey() {
        Map<PointKey, PointState> map = new HashMap<>();
        points().forEach(state -> map.put(state.key(), state));
        return map;
    }

    /** The fold under way: copies a block, or the maps, at its first change. */
    private static final class Fold {
        private @Nullable PointState[][] blocks;
        private boolean[] copied;
        private Map<PointKey, Integer> slots;
        private Map<PointId, PointKey> names;
        private RecorderState recorder;
        private boolean mapsCopied;

        /** The slots that have a point; null until somebody asks for a free one. */
        private @Nullable BitSet taken;

        /** What this group has already said of a point, to compare times within the group only. */
        private final Map<PointKey, Reading> observed = new HashMap<>();

        Fold(RoomState before) {
            blocks = before.blocks;
            copied = new boolean[before.blocks.length];
            slots = before.slots;
            names = before.names;
            recorder = before.recorder;
        }

        /** Another group begins. */
        void begin() {
            observed.clear();
        }

        void observe(Reading reading) {
            Reading earlier = observed.get(reading.key());
            if (earlier != null && !isNewer(reading, earlier)) {
                return;
            }
            observed.put(reading.key(), reading);
            int slot = slotOf(reading.key());
            PointState before = blocks[slot / BLOCK][slot % BLOCK];
            PointId id = before == null ? reading.point() : before.id();
            if (before == null) {
                giveName(reading.key(), id);
            }
            put(slot, new PointState(reading.key(), id, Optional.of(reading)));
        }

        void amend(Reading reading) {
            Integer slot = slots.get(reading.key());
            PointState before = slot == null ? null : blocks[slot / BLOCK][slot % BLOCK];
            if (slot == null
                    || before == null
                    || before.newest()
                            .filter(newest -> newest.id().isPresent())
                            .filter(newest -> newest.id().equals(reading.id()))
                            .isEmpty()) {
                return;
            }
            observed.replace(reading.key(), reading);
            put(slot, new PointState(reading.key(), before.id(), Optional.of(reading)));
        }

        void name(PointKey key, PointId id) {
            int slot = slotOf(key);
            PointState before = blocks[slot / BLOCK][slot % BLOCK];
            if (before != null) {
                if (before.id().equals(id)) {
                    if (!key.equals(names.get(id))) {
                        // Another point had the name meanwhile; now it is said to be this one's.
                        giveName(key, id);
                    }
                    return;
                }
                copyMaps();
                names.remove(before.id(), key);
            }
            giveName(key, id);
            put(slot, new PointState(key, id, before == null ? Optional.empty() : before.newest()));
        }

        void forget(PointKey key) {
            Integer slot = slots.get(key);
            observed.remove(key);
            if (slot == null) {
                return;
            }
            PointState before = blocks[slot / BLOCK][slot % BLOCK];
            copyMaps();
            slots.remove(key);
            if (taken != null) {
                taken.clear(slot);
            }
            if (before != null) {
                names.remove(before.id(), key);
            }
            put(slot, null);
        }

        private static boolean isNewer(Reading reading, Reading than) {
            int byTime = reading.time().compareTo(than.time());
            return byTime != 0
                    ? byTime > 0
                    : reading.id().orElse(Long.MIN_VALUE) >= than.id().orElse(Long.MIN_VALUE);
        }

        private void giveName(PointKey key, PointId id) {
            copyMaps();
            names.put(id, key);
        }

        private int slotOf(PointKey key) {
            Integer known = slots.get(key);
            if (known != null) {
                return known;
            }
            copyMaps();
            int slot = freeSlot();
            slots.put(key, slot);
            return slot;
        }

        /**
         * Slots of forgotten points are used again, else purges would let the state grow for ever.
         */
        private int freeSlot() {
            BitSet known = taken;
            if (known == null) {
                known = new BitSet(blocks.length * BLOCK);
                for (int slot : slots.values()) {
                    known.set(slot);
                }
                taken = known;
            }
            int free = known.nextClearBit(0);
            known.set(free);
            if (free < blocks.length * BLOCK) {
                return free;
            }
            int block = blocks.length;
            blocks = Arrays.copyOf(blocks, block + 1);
            copied = Arrays.copyOf(copied, block + 1);
            blocks[block] = new PointState[BLOCK];
            copied[block] = true;
            return block * BLOCK;
        }

        private void put(int slot, @Nullable PointState state) {
            int block = slot / BLOCK;
            if (!copied[block]) {
                blocks = blocks.clone();
                blocks[block] = blocks[block].clone();
                copied[block] = true;
            }
            blocks[block][slot % BLOCK] = state;
        }

        private void copyMaps() {
            if (!mapsCopied) {
                slots = new HashMap<>(slots);
                names = new HashMap<>(names);
                mapsCopied = true;
            }
        }
    }
}
