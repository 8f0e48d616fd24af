package vigie.feed;

import com.github.shyiko.mysql.binlog.BinaryLogFileReader;
import com.github.shyiko.mysql.binlog.event.Event;

import java.io.IOException;
import java.io.InputStream;

/** Reads a binlog file through the same decoding and assembling as the stream. */
final class BinlogFile {
    private BinlogFile() {}

    /**
     * Feeds every event of a file to the assembler.
     *
     * @param file the file's bytes, from its magic number on
     * @return how many events it held
     * @throws IOException where the file cannot be read or is no binlog
     */
    static long read(InputStream file, GroupAssembler assembler) throws IOException, StreamFault {
        long events = 0;
        BinaryLogFileReader reader = new BinaryLogFileReader(file, new WholeEventDeserializer());
        for (Event event; (event = reader.readEvent()) != null; events++) {
            BinlogEvent ours = WholeEventDeserializer.carried(event);
            if (ours != null) {
                assembler.accept(ours);
            }
        }
        return events;
    }
}
