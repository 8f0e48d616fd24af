package vigie.console.plan;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.layout.Region;

import vigie.console.style.Palette;
import vigie.picture.Picture;
import vigie.plan.ElementId;
import vigie.text.Words;

import java.time.Instant;
import java.util.Optional;

/** The live floor plan. Used on the JavaFX thread only. */
public final class PlanView extends Region {
    private final ObjectProperty<Optional<ElementId>> selected =
            new SimpleObjectProperty<>(this, "selected", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ElementId>> hovered =
            new ReadOnlyObjectWrapper<>(this, "hovered", Optional.empty());
    private final ReadOnlyObjectWrapper<Point2D> pointer =
            new ReadOnlyObjectWrapper<>(this, "pointer", Point2D.ZERO);

    public PlanView(Words words, Palette palette) {
        setWords(words);
        setPalette(palette);
    }

    /**
     * Shows a picture; paints only what differs from the one shown before.
     *
     * @param now by the clock of the picture; ages are reckoned from it. To keep them true, call at
     *     least once a second, also with the same picture
     * @param connected false: the picture is no longer followed, and looks so
     */
    public void show(Picture picture, Instant now, boolean connected) {
        pointer.get();
    }

    /** The element the operator works with; a sensor may be set too. */
    public ObjectProperty<Optional<ElementId>> selectedProperty() {
        return selected;
    }

    /** The element under the pointer. */
    public ReadOnlyObjectProperty<Optional<ElementId>> hoveredProperty() {
        return hovered.getReadOnlyProperty();
    }

    /** Where the pointer is while something is hovered, in this view's coordinates. */
    public ReadOnlyObjectProperty<Point2D> pointerProperty() {
        return pointer.getReadOnlyProperty();
    }

    /** Shows the whole plan. */
    public void fit() {
        requestLayout();
    }

    public void zoomIn() {
        requestLayout();
    }

    public void zoomOut() {
        requestLayout();
    }

    /** Moves the plan by pixels. */
    public void pan(double dx, double dy) {
        requestLayout();
    }

    /** Brings an element to the middle, near enough to read it, and gives it the keyboard. */
    public void focusOn(ElementId element) {
        requestLayout();
    }

    /** Changes the language, at once. */
    public void setWords(Words words) {
        requestLayout();
    }

    /** Changes the colours, at once. */
    public void setPalette(Palette palette) {
        requestLayout();
    }
}
