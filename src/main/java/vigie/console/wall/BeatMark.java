package vigie.console.wall;

import javafx.scene.layout.Region;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

import java.util.List;

/**
 * The heartbeat as a mark that is read across a room. While all is well a quarter of a disc goes
 * round, one quarter with each step; late, ring and quarter are hollow; without a feed it is a
 * crossed square that turns inside out with each step; a picture that stands has the bars of a
 * pause. What changes is shape as well as lightness, no priority's colour is used.
 */
public final class BeatMark extends Region {
    private static final int QUARTER = 90;

    private Beat beat = new Beat(Beat.Kind.GONE, 0);
    private double drawnSide;

    public BeatMark() {
        getStyleClass().add("beat");
    }

    /** Shows a heartbeat. */
    public void show(Beat next) {
        if (!next.equals(beat)) {
            beat = next;
            draw();
        }
    }

    @Override
    protected void layoutChildren() {
        if (Math.min(getWidth(), getHeight()) != drawnSide) {
            draw();
        }
    }

    private void draw() {
        drawnSide = Math.min(getWidth(), getHeight());
        getChildren().setAll(drawnSide > 0 ? shapes(drawnSide) : List.of());
        getChildren().forEach(shape -> shape.setManaged(false));
    }

    private List<Shape> shapes(double side) {
        double middle = side / 2;
        double line = side / 12;
        double radius = middle - line;
        return switch (beat.kind()) {
            case BEATS ->
                    List.of(
                            stroked(new Circle(middle, middle, radius), line / 2, "beat-ring"),
                            styled(quarter(middle, radius - line), "beat-solid"));
            case LATE -> {
                Circle ring = new Circle(middle, middle, radius);
                ring.getStrokeDashArray().setAll(side / 8, side / 8);
                yield List.of(
                        stroked(ring, line, "beat-hollow"),
                        stroked(quarter(middle, radius - 2 * line), line, "beat-hollow"));
            }
            case GONE -> {
                boolean turned = beat.step() % 2 == 1;
                double near = side * 0.26;
                double far = side - near;
                String ground = turned ? "beat-hollow" : "beat-solid";
                String cross = turned ? "beat-hollow" : "beat-cut";
                yield List.of(
                        stroked(square(side, line), line, ground),
                        stroked(new Line(near, near, far, far), 1.6 * line, cross),
                        stroked(new Line(near, far, far, near), 1.6 * line, cross));
            }
            case STANDS ->
                    List.of(
                            stroked(square(side, line), line, "beat-solid"),
                            stroked(
                                    new Line(side * 0.37, side * 0.25, side * 0.37, side * 0.75),
                                    1.8 * line,
                                    "beat-cut"),
                            stroked(
                                    new Line(side * 0.63, side * 0.25, side * 0.63, side * 0.75),
                                    1.8 * line,
                                    "beat-cut"));
        };
    }

    private static Rectangle square(double side, double line) {
        return new Rectangle(line, line, side - 2 * line, side - 2 * line);
    }

    /** Clockwise from the top. */
    private Arc quarter(double middle, double radius) {
        Arc arc =
                new Arc(
                        middle,
                        middle,
                        radius,
                        radius,
                        (double) -QUARTER * (beat.step() % 4),
                        QUARTER);
        arc.setType(ArcType.ROUND);
        return arc;
    }

    private static Shape stroked(Shape shape, double width, String styleClass) {
        shape.setStrokeWidth(width);
        return styled(shape, styleClass);
    }

    private static Shape styled(Shape shape, String styleClass) {
        shape.getStyleClass().add(styleClass);
        return shape;
    }
}
