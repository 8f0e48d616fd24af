package vigie.feed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** What a loss of power does to a log that is not written through: its end is gone. */
final class BinlogTail {
    private static final int MAGIC = 4;
    private static final int HEADER = 19;

    private BinlogTail() {}

    /**
     * Takes the last group off the newest log file of a server that is down.
     *
     * @param data the server's data folder
     * @return whether there was one
     */
    static boolean cutLastGroup(Path data) throws IOException {
        Path newest;
        try (Stream<Path> files = Files.list(data)) {
            newest =
                    files.filter(file -> file.getFileName().toString().matches("binlog\\.\\d+"))
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
        }
        byte[] log = Files.readAllBytes(newest);
        long lastGroup = 0;
        for (int at = MAGIC; at + HEADER <= log.length; ) {
            if ((log[at + 4] & 0xff) == BinlogEvent.GTID) {
                lastGroup = at;
            }
            long length = LittleEndian.unsigned(log, at + 9, 4);
            if (length < HEADER) {
                break;
            }
            at += (int) length;
        }
        if (lastGroup == 0) {
            return false;
        }
        try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            file.truncate(lastGroup);
        }
        return true;
    }
}
