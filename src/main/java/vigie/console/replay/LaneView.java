package vigie.console.replay;

import javafx.animation.AnimationTimer;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

import vigie.console.history.chart.Projection;
import vigie.console.history.chart.Stretch;
import vigie.console.style.Palette;
import vigie.history.Times;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The lanes of the timeline with the playhead over them. The lanes are painted when what happened
 * or the stretch changed; the playhead only moves. JavaFX thread only.
 *
 * <p>Mouse: dragging moves the playhead; with Shift it marks an interval; in the row of times it
 * moves the stretch. The wheel zooms about the pointer, with Shift it moves. Keys: the arrows move
 * the playhead by a hundredth of what is shown, Page keys the stretch; {@code +} and {@code -}
 * zoom.
 */
final class LaneView extends Region {
    private static final PseudoClass LIVE = PseudoClass.getPseudoClass("live");
    private static final double NOTCH = 1.25;
    private static final double STEP = 0.01;

    private final ReplayModel model;
    private final Palette palette;
    private final Canvas canvas = new Canvas();
    private final Pane over = new Pane();
    private final Region mark = new Region();
    private final Region line = new Region();
    private final Label flag = new Label();
    private final Rectangle clip = new Rectangle();
    private final Pulse pulse = new Pulse();
    private LanePainter painter;
    private double scale = 1;

    private enum Hand {
        NONE,
        PLAYHEAD,
        MARK,
        STRETCH
    }

    private Hand hand = Hand.NONE;
    private OptionalDouble pressedX = OptionalDouble.empty();
    private long pressedAt;

    LaneView(ReplayModel model, Palette palette) {
        this.model = model;
        this.palette = palette;
        painter = new LanePainter(palette, 1, 1, 1);
        getStyleClass().add("lanes");
        mark.getStyleClass().add("lane-mark");
        line.getStyleClass().add("playhead");
        flag.getStyleClass().addAll("playhead-flag", "size-caption", "weight-medium");
        over.setMouseTransparent(true);
        // Placed by hand: a pane would give them the sizes they would like to have.
        List.of(mark, line, flag).forEach(node -> node.setManaged(false));
        over.getChildren().addAll(mark, line, flag);
        over.setClip(clip);
        canvas.getGraphicsContext2D().setTextBaseline(VPos.BASELINE);
        getChildren().addAll(canvas, over);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        model.stretchProperty().addListener(change -> paintSoon());
        model.eventsProperty().addListener(change -> paintSoon());
        model.playbackProperty()
                .addListener((property, before, now) -> {
                    // Only the bounds are painted; the moment moves the playhead.
                    if (!before.map(its -> its.from()).equals(now.map(its -> its.from()))
                            || !before.map(its -> its.to()).equals(now.map(its -> its.to()))) {
                        paintSoon();
                    }
                });
        model.playheadProperty().addListener(change -> place());
        model.brushProperty().addListener(change -> place());
        model.modeProperty().addListener(change -> showMode());
        showMode();
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(this::release);
        setOnMouseMoved(this::point);
        setOnScroll(this::scroll);
        setOnKeyPressed(this::key);
    }

    void setScale(double newScale) {
        scale = newScale;
        requestLayout();
    }

    /** In another language. */
    void repaint() {
        paintSoon();
    }

    Projection projection() {
        return painter.projection(model.stretchProperty().get());
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        if (width < 1 || height < 1) {
            return;
        }
        canvas.setWidth(width);
        canvas.setHeight(height);
        over.resizeRelocate(0, 0, width, height);
        painter = new LanePainter(palette, width, height, scale);
        clip.setX(painter.left() - 1);
        clip.setWidth(painter.right() - painter.left() + 2);
        clip.setHeight(height);
        paint();
    }

    private void paintSoon() {
        pulse.start();
    }

    private void paint() {
        if (getWidth() < 1 || getHeight() < 1) {
            return;
        }
        painter.paint(
                canvas.getGraphicsContext2D(),
                new LanePainter.Scene(
                        model.stretchProperty().get(),
                        model.eventsProperty().get(),
                        model.beginning().orElse(Long.MIN_VALUE / 4),
                        model.present()),
                model.figures());
        place();
    }

    /** Puts the playhead and the mark where they belong; paints nothing. */
    private void place() {
        if (getWidth() < 1) {
            return;
        }
        Projection projection = projection();
        long at = model.playheadProperty().get();
        double x = Math.round(projection.x(at));
        boolean inside = x >= painter.left() && x <= painter.right();
        line.setVisible(inside);
        flag.setVisible(inside);
        double wide = Math.max(2, Math.round(2 * scale));
        line.resizeRelocate(
                x - wide / 2, painter.top() - 2, wide, painter.bottom() - painter.top() + 4);
        String time = model.figures().clock(Times.instant(at));
        if (!time.equals(flag.getText())) {
            flag.setText(time);
            setAccessibleText(EventWords.digits(Times.instant(at), model.figures()));
        }
        double flagWidth = flag.prefWidth(-1);
        flag.resizeRelocate(
                Math.clamp(
                        x - flagWidth / 2,
                        painter.left(),
                        Math.max(painter.left(), painter.right() - flagWidth)),
                0,
                flagWidth,
                painter.top() - 2);
        Optional<Stretch> marked = model.marked();
        mark.setVisible(marked.isPresent());
        marked.ifPresent(interval -> {
            double from = Math.max(projection.x(interval.from()), painter.left() - 4);
            double to = Math.min(projection.x(interval.to()), painter.right() + 4);
            mark.resizeRelocate(
                    from, painter.top(), Math.max(0, to - from), painter.bottom() - painter.top());
        });
    }

    private void showMode() {
        // The present has nothing of the past's colour.
        boolean live = model.modeProperty().get() == Mode.LIVE;
        line.pseudoClassStateChanged(LIVE, live);
        flag.pseudoClassStateChanged(LIVE, live);
    }

    private boolean onTicks(double y) {
        return y > painter.bottom();
    }

    private void point(MouseEvent event) {
        setCursor(onTicks(event.getY()) ? Cursor.H_RESIZE : Cursor.DEFAULT);
    }

    private void press(MouseEvent event) {
        requestFocus();
        if (event.getButton() != MouseButton.PRIMARY || event.getX() < painter.left() - 6 * scale) {
            return;
        }
        pressedX = OptionalDouble.of(event.getX());
        pressedAt = at(event);
        if (onTicks(event.getY())) {
            hand = Hand.STRETCH;
        } else if (event.isShiftDown()) {
            hand = Hand.MARK;
            model.mark(Optional.empty());
        } else {
            hand = Hand.PLAYHEAD;
            model.drag(pressedAt);
        }
        event.consume();
    }

    private void drag(MouseEvent event) {
        switch (hand) {
            case NONE -> {}
            case PLAYHEAD -> model.drag(at(event));
            case MARK -> {
                long to = at(event);
                model.mark(
                        to == pressedAt
                                ? Optional.empty()
                                : Optional.of(
                                        new Stretch(
                                                Math.min(pressedAt, to), Math.max(pressedAt, to))));
            }
            case STRETCH -> model.move(pressedAt - at(event));
        }
        event.consume();
    }

    private void release(MouseEvent event) {
        Hand held = hand;
        hand = Hand.NONE;
        if (held == Hand.PLAYHEAD) {
            model.drop();
        } else if (held == Hand.MARK
                && pressedX.isPresent()
                && Math.abs(event.getX() - pressedX.getAsDouble()) < 3 * scale) {
            // A click marks nothing, and takes a mark away.
            model.mark(Optional.empty());
        }
        pressedX = OptionalDouble.empty();
        event.consume();
    }

    private long at(MouseEvent event) {
        return projection().at(Math.clamp(event.getX(), painter.left(), painter.right()));
    }

    private void scroll(ScrollEvent event) {
        double turned = event.getDeltaY() == 0 ? event.getDeltaX() : event.getDeltaY();
        if (turned != 0) {
            if (event.isShiftDown() || event.getDeltaY() == 0) {
                model.move(Math.round(-turned * projection().perPixel()));
            } else {
                double x = Math.clamp(event.getX(), painter.left(), painter.right());
                model.zoom(projection().at(x), turned > 0 ? 1 / NOTCH : NOTCH);
            }
        }
        event.consume();
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        long width = model.stretchProperty().get().width();
        boolean used =
                switch (event.getCode()) {
                    case LEFT, KP_LEFT -> nudge(-width, event.isShiftDown());
                    case RIGHT, KP_RIGHT -> nudge(width, event.isShiftDown());
                    case PAGE_UP -> turn(-width);
                    case PAGE_DOWN -> turn(width);
                    case ADD, PLUS, EQUALS -> zoom(1 / NOTCH);
                    case SUBTRACT, MINUS -> zoom(NOTCH);
                    default -> false;
                };
        if (used) {
            event.consume();
        }
    }

    private boolean nudge(long width, boolean marks) {
        long at = model.playheadProperty().get();
        long to = at + Math.round(width * STEP);
        if (marks) {
            Stretch before = model.marked().orElse(new Stretch(at, at + 1));
            boolean grows = Math.abs(at - before.to()) <= Math.abs(at - before.from());
            long other = grows ? before.from() : before.to();
            if (other != to) {
                model.mark(Optional.of(new Stretch(Math.min(other, to), Math.max(other, to))));
            }
        }
        model.goTo(Times.instant(to));
        return true;
    }

    private boolean turn(long by) {
        model.move(by);
        return true;
    }

    private boolean zoom(double factor) {
        model.zoom(model.playheadProperty().get(), factor);
        return true;
    }

    /** Runs only while there is something to paint. */
    private final class Pulse extends AnimationTimer {
        @Override
        public void handle(long now) {
            stop();
            paint();
        }
    }
}
