package vigie.setup;

import java.io.IOException;
import java.nio.file.Path;

/** Told before each thing that is done to the disk; a test can let it fail there. */
@FunctionalInterface
interface Steps {
    /** Goes on. */
    Steps ALL = (what, path) -> {};

    /**
     * @param what is about to be done
     * @throws IOException to let it fail
     */
    void before(String what, Path path) throws IOException;
}
