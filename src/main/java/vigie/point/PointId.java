package vigie.point;

import java.util.Objects;

/**
 * The name by which people know a point: Home Assistant's {@code entity_id}, for example {@code
 * sensor.rack_a1_inlet_top}. A rename gives the point another name and leaves its {@link PointKey}.
 *
 * @param name 1 to 255 characters, not blank
 */
public record PointId(String name) implements Comparable<PointId> {
    private static final int LONGEST = 255;

    public PointId {
        Objects.requireNonNull(name, "name");
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException("a point's name has 1 to 255 characters");
        }
    }

    /** The part before the first dot ({@code sensor}), or the whole name where there is none. */
    public String domain() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    @Override
    public int compareTo(PointId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
