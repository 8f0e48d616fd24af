package vigie.history.archive;

import java.io.Serial;
import java.sql.SQLDataException;

/**
 * A block of roll-ups is not what {@link BlockCodec} wrote, or a later Vigie wrote it. Readers of
 * tables meet it where they meet everything else that is wrong with a row.
 */
public final class DamagedBlock extends SQLDataException {
    @Serial private static final long serialVersionUID = 1;

    DamagedBlock(String what) {
        super("a block of roll-ups cannot be read: " + what, "22000");
    }
}
