package vigie.plan;

/** What a bound point tells of its sensor, with the unit in which limits and displays speak. */
public enum Quantity {
    TEMPERATURE("temperature", "°C"),
    HUMIDITY("humidity", "%"),
    LOAD("load", "%"),
    CHARGE("charge", "%"),
    RUNTIME("runtime", "min"),
    POWER("power", "W"),
    VOLTAGE("voltage", "V"),
    CURRENT("current", "A"),
    FREQUENCY("frequency", "Hz"),
    FAN_SPEED("fan-speed", "%"),
    /** Bound where a sensor states it; elsewhere it follows from temperature and humidity. */
    DEW_POINT("dew-point", "°C"),
    /** On or off: a machine runs. */
    RUNNING("running", ""),
    /** On or off: the mains is lost and the battery carries the load. */
    ON_BATTERY("on-battery", ""),
    /** On or off: somebody is there. */
    MOTION("motion", ""),
    /** On or off: open. */
    OPEN("open", ""),
    /** On or off: water. */
    LEAK("leak", ""),
    /** Any text. */
    STATUS("status", "");

    private final String word;
    private final String unit;

    Quantity(String word, String unit) {
        this.word = word;
        this.unit = unit;
    }

    /** The word in plan files. */
    public String word() {
        return word;
    }

    /** The unit in which it is shown and limited; empty for on/off and text. */
    public String unit() {
        return unit;
    }

    public boolean isNumber() {
        return !unit.isEmpty();
    }

    /** Whether its texts are {@code on} and {@code off}. */
    public boolean isSwitch() {
        return !isNumber() && this != STATUS;
    }
}
