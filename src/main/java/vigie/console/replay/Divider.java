package vigie.console.replay;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

import java.util.function.DoubleSupplier;

/**
 * The edge between the plan and the timeline under it, which a hand draws up and down. A double
 * click folds lanes and list, and unfolds them; so does Enter, and the arrows move it by a line.
 * JavaFX thread only.
 */
final class Divider extends Region {
    private final DoubleSupplier em;
    private final ReadOnlyObjectWrapper<PanelSize> size =
            new ReadOnlyObjectWrapper<>(PanelSize.USUAL);
    private double pressedY;
    private double pressedEms;

    /**
     * @param em pixels of the height of a line of text
     */
    Divider(DoubleSupplier em) {
        this.em = em;
        setId("replay-divider");
        getStyleClass().add("replay-divider");
        setCursor(Cursor.V_RESIZE);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseClicked(this::click);
        setOnKeyPressed(this::key);
    }

    ReadOnlyObjectProperty<PanelSize> sizeProperty() {
        return size.getReadOnlyProperty();
    }

    void setSize(PanelSize newSize) {
        size.set(newSize);
    }

    private void press(MouseEvent event) {
        pressedY = event.getScreenY();
        pressedEms = size.get().folded() ? 0 : size.get().ems();
        event.consume();
    }

    private void drag(MouseEvent event) {
        double moved = pressedY - event.getScreenY();
        // Less is a hand that clicks.
        if (event.getButton() == MouseButton.PRIMARY && Math.abs(moved) > 3) {
            size.set(size.get().drawnTo(pressedEms + moved / em.getAsDouble()));
        }
        event.consume();
    }

    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            size.set(size.get().turned());
        }
        event.consume();
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        PanelSize before = size.get();
        switch (event.getCode()) {
            case UP, KP_UP ->
                    size.set(before.folded() ? before.turned() : before.drawnTo(before.ems() + 1));
            case DOWN, KP_DOWN ->
                    size.set(
                            before.ems() <= PanelSize.LEAST
                                    ? new PanelSize(before.ems(), true)
                                    : before.drawnTo(before.ems() - 1));
            case ENTER -> size.set(before.turned());
            default -> {
                return;
            }
        }
        event.consume();
    }
}
