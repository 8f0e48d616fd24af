package vigie.feed;

import vigie.room.Fact;

import java.time.Instant;
import java.util.List;

/**
 * A committed group as the log had it, whether or not it says something of the room.
 *
 * @param gtid its name: domain, server and sequence
 * @param before where the stream stood before it, all domains
 * @param after where it stands after it, all domains
 * @param committed the second in which the database committed it (its own clock)
 * @param fingerprint over what the group did, equal on every server that has it: the names of the
 *     tables and the bytes of the rows, and the text of statements; table ids, event headers,
 *     places in the log, compression and the way its rows are spread over events do not count
 * @param facts in the order of the log
 * @param deleted {@code state_id}s that were deleted from {@code states}, as far as {@link
 *     GroupAssembler#deletesFrom} asks for them; not to be changed
 * @param foreign whether it did something outside Vigie's own schema
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WholeGroup(
        String gtid,
        GtidPosition before,
        GtidPosition after,
        Instant committed,
        int fingerprint,
        List<Fact> facts,
        long[] deleted,
        boolean foreign) {
    WholeGroup {
        facts = List.copyOf(facts);
    }
}
