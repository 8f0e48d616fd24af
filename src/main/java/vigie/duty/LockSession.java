package vigie.duty;

import vigie.text.Fault;

import java.sql.SQLException;
import java.util.Optional;

/** One connection's dealings with the named lock. One thread; an exception ends it. */
interface LockSession extends AutoCloseable {
    /** Makes sessions. */
    @FunctionalInterface
    interface Door {
        /**
         * A new session with a server that takes writes.
         *
         * @throws Fault saying what is in the way
         */
        LockSession open() throws Fault, SQLException;
    }

    /** Takes the lock if nobody has it, and begins a new epoch; empty: somebody else has it. */
    Optional<Tenure> take(String holder) throws SQLException;

    /** Whether the lock and the epoch are still this session's, on a server that takes writes. */
    boolean holds(Tenure tenure) throws SQLException;

    /** Gives the lock back. */
    void release() throws SQLException;

    /** Ends the connection, and with it the lock; never throws. */
    @Override
    void close();
}
