package vigie.app;

import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.Work;
import vigie.plan.Nearest;
import vigie.point.PointId;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The points that a database has now, for a plan that names them.
 *
 * @param byName in order of their names
 */
record PlanPoints(Map<String, HistoryPoint> byName) {
    private static final int MOST_NEAR = 3;

    /** Asks the database; blocks. */
    static PlanPoints of(Invocation invocation, DatabaseAddress address) throws Fault {
        knock(address);
        try (History history =
                new History(address, DatabaseOption.own(invocation, address), ZoneOffset.UTC)) {
            Map<String, HistoryPoint> found = new TreeMap<>();
            for (HistoryPoint point : history.points(new Work())) {
                // What only the archive still knows cannot be seen live.
                if (point.key().isPresent()) {
                    found.put(point.name().name(), point);
                }
            }
            return new PlanPoints(found);
        }
    }

    /**
     * A pool takes ten seconds to give up a server that is away; one connection says it at once.
     */
    private static void knock(DatabaseAddress address) throws Fault {
        try (Connections connections = new Connections(address, "vigie-plan");
                Connection _ = connections.single()) {
            // Let in: that is all there was to know.
        } catch (SQLException failed) {
            throw Connections.fault(failed, address);
        }
    }

    Optional<HistoryPoint> find(PointId point) {
        return Optional.ofNullable(byName.get(point.name()));
    }

    /** The names that may have been meant, the nearest first. */
    List<String> near(PointId point) {
        return Nearest.some(point.name(), byName.keySet(), MOST_NEAR);
    }
}
