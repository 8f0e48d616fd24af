package vigie.history.series;

/** What a point's history is made of. */
public enum Kind {
    /** Numbers that hold until the next: buckets with an arithmetic mean. */
    NUMBER,
    /**
     * A meter ({@code state_class} {@code total} or {@code total_increasing}): buckets that also
     * tell by how much it grew.
     */
    METER,
    /**
     * An angle in degrees ({@code state_class} {@code measurement_angle}): its mean is circular,
     * and least and greatest say nothing.
     */
    ANGLE,
    /** Texts and on/off: spans. */
    TEXT
}
