package vigie.console.plan;

import javafx.scene.Group;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;

import vigie.console.style.Palette;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A layer of the plan, painted in square tiles: moving the plan moves the tiles, and a change
 * repaints only the tiles it touches. Tiles outside of the view are reused. JavaFX thread only.
 */
final class Sheet {
    /** Pixels; a whole number of device pixels at 125 %, 150 % and 175 % too. */
    static final int SIDE = 320;

    private final Group node = new Group();
    private final Map<Long, Canvas> tiles = new HashMap<>();
    private final Deque<Canvas> spare = new ArrayDeque<>();
    private final Set<Long> stale = new LinkedHashSet<>();
    private final BiConsumer<Pen, Extent> painter;

    private Palette palette;
    private Scale scale = new Scale(1, 1);
    private double density = 1;
    private long painted;

    /**
     * @param painter draws what lies in a part of the plan, pixels of the plan, on an empty canvas
     */
    Sheet(Palette palette, BiConsumer<Pen, Extent> painter) {
        this.palette = palette;
        this.painter = painter;
        node.setManaged(false);
        node.setMouseTransparent(true);
    }

    Group node() {
        return node;
    }

    /** Everything is to be painted anew, at a scale and with colours. */
    void restart(Scale newScale, Palette newPalette, double newDensity) {
        scale = newScale;
        palette = newPalette;
        density = newDensity;
        stale.addAll(tiles.keySet());
    }

    /** What lies in a part of the plan has changed, pixels of the plan. */
    void touch(Extent part) {
        for (long row = index(part.top()); row <= index(part.bottom()); row++) {
            for (long column = index(part.left()); column <= index(part.right()); column++) {
                long key = key(column, row);
                if (tiles.containsKey(key)) {
                    stale.add(key);
                }
            }
        }
    }

    /** Lays tiles over what the view shows of the plan, pixels of the plan. */
    void cover(Extent visible) {
        long left = index(visible.left());
        long top = index(visible.top());
        long right = index(visible.right());
        long bottom = index(visible.bottom());
        for (Iterator<Map.Entry<Long, Canvas>> each = tiles.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<Long, Canvas> tile = each.next();
            long column = column(tile.getKey());
            long row = row(tile.getKey());
            if (column < left || column > right || row < top || row > bottom) {
                each.remove();
                stale.remove(tile.getKey());
                tile.getValue().setVisible(false);
                spare.push(tile.getValue());
            }
        }
        for (long row = top; row <= bottom; row++) {
            for (long column = left; column <= right; column++) {
                long key = key(column, row);
                if (!tiles.containsKey(key)) {
                    tiles.put(key, tile(column, row));
                    stale.add(key);
                }
            }
        }
    }

    /**
     * Paints stale tiles, those that have waited longest first.
     *
     * @param budget how many; the rest waits for the next call
     * @return whether some wait
     */
    boolean paint(int budget) {
        List<Long> now = new ArrayList<>();
        for (Iterator<Long> each = stale.iterator(); each.hasNext() && now.size() < budget; ) {
            now.add(each.next());
            each.remove();
        }
        for (long key : now) {
            Canvas canvas = tiles.get(key);
            if (canvas == null) {
                continue;
            }
            double left = column(key) * (double) SIDE;
            double top = row(key) * (double) SIDE;
            painted++;
            GraphicsContext context = canvas.getGraphicsContext2D();
            context.setTransform(1, 0, 0, 1, 0, 0);
            context.clearRect(0, 0, SIDE, SIDE);
            painter.accept(
                    new Pen(context, palette, scale, left, top, density),
                    Extent.sized(left, top, SIDE, SIDE));
        }
        return !stale.isEmpty();
    }

    /** How many tiles wait to be painted. */
    int waiting() {
        return stale.size();
    }

    /** How many tiles have been painted since the beginning. */
    long painted() {
        return painted;
    }

    private Canvas tile(long column, long row) {
        Canvas canvas = spare.isEmpty() ? new Canvas(SIDE, SIDE) : spare.pop();
        if (canvas.getParent() == null) {
            node.getChildren().add(canvas);
        }
        canvas.setLayoutX(column * (double) SIDE);
        canvas.setLayoutY(row * (double) SIDE);
        canvas.setVisible(true);
        return canvas;
    }

    private static long index(double at) {
        return (long) Math.floor(at / SIDE);
    }

    private static long key(long column, long row) {
        return (row << 32) ^ (column & 0xffffffffL);
    }

    private static long column(long key) {
        return (int) key;
    }

    private static long row(long key) {
        return (key ^ (column(key) & 0xffffffffL)) >> 32;
    }
}
