package vigie.plan;

/** How far a value is from normal; the later, the worse. */
public enum Deviation {
    NONE,
    /** Outside the recommended range. */
    WARNING,
    /** Outside the allowable range. */
    ALARM
}
