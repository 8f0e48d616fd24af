package vigie.room;

import org.jspecify.annotations.Nullable;

import vigie.point.PointId;
import vigie.point.PointKey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which point each name in a plan means. A name is learned once, from the point that has exactly
 * that name, and then means that point's key: through renames, and also when another point takes
 * the name later. What is not certain stays unbound:
 *
 * <ul>
 *   <li>a key that ended is learned anew, by exact name only;
 *   <li>a point that one name has followed is not given to another name as well, except to a name
 *       that is new in the plan: then the plan names the point itself, and the older name is
 *       learned anew.
 * </ul>
 *
 * <p>Immutable. Keys belong to one database: whoever keeps {@link #known()} between two runs keeps
 * it per database.
 */
public final class Bindings {
    /** Nothing learned yet. */
    public static final Bindings NONE = new Bindings(Map.of());

    private final Map<PointId, Optional<PointKey>> known;

    private Bindings(Map<PointId, Optional<PointKey>> known) {
        this.known = known;
    }

    /** What was learned in an earlier run: the {@link #known()} of then, for the same database. */
    public static Bindings of(Map<PointId, Optional<PointKey>> known) {
        return new Bindings(Map.copyOf(known));
    }

    /** Every name asked for so far, with the key it means; empty where no such point was seen. */
    public Map<PointId, Optional<PointKey>> known() {
        return known;
    }

    /** The key that a name means; empty where no such point was seen. */
    public Optional<PointKey> key(PointId name) {
        return known.getOrDefault(name, Optional.empty());
    }

    /**
     * What is known after a state of the room was seen.
     *
     * @param state nothing is learned or ended by a state that is still empty, before its snapshot
     * @param names the names of the plan; what was known of others is forgotten, for a name that
     *     comes back to a plan later means what it then says
     * @return this object where nothing changed
     */
    public Bindings after(RoomState state, Collection<PointId> names) {
        if (state.size() == 0 && state.position().isEmpty()) {
            return this;
        }
        Map<PointId, Optional<PointKey>> next = HashMap.newHashMap(names.size());
        Map<PointKey, PointId> holders = HashMap.newHashMap(names.size());
        List<PointId> free = new ArrayList<>();
        for (PointId name : names) {
            if (next.containsKey(name)) {
                continue;
            }
            Optional<PointKey> living = key(name).filter(key -> state.point(key).isPresent());
            next.put(name, living);
            living.ifPresentOrElse(key -> holders.put(key, name), () -> free.add(name));
        }
        // New names first: they take what older ones then have to do without.
        free.sort(
                (one, other) -> Boolean.compare(known.containsKey(one), known.containsKey(other)));
        for (int i = 0; i < free.size(); i++) {
            PointId name = free.get(i);
            Optional<PointKey> exact = state.point(name).map(PointState::key);
            if (exact.isEmpty()) {
                continue;
            }
            PointId holder = holders.get(exact.get());
            if (holder != null && known.containsKey(name)) {
                continue;
            }
            if (holder != null) {
                next.put(holder, Optional.empty());
                free.add(holder);
            }
            holders.put(exact.get(), name);
            next.put(name, exact);
        }
        return next.equals(known) ? this : new Bindings(Map.copyOf(next));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bindings that && known.equals(that.known);
    }

    @Override
    public int hashCode() {
        return known.hashCode();
    }

    @Override
    public String toString() {
        return "Bindings" + known;
    }
}
