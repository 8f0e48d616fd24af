package vigie.feed;

import vigie.recorder.RecorderTable;
import vigie.recorder.TableShape;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the names of columns come from when the log carries none. */
interface Shapes {
    /**
     * The shape of a table whose rows have these column types.
     *
     * @return empty where none is known to fit; the caller then takes a new snapshot
     */
    Optional<TableShape> of(RecorderTable table, byte[] types);

    /** Whether it ever had a shape of this table. */
    boolean knows(RecorderTable table);

    /** The log tells of a statement that may have moved the table's columns. */
    void altered(RecorderTable table);

    /** Shapes from a list, for example of a recorded log's schema files: the first that fits. */
    static Shapes among(List<Map<RecorderTable, TableShape>> candidates) {
        return new Shapes() {
            @Override
            public Optional<TableShape> of(RecorderTable table, byte[] types) {
                return candidates.stream()
                        .map(shapes -> Optional.ofNullable(shapes.get(table)))
                        .flatMap(Optional::stream)
                        .filter(shape -> shape.fits(types))
                        .findFirst();
            }

            @Override
            public boolean knows(RecorderTable table) {
                return candidates.stream().anyMatch(shapes -> shapes.containsKey(table));
            }

            @Override
            public void altered(RecorderTable table) {
                // Each candidate is tried at every table map anyway.
            }
        };
    }
}
