package vigie.simulator;

/** One of the two cold aisles, with the row of racks that draws from it. */
enum Side {
    /** Row A, fed by the units 1 and 2. */
    WEST('a'),
    /** Row B, fed by the units 3 and 4. */
    EAST('b');

    private final char row;

    Side(char row) {
        this.row = row;
    }

    /** The row's letter in entity ids. */
    char row() {
        return row;
    }
}
