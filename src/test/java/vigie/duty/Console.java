package vigie.duty;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process that strives for the duty, in tests. */
final class Console implements AutoCloseable {
    final List<String> told = new CopyOnWriteArrayList<>();
    final Connections connections;
    final DutyLock lock;

    Console(DatabaseAddress own, String name) {
        connections = new Connections(own, name);
        lock =
                DutyLock.on(
                        connections,
                        name,
                        new DutyListener() {
                            @Override
                            public void taken(Tenure tenure) {
                                told.add("taken " + tenure.epoch());
                            }

                            @Override
                            public void lost(Tenure tenure, Loss why) {
                                told.add("lost " + tenure.epoch() + " " + why);
                            }
                        },
                        Clock.systemUTC(),
                        System::nanoTime);
    }

    Console start() {
        lock.start();
        return this;
    }

    boolean is(DutyState state) {
        return lock.status().state() == state;
    }

    /** A connection of the kind on which duty work is done. */
    Connection work() throws Fault, SQLException {
        return DutyConnections.to(connections).open();
    }

    @Override
    public void close() {
        lock.close();
        connections.close();
    }
}
