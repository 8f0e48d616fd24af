package vigie.console.replay;

/** Which time a window shows. */
public enum Mode {
    /** The present. */
    LIVE,
    /** The past of the database whose present is followed beside it. */
    REPLAY,
    /** The past of an incident file; there is no present. */
    INCIDENT,
    /** An incident file that plays as if it were live: no controls but its end. */
    DRILL;

    /** Whether it is a past that is played by hand. */
    public boolean isPlayed() {
        return this == REPLAY || this == INCIDENT;
    }
}
