package vigie.point;

/**
 * The identity of a point within one database, kept when it is renamed: {@code
 * states_meta.metadata_id}. Home Assistant never gives a key to another entity; a purge that
 * removes all states of an entity ends its key.
 */
public record PointKey(long value) implements Comparable<PointKey> {
    @Override
    public int compareTo(PointKey other) {
        return Long.compare(value, other.value);
    }
}
