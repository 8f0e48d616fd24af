package vigie.plan;

/** What a sensor is for; it decides which limits hold. */
public enum SensorRole {
    /** Air entering the servers: the compliance point of ASHRAE TC 9.9. */
    INLET("inlet"),
    /** Air in the hot aisle. */
    HOT_SPOT("hot-spot"),
    /** The room as a whole. */
    ROOM("room"),
    /** Air returning to a cooling unit. */
    RETURN("return"),
    /** Air leaving a cooling unit. */
    SUPPLY("supply"),
    MOTION("motion"),
    DOOR("door"),
    LEAK("leak"),
    /** The uninterruptible power supply and its batteries. */
    UPS("ups"),
    /** Electrical power drawn by an element. */
    POWER("power"),
    /** The state of a machine, for example a cooling unit's fan. */
    UNIT("unit");

    private final String word;

    SensorRole(String word) {
        this.word = word;
    }

    /** The word in plan files. */
    public String word() {
        return word;
    }
}
