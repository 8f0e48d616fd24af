package vigie.console.plan;

import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

import vigie.plan.ElementId;
import vigie.plan.Facing;

import java.util.List;
import java.util.Optional;

/** What mouse and keys mean to the floor plan. */
final class PlanInput {
    /** Pixels; a hand that clicks moves by this much. */
    private static final double STILL = 4;

    /** One notch of a wheel, as JavaFX counts it. */
    private static final double NOTCH = 40;

    private static final double FACTOR_OF_A_NOTCH = 1.15;
    private static final double STEP = 60;

    private final PlanView view;
    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragging;

    PlanInput(PlanView view) {
        this.view = view;
        view.addEventHandler(MouseEvent.MOUSE_MOVED, e -> view.hover(e.getX(), e.getY()));
        view.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> view.hoverNothing());
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        view.addEventHandler(ScrollEvent.SCROLL, this::scroll);
        view.addEventHandler(
                ZoomEvent.ZOOM,
                e -> {
                    view.zoomAt(e.getX(), e.getY(), e.getZoomFactor());
                    e.consume();
                });
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        view.addEventHandler(KeyEvent.KEY_TYPED, this::type);
    }

    private void press(MouseEvent event) {
        view.requestFocus();
        pressedX = event.getX();
        pressedY = event.getY();
        lastX = pressedX;
        lastY = pressedY;
        dragging = false;
        // Selected on the press, not on the release: the answer comes earlier by a finger's way.
        if (event.getButton() == MouseButton.PRIMARY) {
            if (event.getClickCount() == 2) {
                if (!view.showHistory(view.at(pressedX, pressedY))) {
                    view.fit();
                }
            } else if (event.getClickCount() == 1) {
                view.at(pressedX, pressedY).ifPresent(element -> view.select(Optional.of(element)));
            }
        }
        event.consume();
    }

    private void drag(MouseEvent event) {
        if (!dragging
                && Math.hypot(event.getX() - pressedX, event.getY() - pressedY) > STILL
                && event.getButton() != MouseButton.SECONDARY) {
            dragging = true;
            view.hoverNothing();
        }
        if (dragging) {
            view.pan(event.getX() - lastX, event.getY() - lastY);
            lastX = event.getX();
            lastY = event.getY();
        }
        event.consume();
    }

    private void release(MouseEvent event) {
        if (!dragging
                && event.getButton() == MouseButton.PRIMARY
                && event.getClickCount() == 1
                && view.at(event.getX(), event.getY()).isEmpty()) {
            view.select(Optional.empty());
        }
        dragging = false;
        event.consume();
    }

    private void scroll(ScrollEvent event) {
        if (event.getDeltaY() != 0 && !event.isDirect()) {
            view.zoomAt(
                    event.getX(),
                    event.getY(),
                    Math.pow(FACTOR_OF_A_NOTCH, event.getDeltaY() / NOTCH));
            view.hover(event.getX(), event.getY());
        }
        event.consume();
    }

    private void key(KeyEvent event) {
        boolean used =
                switch (event.getCode()) {
                    case TAB -> !event.isControlDown() && next(event.isShiftDown() ? -1 : 1);
                    case LEFT, KP_LEFT -> go(event, Facing.WEST);
                    case RIGHT, KP_RIGHT -> go(event, Facing.EAST);
                    case UP, KP_UP -> go(event, Facing.NORTH);
                    case DOWN, KP_DOWN -> go(event, Facing.SOUTH);
                    case ENTER, SPACE -> choose();
                    case H ->
                            !event.isShortcutDown()
                                    && view.showHistory(
                                            view.selectedProperty().get().or(view::cursor));
                    case ESCAPE -> letGo();
                    default -> false;
                };
        if (used) {
            event.consume();
        }
    }

    private void type(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        switch (event.getCharacter()) {
            case "+", "=" -> view.zoomIn();
            case "-" -> view.zoomOut();
            case "f", "F", "0" -> view.fit();
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** To the next element; past the last one the keyboard leaves the plan. */
    private boolean next(int step) {
        List<Piece> order = view.layoutOfPlan().inReadingOrder();
        if (order.isEmpty()) {
            return false;
        }
        int at = -1;
        for (int i = 0; i < order.size(); i++) {
            if (view.cursor().equals(Optional.of(order.get(i).id()))) {
                at = i;
            }
        }
        int to = at < 0 ? (step > 0 ? 0 : order.size() - 1) : at + step;
        if (to < 0 || to >= order.size()) {
            return false;
        }
        view.setCursor(order.get(to).id());
        return true;
    }

    private boolean go(KeyEvent event, Facing direction) {
        if (event.isShiftDown()) {
            view.pan(-Layout.dx(direction) * STEP, -Layout.dy(direction) * STEP);
            return true;
        }
        Optional<Piece> from = view.cursor().flatMap(view.layoutOfPlan()::piece);
        if (from.isEmpty()) {
            return next(1);
        }
        view.layoutOfPlan()
                .beside(from.get(), direction)
                .ifPresent(piece -> view.setCursor(piece.id()));
        return true;
    }

    private boolean choose() {
        Optional<ElementId> cursor = view.cursor();
        if (cursor.isPresent() && cursor.equals(view.selectedProperty().get())) {
            view.showHistory(cursor);
        }
        cursor.ifPresent(element -> view.select(cursor));
        return cursor.isPresent();
    }

    private boolean letGo() {
        if (view.selectedProperty().get().isEmpty()) {
            return false;
        }
        view.select(Optional.empty());
        return true;
    }
}
