package vigie.bench;

import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.simulator.LoadWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * When which rows were there. The ids of rows grow from group to group and a group is folded whole:
 * a group is there when the newest id that a state holds is not below the group's own newest. So a
 * sighting is two numbers, and looking costs what is measured next to nothing.
 */
final class Sightings {
    private final List<long[]> seen = new ArrayList<>();

    /** The newest row in a state; 0 where there is none. */
    static long newest(RoomState state) {
        long newest = 0;
        for (PointState point : state.points()) {
            if (point.newest().isPresent()) {
                newest = Math.max(newest, point.newest().get().id().orElse(0));
            }
        }
        return newest;
    }

    /** At a moment of {@link System#nanoTime()}, rows up to this one were there. Any thread. */
    synchronized void add(long nanos, long newest) {
        seen.add(new long[] {nanos, newest});
    }

    /** The moment at which any row was there first; empty before. Any thread. */
    synchronized OptionalLong first() {
        return seen.stream()
                .filter(sighting -> sighting[1] > 0)
                .mapToLong(sighting -> sighting[0])
                .findFirst();
    }

    /** Whether a group is there. Any thread. */
    synchronized boolean has(LoadWriter.Group group) {
        return !seen.isEmpty() && seen.getLast()[1] >= newest(group);
    }

    /**
     * The moment at which a group was there first.
     *
     * @throws IllegalStateException if it never was
     */
    synchronized long when(LoadWriter.Group group) {
        return seen.stream()
                .filter(sighting -> sighting[1] >= newest(group))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("never arrived: " + group.stateIds()))[
                0];
    }

    /**
     * From just before each group's COMMIT until it was there.
     *
     * @throws IllegalStateException if one never was: then there is nothing to measure
     */
    synchronized Samples after(List<LoadWriter.Group> groups) {
        List<Long> nanos = new ArrayList<>(groups.size());
        int at = 0;
        for (LoadWriter.Group group : groups) {
            while (at < seen.size() && seen.get(at)[1] < newest(group)) {
                at++;
            }
            if (at == seen.size()) {
                throw new IllegalStateException("a group never arrived: " + group.stateIds());
            }
            nanos.add(seen.get(at)[0] - group.nanosBeforeCommit());
        }
        return new Samples(nanos);
    }

    private static long newest(LoadWriter.Group group) {
        return group.stateIds().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
