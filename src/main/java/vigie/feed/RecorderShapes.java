package vigie.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.recorder.JdbcMissLoader;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderTable;
import vigie.recorder.TableShape;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shapes that the tables had at the snapshot. After a statement that may have moved columns, a
 * shape counts again only if the table looks the same now; otherwise a new snapshot decides,
 * because what {@code information_schema} says now may be younger than the next event.
 */
final class RecorderShapes implements Shapes {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderShapes.class);

    private final Map<RecorderTable, TableShape> shapes;
    private final JdbcMissLoader.Connections connections;
    private final Set<RecorderTable> doubtful = EnumSet.noneOf(RecorderTable.class);

    RecorderShapes(Map<RecorderTable, TableShape> shapes, JdbcMissLoader.Connections connections) {
        this.shapes = Map.copyOf(shapes);
        this.connections = connections;
    }

    @Override
    public Optional<TableShape> of(RecorderTable table, byte[] types) {
        if (doubtful.contains(table) && !isUnchanged(table)) {
            return Optional.empty();
        }
        return Optional.ofNullable(shapes.get(table)).filter(shape -> shape.fits(types));
    }

    @Override
    public boolean knows(RecorderTable table) {
        return shapes.containsKey(table);
    }

    @Override
    public void altered(RecorderTable table) {
        doubtful.add(table);
    }

    private boolean isUnchanged(RecorderTable table) {
        try (Connection connection = connections.open()) {
            TableShape now = RecorderSchema.shapes(connection).get(table);
            if (now != null && now.equals(shapes.get(table))) {
                doubtful.remove(table);
                return true;
            }
        } catch (SQLException | Fault unreachable) {
            LOG.info("columns of {} not read: {}", table.sqlName(), unreachable.getMessage());
        }
        return false;
    }
}
