package vigie.console.plan;

import vigie.plan.ElementId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which pieces have live values in which tile, at one scale. Immutable. */
final class Tiling {
    private final Map<Long, List<Piece>> tiles = new HashMap<>();
    private final Map<ElementId, Extent> reaches = new HashMap<>();

    Tiling(Layout layout, Scale scale, LabelPlaces labels) {
        for (Piece piece : layout.pieces()) {
            Extent reach = PiecePainter.reach(piece, scale, labels.of(piece.id()));
            reaches.put(piece.id(), reach);
            for (long row = index(reach.top()); row <= index(reach.bottom()); row++) {
                for (long column = index(reach.left()); column <= index(reach.right()); column++) {
                    tiles.computeIfAbsent(key(column, row), _ -> new ArrayList<>()).add(piece);
                }
            }
        }
    }

    /** What live values of a piece may cover, pixels of the plan. */
    Extent reach(Piece piece) {
        return reaches.getOrDefault(piece.id(), Extent.EMPTY);
    }

    /** The pieces of the tile that an area is, in drawing order. */
    List<Piece> in(Extent tile) {
        return tiles.getOrDefault(key(index(tile.left()), index(tile.top())), List.of());
    }

    private static long index(double at) {
        return (long) Math.floor(at / Sheet.SIDE);
    }

    private static long key(long column, long row) {
        return (row << 32) ^ (column & 0xffffffffL);
    }
}
