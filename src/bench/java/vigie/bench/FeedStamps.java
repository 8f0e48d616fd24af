package vigie.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When which group was there, by its number in the log. Laid out beforehand, so that noting costs
 * no memory while a heap is measured. All of {@link System#nanoTime()}, which on one machine is one
 * clock for all processes. Any thread.
 */
final class FeedStamps {
    private final long[] sequences;
    private final long[] nanos;
    private int count;

    /** Room for so many groups; what comes after them is not noted. */
    FeedStamps(int capacity) {
        sequences = new long[capacity];
        nanos = new long[capacity];
    }

    /** At this moment all groups up to this one were there. */
    synchronized void add(long moment, long sequence) {
        if (count < sequences.length && (count == 0 || sequences[count - 1] < sequence)) {
            sequences[count] = sequence;
            nanos[count++] = moment;
        }
    }

    /** The newest group noted; 0 for none. */
    synchronized long newest() {
        return count == 0 ? 0 : sequences[count - 1];
    }

    /**
     * From just before each COMMIT until the group was there.
     *
     * @param first the number of the first group
     * @param beforeCommit moments, one for each group
     * @throws IllegalStateException if one never was: then there is nothing to measure
     */
    synchronized Samples after(long first, long[] beforeCommit) {
        List<Long> delays = new ArrayList<>(beforeCommit.length);
        int at = 0;
        for (int i = 0; i < beforeCommit.length; i++) {
            while (at < count && sequences[at] < first + i) {
                at++;
            }
            if (at == count) {
                throw new IllegalStateException("group " + (first + i) + " never arrived");
            }
            delays.add(nanos[at] - beforeCommit[i]);
        }
        return new Samples(delays);
    }

    /** Writes all to a file, for another process. */
    synchronized void write(Path file) {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                out.writeLong(nanos[i]);
                out.writeLong(sequences[i]);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads what another process wrote. */
    static FeedStamps read(Path file) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            FeedStamps stamps = new FeedStamps(count);
            for (int i = 0; i < count; i++) {
                stamps.add(in.readLong(), in.readLong());
            }
            return stamps;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public synchronized String toString() {
        return Arrays.toString(Arrays.copyOf(sequences, Math.min(count, 5))) + " of " + count;
    }
}
