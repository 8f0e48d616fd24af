package vigie.point;

/** By which way a reading came to us. */
public enum Source {
    /** From the stream of changes. */
    BINLOG("binlog"),
    /** From the state the tables had when the stream began. */
    SNAPSHOT("snapshot"),
    /** Read from {@code states} after a resync. */
    TABLE("table"),
    /** Read from {@code states} once a second, where there is no binlog. */
    POLL("poll"),
    /** From the archive or the statistics. */
    HISTORY("history");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /** The word used in JSON; never translated. */
    public String word() {
        return word;
    }
}
