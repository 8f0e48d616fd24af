package vigie.store.testing;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;

/**
 * A running server of a test's own, whatever its version. It ends when it is closed, or with the
 * JVM.
 */
public interface TestServer extends AutoCloseable {
    /** Where it listens. */
    HostPort at();

    /** Its process. */
    long pid();

    /** The account that may do everything. */
    DatabaseAddress root(String schema);

    /** Ends it as a service manager would, and returns when it is gone; its data stays. */
    @Override
    void close();
}
