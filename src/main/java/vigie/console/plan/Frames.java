package vigie.console.plan;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeType;

import vigie.console.style.Palette;
import vigie.console.style.Role;

import java.util.Optional;

/**
 * The operator's own marks: around what is hovered, selected, or has the keyboard. A few shapes, so
 * that a click is answered by painting a frame and nothing else.
 */
final class Frames {
    private final Rectangle hover = frame();
    private final Rectangle selection = frame();
    private final Rectangle focus = frame();
    private final Group node = new Group(hover, selection, focus);

    Frames() {
        node.setManaged(false);
        node.setMouseTransparent(true);
    }

    Group node() {
        return node;
    }

    void setPalette(Palette palette) {
        hover.setStroke(palette.colour(Role.HOVER));
        selection.setStroke(palette.colour(Role.SELECTION));
        focus.setStroke(palette.colour(Role.FOCUS));
    }

    void place(
            Optional<Extent> hovered,
            Optional<Extent> selected,
            Optional<Extent> focused,
            double unit) {
        place(hover, hovered, 2, 1 * unit, unit);
        place(selection, selected, 3, 2.5 * unit, unit);
        place(focus, focused, 6, 1.5 * unit, unit);
        focus.getStrokeDashArray().setAll(5 * unit, 3 * unit);
    }

    private static void place(
            Rectangle frame, Optional<Extent> area, double away, double width, double unit) {
        frame.setVisible(area.isPresent());
        if (area.isEmpty()) {
            return;
        }
        double line = Math.max(1, Math.round(width));
        Extent around = area.get().grown(away * unit);
        frame.setStrokeWidth(line);
        frame.setX(Math.rint(around.left()));
        frame.setY(Math.rint(around.top()));
        frame.setWidth(Math.rint(around.width()));
        frame.setHeight(Math.rint(around.height()));
        frame.setArcWidth(6 * unit);
        frame.setArcHeight(6 * unit);
    }

    private static Rectangle frame() {
        Rectangle frame = new Rectangle();
        frame.setFill(Color.TRANSPARENT);
        frame.setStrokeType(StrokeType.OUTSIDE);
        frame.setVisible(false);
        return frame;
    }
}
