package vigie.history.series;

/** What a point's history is made of. */
public enum Kind {
    /** Numbers that hold until the next: buckets with an arithmetic mean. */
    NUMBER,
    /**
     * A meter that only grows ({@code state_class} {@code total_increasing}): buckets that also
     * tell by how much it grew, a fall being a reset.
     */
    METER,
    /**
     * A meter that also runs backwards ({@code state_class} {@code total}): as {@link #METER}, but
     * a fall is one. Home Assistant knows of its resets by the attribute {@code last_reset}, which
     * is not kept here: where only its readings are left, a reset counts as a fall.
     */
    NET,
    /**
     * An angle in degrees ({@code state_class} {@code measurement_angle}): its mean is circular,
     * and least and greatest say nothing.
     */
    ANGLE,
    /** Texts and on/off: spans. */
    TEXT;

    /** Whether it tells by how much it grew. */
    public boolean isMeter() {
        return this == METER || this == NET;
    }
}
