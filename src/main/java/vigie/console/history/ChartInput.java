package vigie.console.history;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

import vigie.console.history.chart.Projection;

import java.util.Optional;

/** What mouse, touch and keys mean to a chart. */
final class ChartInput {
    /** Pixels; a hand that clicks moves by this much. */
    private static final double STILL = 3;

    /** One notch of a wheel, as JavaFX counts it. */
    private static final double NOTCH = 40;

    private static final double FACTOR_OF_A_NOTCH = 0.8;
    private static final double STEP = 0.1;
    private static final double CROSS_STEP = 8;
    private static final double NEARER = 0.5;

    private final ChartView view;
    private final ChartModel model;
    private double pressedX;
    private double lastX;
    private boolean dragging;

    ChartInput(ChartView view, ChartModel model) {
        this.view = view;
        this.model = model;
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::point);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> view.crossNowhere());
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        view.addEventHandler(ScrollEvent.SCROLL_STARTED, this::touch);
        view.addEventHandler(ScrollEvent.SCROLL, this::scroll);
        view.addEventHandler(ScrollEvent.SCROLL_FINISHED, this::untouch);
        view.addEventHandler(ZoomEvent.ZOOM, this::pinch);
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        view.addEventHandler(KeyEvent.KEY_TYPED, this::type);
    }

    private void point(MouseEvent event) {
        if (view.onCurves(event.getX(), event.getY())) {
            view.cross(event.getX(), event.getY());
        } else {
            view.crossNowhere();
        }
    }

    private void press(MouseEvent event) {
        view.requestFocus();
        pressedX = event.getX();
        lastX = pressedX;
        dragging = false;
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            model.zoom(view.projection().at(event.getX()), NEARER);
        }
        event.consume();
    }

    private void drag(MouseEvent event) {
        if (event.getButton() == MouseButton.SECONDARY) {
            return;
        }
        if (!dragging && Math.abs(event.getX() - pressedX) > STILL) {
            dragging = true;
            model.hold();
            view.crossNowhere();
        }
        if (dragging) {
            move(lastX - event.getX());
            lastX = event.getX();
        }
        event.consume();
    }

    private void release(MouseEvent event) {
        if (dragging) {
            dragging = false;
            model.letGo();
            point(event);
        }
        event.consume();
    }

    private void move(double pixels) {
        model.moveBy(Math.round(pixels * model.stretch().width() / view.projection().width()));
    }

    private void touch(ScrollEvent event) {
        if (event.isDirect()) {
            model.hold();
        }
    }

    private void untouch(ScrollEvent event) {
        if (event.isDirect()) {
            model.letGo();
        }
    }

    private void scroll(ScrollEvent event) {
        if (event.isDirect() || event.isShiftDown() || event.getDeltaY() == 0) {
            // With Shift a wheel's turn comes as a turn sideways, but not everywhere.
            double by = event.getDeltaX() == 0 ? event.getDeltaY() : event.getDeltaX();
            move(-by);
        } else {
            Projection projection = view.projection();
            model.zoom(
                    projection.at(event.getX()),
                    Math.pow(FACTOR_OF_A_NOTCH, event.getDeltaY() / NOTCH));
        }
        event.consume();
    }

    private void pinch(ZoomEvent event) {
        if (event.getZoomFactor() > 0) {
            model.zoom(view.projection().at(event.getX()), 1 / event.getZoomFactor());
        }
        event.consume();
    }

    private void key(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        boolean used = true;
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> sideways(event, -1);
            case RIGHT, KP_RIGHT -> sideways(event, 1);
            case UP, KP_UP -> model.markNext(-1);
            case DOWN, KP_DOWN -> model.markNext(1);
            case PAGE_UP -> model.moveBy(-model.stretch().width());
            case PAGE_DOWN -> model.moveBy(model.stretch().width());
            case HOME -> model.reset();
            case END -> model.follow();
            case ADD -> zoom(FACTOR_OF_A_NOTCH);
            case SUBTRACT -> zoom(1 / FACTOR_OF_A_NOTCH);
            default -> used = digit(event.getCode());
        }
        if (used) {
            event.consume();
        }
    }

    private void sideways(KeyEvent event, int direction) {
        if (event.isShiftDown()) {
            view.crossBy(direction * CROSS_STEP);
        } else {
            model.moveBy(Math.round(direction * STEP * model.stretch().width()));
        }
    }

    private boolean digit(KeyCode code) {
        if (!code.isDigitKey()) {
            return false;
        }
        String name = code.getName();
        Optional<Range> range = Range.ofDigit(name.charAt(name.length() - 1) - '0');
        range.ifPresent(chosen -> model.range(chosen.duration()));
        return range.isPresent();
    }

    private void type(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        switch (event.getCharacter()) {
            case "+", "=" -> zoom(FACTOR_OF_A_NOTCH);
            case "-" -> zoom(1 / FACTOR_OF_A_NOTCH);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void zoom(double factor) {
        long middle = model.stretch().from() + model.stretch().width() / 2;
        model.zoom(middle, factor);
    }
}
