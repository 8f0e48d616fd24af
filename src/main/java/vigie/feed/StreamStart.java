package vigie.feed;

/** Where a stream begins. */
sealed interface StreamStart {
    /** After these groups; never empty, for the server takes an empty position for "now". */
    record AtGtid(GtidPosition position) implements StreamStart {}

    /**
     * At a place in a file: on a server whose log holds no group yet, so that there is no GTID to
     * name.
     */
    record AtFile(String file, long offset) implements StreamStart {}
}
