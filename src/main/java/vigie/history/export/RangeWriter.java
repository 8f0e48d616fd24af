package vigie.history.export;

import vigie.history.PointRange;

import java.io.IOException;

/** Writes ranges of history, one after the other. One thread; does not close what it writes to. */
public interface RangeWriter {
    /** What stands before the first range. Called once and first. */
    void begin() throws IOException;

    /** All buckets of a range, then its spans. */
    void range(PointRange range) throws IOException;

    /** Hands on what was gathered. Called at the end, and in between where a reader waits. */
    void flush() throws IOException;
}
