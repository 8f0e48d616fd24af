package vigie.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one transaction of the database said, whole. A snapshot is a group too.
 *
 * @param position where the stream stands after it: the newest GTID of every domain, separated by
 *     commas
 * @param committed the second in which the database committed it (its own clock); empty where
 *     unknown
 * @param facts in the order of the log, which is not the order of time
 */
public record Group(String position, Optional<Instant> committed, List<Fact> facts) {
    public Group {
        facts = List.copyOf(facts);
    }
}
