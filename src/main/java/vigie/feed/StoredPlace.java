package vigie.feed;

/**
 * Where a consumer that must miss nothing stands, for it to store together with what it made of the
 * groups so far.
 *
 * @param position after its last whole group, of every domain; empty where there is none to name
 * @param previous before that group: the stream is taken up there, and the group must come again as
 *     it was; empty where that cannot be asked for
 * @param fingerprint of that group, as {@code WholeGroup} makes it
 * @param newestId the highest {@code state_id} handed out; 0 for none. Where the log is lost, rows
 *     above it are read from the tables
 */
public record StoredPlace(String position, String previous, int fingerprint, long newestId) {}
