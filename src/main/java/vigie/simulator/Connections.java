package vigie.simulator;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the writer's own connections come from: unpooled, to the database it writes. */
@FunctionalInterface
public interface Connections {
    /** A new connection with that database as default; the caller closes it. */
    Connection open() throws SQLException;
}
