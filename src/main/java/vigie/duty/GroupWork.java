package vigie.duty;

import vigie.feed.Resync;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a durable consumer makes of the groups. Each call comes within a transaction that also keeps
 * the place after it: the work uses the connection and neither commits nor rolls back, and changes
 * nothing but the database, for what was rolled back is handed out again.
 */
@FunctionalInterface
public interface GroupWork {
    /** A group as the feed hands it out. */
    void apply(Connection connection, Group group) throws SQLException;

    /** Rows that were not streamed. By default applied as a group without a position. */
    default void recovered(Connection connection, List<Reading> rows) throws SQLException {
        apply(
                connection,
                new Group(
                        "",
                        Optional.empty(),
                        rows.stream().<Fact>map(Fact.Observed::new).toList()));
    }

    /** The position was lost: to be journalled by those who must say what they did not judge. */
    default void resync(Connection connection, Resync resync) throws SQLException {}

    /** The state of the tables where the stream begins or goes on. */
    default void snapshot(Connection connection, Group snapshot) throws SQLException {}
}
