package vigie.console;

/**
 * How far a start of the console has come. Each is one line of the log, whose time tells how long a
 * start takes on this machine.
 */
public enum Milestone {
    /** The window is painted for the first time, with whatever is known by then. */
    WINDOW("the first window is painted"),
    /** A frame of a feed at the present is painted for the first time. */
    LIVE("the first live frame is painted");

    private final String text;

    Milestone(String text) {
        this.text = text;
    }

    /** The message in the log. */
    public String text() {
        return text;
    }
}
