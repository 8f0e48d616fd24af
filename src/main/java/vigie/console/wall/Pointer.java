package vigie.console.wall;

import javafx.scene.Cursor;
import javafx.scene.Scene;
import javafx.scene.input.MouseEvent;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The pointer of a wall: hidden, there while somebody moves it. JavaFX thread only. */
public final class Pointer {
    static final Duration SHOWN = Duration.ofSeconds(3);

    /** Pixels; a table that is touched moves a mouse by less. */
    private static final double STILL = 2;

    private final Scene scene;
    private final LongSupplier monotonic;
    private double x = Double.NaN;
    private double y = Double.NaN;
    private long movedNanos;

    public Pointer(Scene scene) {
        this(scene, System::nanoTime);
    }

    Pointer(Scene scene, LongSupplier monotonic) {
        this.scene = scene;
        this.monotonic = monotonic;
        scene.setCursor(Cursor.NONE);
        scene.addEventFilter(MouseEvent.ANY, this::moved);
    }

    /** Another second has passed. */
    public void pass() {
        if (!Cursor.NONE.equals(scene.getCursor())
                && monotonic.getAsLong() - movedNanos >= SHOWN.toNanos()) {
            scene.setCursor(Cursor.NONE);
        }
    }

    private void moved(MouseEvent event) {
        // The window appears under a pointer that lies still: that is the first place, no movement.
        boolean first = Double.isNaN(x);
        boolean still =
                Math.abs(event.getScreenX() - x) <= STILL
                        && Math.abs(event.getScreenY() - y) <= STILL;
        if (first || !still) {
            x = event.getScreenX();
            y = event.getScreenY();
        }
        if (!first && !still) {
            movedNanos = monotonic.getAsLong();
            scene.setCursor(Cursor.DEFAULT);
        }
    }
}
