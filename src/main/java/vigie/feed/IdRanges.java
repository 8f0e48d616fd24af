package vigie.feed;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of ids that were given in nearly ascending order: kept as ranges, so that its size is that
 * of its holes. Holes far below the highest id are closed, for no transaction under way can fill
 * them any more. One thread.
 */
final class IdRanges {
    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

    /** How far below the highest id a hole may still be filled. */
    private final long reach;

    /** The range that was extended last; extending it again needs no search. */
    private long first;

    private long last = Long.MIN_VALUE;

    /** Every id up to here is in the set. */
    private long floor;

    /**
     * A set of all ids up to one.
     *
     * @param floor the highest of them
     * @param reach holes deeper than this below the highest id are closed
     */
    IdRanges(long floor, long reach) {
        this.floor = floor;
        this.reach = reach;
    }

    void add(long id) {
        if (last != Long.MIN_VALUE && id == last + 1) {
            last = id;
            return;
        }
        if (contains(id)) {
            return;
        }
        park();
        Map.Entry<Long, Long> below = lastByFirst.floorEntry(id);
        boolean joinsBelow = below != null && below.getValue() == id - 1;
        first = joinsBelow ? below.getKey() : id;
        if (joinsBelow) {
            lastByFirst.remove(below.getKey());
        }
        Long above = lastByFirst.remove(id + 1);
        last = above == null ? id : above;
        closeOldHoles();
    }

    boolean contains(long id) {
        if (id <= floor || (last != Long.MIN_VALUE && id >= first && id <= last)) {
            return true;
        }
        Map.Entry<Long, Long> below = lastByFirst.floorEntry(id);
        return below != null && below.getValue() >= id;
    }

    /** Takes an id out again. */
    void remove(long id) {
        if (!contains(id)) {
            return;
        }
        park();
        if (id <= floor) {
            if (id < floor) {
                lastByFirst.put(id + 1, floor);
            }
            floor = id - 1;
            return;
        }
        Map.Entry<Long, Long> range = lastByFirst.floorEntry(id);
        long from = range.getKey();
        long to = range.getValue();
        lastByFirst.remove(from);
        if (from < id) {
            lastByFirst.put(from, id - 1);
        }
        if (to > id) {
            lastByFirst.put(id + 1, to);
        }
    }

    /** The highest id up to which no id is missing. */
    long floor() {
        park();
        absorb();
        return floor;
    }

    /** The highest id in the set. */
    long highest() {
        long parked = lastByFirst.isEmpty() ? floor : lastByFirst.lastEntry().getValue();
        return Math.max(parked, last);
    }

    private void park() {
        if (last != Long.MIN_VALUE) {
            lastByFirst.put(first, last);
            last = Long.MIN_VALUE;
        }
    }

    private void closeOldHoles() {
        if (lastByFirst.isEmpty()) {
            return;
        }
        long closed = highest() - reach;
        if (closed > floor) {
            // What lies below counts as seen, whether it ever came or not.
            floor = closed;
            absorb();
        }
    }

    private void absorb() {
        for (Map.Entry<Long, Long> lowest = lastByFirst.firstEntry();
                lowest != null && lowest.getKey() <= floor + 1;
                lowest = lastByFirst.firstEntry()) {
            floor = Math.max(floor, lowest.getValue());
            lastByFirst.pollFirstEntry();
        }
    }
}
