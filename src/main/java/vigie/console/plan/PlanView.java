package vigie.console.plan;

import javafx.animation.AnimationTimer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.words.ChangeWords;
import vigie.console.words.Figures;
import vigie.picture.Difference;
import vigie.picture.ElementPicture;
import vigie.picture.Picture;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.plan.Spot;
import vigie.text.Words;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The live floor plan: what does not change is painted once for a size and zoom, live values in
 * tiles over it, and only those tiles in which something changed. Nothing runs while nothing
 * changes.
 *
 * <p>Keys: Tab and the arrows go from element to element, Enter selects, Escape lets go, {@code +}
 * and {@code -} zoom, {@code F} or {@code 0} shows the whole plan, Shift with an arrow moves it.
 * {@code H}, or Enter on what is selected, shows an element's history. Mouse: the wheel zooms at
 * the pointer, dragging moves the plan, a click selects, a double click shows an element's history,
 * on bare floor the whole plan.
 *
 * <p>Used on the JavaFX thread only.
 */
public final class PlanView extends Region {
    /**
     * Tiles of live values painted in one frame; more wait for the next, so that a click is
     * answered even while everything on a very large screen changes at once.
     */
    private static final int TILES_PER_FRAME = 48;

    private final ObjectProperty<Optional<ElementId>> selected =
            new SimpleObjectProperty<>(this, "selected", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ElementId>> hovered =
            new ReadOnlyObjectWrapper<>(this, "hovered", Optional.empty());
    private final ReadOnlyObjectWrapper<Point2D> pointer =
            new ReadOnlyObjectWrapper<>(this, "pointer", Point2D.ZERO);

    private final Sheet floor;
    private final Sheet values;
    private final Rectangle veil = new Rectangle();
    private final Frames frames = new Frames();
    private final Corner corner = new Corner();
    private final DifferenceLegend legend = new DifferenceLegend();
    private final Rectangle clip = new Rectangle();
    private final Catchup catchup = new Catchup();

    private Words words;
    private Palette palette;
    private Phrases phrases;

    private Layout layout =
            new Layout(new Plan(vigie.plan.Label.of("·"), List.of(), List.of(), List.of()));
    private FloorPainter floorPainter;
    private Map<ElementId, ElementPicture> shown = Map.of();
    private final Ages ages = new Ages();
    private Instant now = Instant.EPOCH;
    private boolean connected = true;
    private Optional<Difference> difference = Optional.empty();
    private @Nullable Plan plan;

    private Viewport viewport = new Viewport(100, 0, 0);
    private Scale scale = new Scale(100, 1);
    private LabelPlaces labels;

    /** Of the bindings for which the labels were placed. */
    private int era;

    private Tiling tiling;
    private boolean fitted = true;
    private Optional<PlanLook> held = Optional.empty();
    private Optional<ElementId> cursor = Optional.empty();
    private Optional<Consumer<ElementId>> onHistory = Optional.empty();
    private double paintedDensity;
    private boolean outdated = true;

    /** An empty view; give it a picture with {@link #show}. */
    public PlanView(Words words, Palette palette) {
        this.words = words;
        this.palette = palette;
        this.phrases = new Phrases(words);
        this.floorPainter = new FloorPainter(layout, words);
        this.labels = new LabelPlaces(layout, scale, now);
        this.tiling = new Tiling(layout, scale, labels);
        this.floor = new Sheet(palette, (pen, part) -> floorPainter.paint(pen, part, labels.all()));
        this.values = new Sheet(palette, this::paintValues);
        getStyleClass().add("plan-view");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        veil.setManaged(false);
        veil.setMouseTransparent(true);
        veil.setVisible(false);
        setClip(clip);
        getChildren()
                .addAll(
                        floor.node(),
                        values.node(),
                        veil,
                        frames.node(),
                        corner.node(),
                        legend.node());
        selected.addListener((property, before, after) -> selectionChanged(after));
        hovered.addListener((property, before, after) -> placeFrames());
        focusedProperty().addListener((property, before, after) -> placeFrames());
        colour();
        speak();
        new PlanInput(this);
    }

    /**
     * Shows a picture; paints only what differs from the one shown before.
     *
     * @param picture elements whose data did not change are the same objects as before
     * @param time by the clock of the picture; ages are reckoned from it. To keep them true, call
     *     at least once a second, also with the same picture
     * @param followed false: the picture is no longer followed, and looks so
     */
    public void show(Picture picture, Instant time, boolean followed) {
        now = time;
        if (!picture.plan().equals(plan)) {
            plan = picture.plan();
            layout = new Layout(picture.plan());
            shown = picture.elements();
            connected = followed;
            ages.clear();
            cursor = Optional.empty();
            hovered.set(Optional.empty());
            veil.setVisible(!followed);
            replan();
            return;
        }
        Map<ElementId, ElementPicture> before = shown;
        shown = picture.elements();
        boolean restarted = followed != connected;
        if (restarted) {
            connected = followed;
            veil.setVisible(!followed);
            values.restart(scale, palette, density());
        }
        if (layout.era(now) != era) {
            // Another number of points is bound to some sensor: its text has another place.
            repaint();
        } else if (!restarted && difference.isEmpty()) {
            for (Piece piece : layout.pieces()) {
                ElementPicture after = shown.get(piece.id());
                if (isOther(before.get(piece.id()), after)
                        || (after != null && ages.turned(after, now, phrases, connected))) {
                    values.touch(tiling.reach(piece));
                }
            }
        }
        paintSoon();
        if (cursor.isPresent() || selected.get().isPresent()) {
            speak();
        }
    }

    /**
     * Draws how the room differs from another moment, instead of its values, and says so under the
     * plan; paints only what differs from before.
     *
     * @param shown of the plan that is shown, usually of the picture shown last; empty: the values
     *     again
     */
    public void compare(Optional<Difference> shown) {
        Optional<Difference> before = difference;
        difference = shown;
        if (before.isPresent() != shown.isPresent()) {
            outdated = true;
            if (hasRoom()) {
                move(fitted ? whole() : viewport);
            }
        } else if (shown.isPresent()) {
            for (Piece piece : layout.pieces()) {
                if (isOther(
                        before.get().elements().get(piece.id()),
                        shown.get().elements().get(piece.id()))) {
                    values.touch(tiling.reach(piece));
                }
            }
            paintSoon();
        }
        placeLegend();
        speak();
    }

    /**
     * The element the operator works with. A sensor that is read on another element may be set too;
     * the frame is then around that element.
     */
    public ObjectProperty<Optional<ElementId>> selectedProperty() {
        return selected;
    }

    /** The element under the pointer; empty over bare floor. */
    public ReadOnlyObjectProperty<Optional<ElementId>> hoveredProperty() {
        return hovered.getReadOnlyProperty();
    }

    /** Where the pointer is while something is hovered, in this view's coordinates. */
    public ReadOnlyObjectProperty<Point2D> pointerProperty() {
        return pointer.getReadOnlyProperty();
    }

    /** Shows the whole plan, now and whenever the view changes its size. */
    public void fit() {
        fitted = true;
        held = Optional.empty();
        if (hasRoom()) {
            move(whole());
        }
    }

    /**
     * What part of the plan is in view; empty: the whole, whatever size the view gets. The same
     * part in a window of another size needs only {@link #look}.
     */
    public Optional<PlanLook> looked() {
        if (held.isPresent()) {
            return held;
        }
        return fitted || !hasRoom()
                ? Optional.empty()
                : Optional.of(
                        new PlanLook(
                                viewport.spot(getWidth() / 2, getHeight() / 2),
                                viewport.scale() / whole().scale()));
    }

    /**
     * Shows a part of the plan, as soon as there is a plan and a size, and holds to it in whatever
     * size, until somebody moves the plan; empty: the whole.
     */
    public void look(Optional<PlanLook> part) {
        held = part;
        if (part.isEmpty()) {
            fit();
        } else if (hasRoom() && plan != null) {
            lookNow(part.get());
        }
    }

    private void lookNow(PlanLook part) {
        fitted = false;
        move(
                Viewport.centred(
                        part.middle().x(),
                        part.middle().y(),
                        allowed(whole().scale() * part.zoom()),
                        getWidth(),
                        getHeight()));
    }

    /** Larger by a quarter, about the middle. */
    public void zoomIn() {
        zoomAt(getWidth() / 2, getHeight() / 2, 1.25);
    }

    /** Smaller by a fifth, about the middle. */
    public void zoomOut() {
        zoomAt(getWidth() / 2, getHeight() / 2, 0.8);
    }

    /** Moves the plan by pixels. */
    public void pan(double dx, double dy) {
        fitted = false;
        held = Optional.empty();
        move(viewport.panned(dx, dy));
    }

    /** Brings an element to the middle, near enough to read it, and gives it the keyboard. */
    public void focusOn(ElementId element) {
        layout.piece(element)
                .ifPresent(piece -> {
                    cursor = Optional.of(piece.id());
                    fitted = false;
                    held = Optional.empty();
                    double near = Scale.referenceScale(getWidth(), getHeight()) * 1.6;
                    if (hasRoom()) {
                        move(
                                Viewport.centred(
                                        piece.extent().centreX(),
                                        piece.extent().centreY(),
                                        Math.max(viewport.scale(), near),
                                        getWidth(),
                                        getHeight()));
                    }
                    requestFocus();
                    placeFrames();
                    speak();
                });
    }

    /** Who shows the history of an element, where it can be shown. */
    public void setOnHistory(Consumer<ElementId> showsHistory) {
        onHistory = Optional.of(showsHistory);
    }

    /** Shows the history of an element; whether there is somebody who can. */
    boolean showHistory(Optional<ElementId> element) {
        if (element.isEmpty() || onHistory.isEmpty()) {
            return false;
        }
        onHistory.get().accept(element.get());
        return true;
    }

    /** Changes the language, at once. */
    public void setWords(Words newWords) {
        words = newWords;
        phrases = new Phrases(newWords);
        floorPainter = new FloorPainter(layout, newWords);
        ages.clear();
        repaint();
        speak();
    }

    /** Changes the colours, at once. */
    public void setPalette(Palette newPalette) {
        palette = newPalette;
        colour();
        repaint();
    }

    /** Pixels for a metre, for those who draw over the plan. */
    public double pixelsPerMetre() {
        return viewport.scale();
    }

    /** Where a place of the plan is in this view. */
    public Point2D pointOf(Spot spot) {
        return new Point2D(viewport.x(spot.x()), viewport.y(spot.y()));
    }

    /** Whether everything that is to be seen has been painted. */
    public boolean isPainted() {
        return floor.waiting() == 0 && values.waiting() == 0;
    }

    /** How many tiles have been painted since the beginning. */
    long paintedTiles() {
        return floor.painted() + values.painted();
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        veil.setWidth(getWidth());
        veil.setHeight(getHeight());
        if (!hasRoom()) {
            return;
        }
        if (held.isPresent() && plan != null) {
            lookNow(held.get());
        } else {
            move(fitted ? whole() : limited(viewport));
        }
    }

    /** Zooms by a factor, with the plan under a point of the view staying there. */
    void zoomAt(double x, double y, double factor) {
        double next = allowed(viewport.scale() * factor);
        if (next == viewport.scale()) {
            return;
        }
        fitted = false;
        held = Optional.empty();
        move(viewport.zoomedAt(x, y, next / viewport.scale()));
    }

    /** The nearest scale that may be had. */
    private double allowed(double pixelsPerMetre) {
        double least = whole().scale() * 0.6;
        double most = Math.max(least, Scale.referenceScale(getWidth(), getHeight()) * 8);
        return Math.clamp(pixelsPerMetre, least, most);
    }

    /** What is at a point of the view; the room itself counts as nothing. */
    Optional<ElementId> at(double x, double y) {
        double reach = scale.units(11) / viewport.scale();
        return layout.at(viewport.spot(x, y), reach)
                .filter(piece -> !(piece.element() instanceof Element.Room))
                .map(Piece::id);
    }

    void hover(double x, double y) {
        pointer.set(new Point2D(x, y));
        hovered.set(at(x, y));
    }

    void hoverNothing() {
        hovered.set(Optional.empty());
    }

    void select(Optional<ElementId> element) {
        if (element.isPresent()) {
            cursor = element;
        }
        selected.set(element);
        placeFrames();
    }

    Optional<ElementId> cursor() {
        return cursor;
    }

    /** Gives the keyboard to an element, moving the plan where it is not in view. */
    void setCursor(ElementId element) {
        layout.piece(element)
                .ifPresent(piece -> {
                    cursor = Optional.of(piece.id());
                    Extent area = inView(piece);
                    double margin = 20;
                    double dx =
                            area.left() < margin
                                    ? margin - area.left()
                                    : Math.min(0, getWidth() - margin - area.right());
                    double dy =
                            area.top() < margin
                                    ? margin - area.top()
                                    : Math.min(0, getHeight() - margin - area.bottom());
                    if (dx != 0 || dy != 0) {
                        pan(dx, dy);
                    }
                    placeFrames();
                    speak();
                });
    }

    Layout layoutOfPlan() {
        return layout;
    }

    private void replan() {
        floorPainter = new FloorPainter(layout, words);
        if (hasRoom()) {
            outdated = true;
            if (held.isPresent()) {
                lookNow(held.get());
            } else {
                move(fitted ? whole() : limited(viewport));
            }
        }
        placeFrames();
        speak();
    }

    private void repaint() {
        outdated = true;
        if (hasRoom()) {
            move(viewport);
        }
    }

    private void colour() {
        setBackground(
                new Background(
                        new BackgroundFill(palette.colour(Role.GROUND), CornerRadii.EMPTY, null)));
        // Half of the role's: the values under it must stay readable; they are drawn as not live.
        veil.setFill(palette.colour(Role.VEIL, 0.4));
        frames.setPalette(palette);
    }

    /** Everything the view shows follows from here. */
    private void move(Viewport to) {
        double density = density();
        viewport = limited(to).snapped(density);
        Scale wanted = Scale.of(viewport.scale(), getWidth(), getHeight());
        if (outdated || !wanted.equals(scale) || density != paintedDensity) {
            outdated = false;
            paintedDensity = density;
            scale = wanted;
            labels = new LabelPlaces(layout, scale, now);
            era = layout.era(now);
            tiling = new Tiling(layout, scale, labels);
            floor.restart(scale, palette, density);
            values.restart(scale, palette, density);
            corner.outdate();
        }
        corner.place(layout.extent(), viewport, getWidth(), getHeight());
        corner.paint(scale, palette, words, density);
        for (Sheet sheet : List.of(floor, values)) {
            sheet.node().setTranslateX(viewport.left());
            sheet.node().setTranslateY(viewport.top());
            sheet.cover(Extent.sized(-viewport.left(), -viewport.top(), getWidth(), getHeight()));
        }
        placeLegend();
        placeFrames();
        floor.paint(Integer.MAX_VALUE);
        values.paint(Integer.MAX_VALUE);
    }

    private void paintSoon() {
        if (values.paint(TILES_PER_FRAME)) {
            catchup.start();
        }
    }

    private void paintValues(Pen pen, Extent part) {
        if (difference.isPresent()) {
            DifferencePainter painter = new DifferencePainter(pen, layout, changeWords());
            for (Piece piece : tiling.in(part)) {
                difference
                        .get()
                        .element(piece.id())
                        .ifPresent(its -> painter.paint(piece, its, labels.of(piece.id())));
            }
            return;
        }
        Live live = new Live(phrases, layout, now, connected);
        for (Piece piece : tiling.in(part)) {
            ElementPicture picture = shown.get(piece.id());
            if (picture != null) {
                PiecePainter.paint(pen, live, piece, picture, labels.of(piece.id()));
            }
        }
    }

    /** By reference: the picture keeps the object of what did not change. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(@Nullable Object before, @Nullable Object after) {
        return before != after;
    }

    private void selectionChanged(Optional<ElementId> element) {
        element.flatMap(layout::piece).map(Piece::id).ifPresent(id -> cursor = Optional.of(id));
        placeFrames();
        speak();
    }

    private void placeFrames() {
        frames.place(
                hovered.get().flatMap(layout::piece).map(this::inView),
                selected.get().flatMap(layout::piece).map(this::inView),
                isFocused() ? cursor.flatMap(layout::piece).map(this::inView) : Optional.empty(),
                Scale.windowUnit(Math.max(1, getWidth()), Math.max(1, getHeight())));
    }

    /** The area of a piece with its label, in this view. */
    private Extent inView(Piece piece) {
        Extent area = piece.extent().times(viewport.scale());
        if (piece.element() instanceof Element.Sensor) {
            area = area.grown(scale.units(11));
        }
        return new Extent(
                area.left() + viewport.left(),
                area.top() + viewport.top(),
                area.right() + viewport.left(),
                area.bottom() + viewport.top());
    }

    private Viewport whole() {
        return Viewport.whole(
                layout.extent(),
                getWidth(),
                getHeight(),
                difference.isPresent()
                        ? DifferenceLegend.HEIGHT - Viewport.MARGIN / 2
                        : Viewport.SCALE_BAR);
    }

    private Viewport limited(Viewport wanted) {
        return wanted.keeping(layout.extent(), getWidth(), getHeight());
    }

    private boolean hasRoom() {
        return getWidth() > 1 && getHeight() > 1;
    }

    private double density() {
        Window window = getScene() == null ? null : getScene().getWindow();
        return window == null ? 1 : Math.max(1, window.getOutputScaleX());
    }

    private ChangeWords changeWords() {
        return new ChangeWords(new Figures(words, layout.zone()));
    }

    private void placeLegend() {
        if (difference.isEmpty() || !hasRoom()) {
            legend.hide();
            return;
        }
        legend.show(
                difference.get().now().at(),
                difference.get().then().at(),
                changeWords(),
                palette,
                getWidth(),
                getHeight(),
                density());
    }

    private String describe(Piece piece) {
        return difference
                .flatMap(its -> its.element(piece.id()))
                .flatMap(its -> its.leading().or(() -> its.changes().stream().findFirst()))
                .map(change ->
                        words.say(
                                "difference.spoken",
                                phrases.name(piece.element()),
                                changeWords()
                                        .line(
                                                change,
                                                difference.orElseThrow().now().at(),
                                                difference.orElseThrow().then().at())))
                .orElseGet(() ->
                        phrases.describe(
                                piece, Optional.ofNullable(shown.get(piece.id())), now, connected));
    }

    private void speak() {
        String text =
                cursor.or(selected::get)
                        .flatMap(layout::piece)
                        .map(this::describe)
                        .orElseGet(() -> phrases.say("view"));
        if (!text.equals(getAccessibleText())) {
            setAccessibleText(text);
            notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }
    }

    /** Paints in the frames that follow what one frame had no room for; then it stops. */
    private final class Catchup extends AnimationTimer {
        @Override
        public void handle(long nanos) {
            if (!values.paint(TILES_PER_FRAME)) {
                stop();
            }
        }
    }
}
