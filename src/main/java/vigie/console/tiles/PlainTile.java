package vigie.console.tiles;

import eu.hansolo.tilesfx.Tile;

import java.util.Objects;

/**
 * A tile for markup. Of a class with a constructor of named arguments JavaFX's loader looks through
 * all methods, of which a {@link Tile} has two thousand; this one has the plain constructor alone.
 * JavaFX thread only.
 */
public final class PlainTile extends Tile {
    /** A tile as {@link Tile#Tile()} makes it. */
    public PlainTile() {}

    /** The library looks for it beside the class of the tile. */
    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(Tile.class.getResource("tilesfx.css")).toExternalForm();
    }
}
