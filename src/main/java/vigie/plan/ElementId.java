package vigie.plan;

import java.util.Objects;

/**
 * The name of an element within a plan; unique over all kinds of elements.
 *
 * @param value 1 to 64 characters, not blank
 */
public record ElementId(String value) implements Comparable<ElementId> {
    private static final int LONGEST = 64;

    public ElementId {
        Objects.requireNonNull(value, "value");
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("an element's id has 1 to 64 characters");
        }
    }

    @Override
    public int compareTo(ElementId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
