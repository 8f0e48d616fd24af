package vigie.console.marks;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;

import vigie.console.style.Typography;

import java.util.List;

/**
 * The sign of a {@link Mark}, as high as text of its font. It takes its place also when it says
 * nothing, so that nothing moves when it appears.
 */
public final class Sign extends Label {
    /** The capital letters of the font are this part of its height. */
    private static final double CAPITALS = 0.7;

    private final Pane ground = new Pane();
    private Mark mark = Mark.NONE;

    public Sign() {
        getStyleClass().add("sign");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setGraphic(ground);
        setMinWidth(USE_PREF_SIZE);
        fontProperty().addListener(change -> draw());
        draw();
    }

    /** Shows a mark. */
    public void show(Mark next) {
        if (next != mark) {
            mark = next;
            draw();
        }
    }

    private void draw() {
        double side = Math.ceil(getFont().getSize() * 1.1);
        ground.setMinSize(side, side);
        ground.setPrefSize(side, side);
        ground.setMaxSize(side, side);
        ground.getChildren().setAll(shapes(side));
    }

    private List<Shape> shapes(double side) {
        return switch (mark) {
            case NONE -> List.of();
            case ALARM ->
                    List.of(
                            styled(new Rectangle(side, side), "sign-alarm"),
                            digit("1", side / 2, side * 0.5, side * 0.8));
            case WARNING ->
                    List.of(
                            styled(
                                    new Polygon(side / 2, 0, side, side * 0.96, 0, side * 0.96),
                                    "sign-warning"),
                            digit("2", side / 2, side * 0.64, side * 0.66));
            case UNCERTAIN -> {
                Circle circle = new Circle(side / 2, side / 2, side * 0.34);
                circle.setStrokeWidth(Math.max(1.2, side / 10));
                circle.getStrokeDashArray().setAll(side * 0.2, side * 0.155);
                yield List.of(styled(circle, "sign-uncertain"));
            }
            case BAD -> {
                double near = side * 0.24;
                double far = side * 0.76;
                yield List.of(
                        stroke(new Line(near, near, far, far), side),
                        stroke(new Line(near, far, far, near), side));
            }
        };
    }

    private static Shape stroke(Line line, double side) {
        line.setStrokeWidth(Math.max(1.6, side / 8));
        return styled(line, "sign-bad");
    }

    private static Text digit(String digit, double x, double y, double height) {
        Text text = new Text(digit);
        text.setFont(Typography.font(Typography.Weight.STRONG, height));
        text.setX(x - text.getLayoutBounds().getWidth() / 2);
        text.setY(y + height * CAPITALS / 2);
        return styled(text, "sign-digit");
    }

    private static <S extends Shape> S styled(S shape, String styleClass) {
        shape.getStyleClass().add(styleClass);
        return shape;
    }
}
