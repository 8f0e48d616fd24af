package vigie.console.points;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

import vigie.console.bridge.Frame;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.picture.ElementPicture;
import vigie.picture.Picture;
import vigie.picture.PlacedReading;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.point.PointKey;
import vigie.room.Freshness;
import vigie.room.PointState;
import vigie.room.RoomState;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All points, sorted by name, filtered by what is typed. Values change in place: the list is sorted
 * again only when a point comes, goes or gets another name. JavaFX thread only.
 */
public final class PointsModel {
    /** More often, nobody could read it, and it would cost frames of the plan. */
    static final Duration PACE = Duration.ofMillis(400);

    private static final Comparator<PointRow> BY_NAME =
            Comparator.comparing(
                            (PointRow row) -> SearchText.fold(row.title(), Locale.ROOT),
                            NaturalOrder.INSTANCE)
                    .thenComparing(PointRow::name);

    /** What the rows of the list are drawn with. */
    public record Look(Figures figures, Instant now, Freshness freshness) {}

    private final Speech speech;
    private final Map<PointKey, PointRow> known = new HashMap<>();
    private final Map<PointKey, String> titles = new HashMap<>();
    private final ObservableList<PointRow> all = FXCollections.observableArrayList();
    private final FilteredList<PointRow> shown = new FilteredList<>(all);
    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper emptyText = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Look>> look =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private Optional<Frame> last = Optional.empty();
    private Optional<RoomState> lastState = Optional.empty();
    private Optional<Map<ElementId, ElementPicture>> lastElements = Optional.empty();
    private Instant nextUpdate = Instant.MIN;

    public PointsModel(Speech speech) {
        this.speech = speech;
        filter.addListener(typed -> applyFilter());
        speech.wordsProperty()
                .addListener(language -> {
                    nextUpdate = Instant.MIN;
                    lastState = Optional.empty();
                    last.ifPresent(this::show);
                    tellCount();
                });
        tellCount();
    }

    /** Takes a frame; most are passed over, see {@link #PACE}. */
    public void show(Frame frame) {
        boolean first = last.isEmpty() || known.isEmpty();
        last = Optional.of(frame);
        // A clock set back must not stop the list.
        boolean early =
                frame.now().isBefore(nextUpdate)
                        && frame.now().isAfter(nextUpdate.minus(PACE.multipliedBy(2)));
        if (early && !first) {
            return;
        }
        nextUpdate = frame.now().plus(PACE);
        if (isNew(frame)) {
            lastState = Optional.of(frame.moment().state());
            lastElements = Optional.of(frame.picture().elements());
            update(frame);
        }
        look.set(
                Optional.of(
                        new Look(
                                figures(frame.picture()),
                                frame.now(),
                                frame.picture().freshness())));
    }

    /** The rows that pass the filter. */
    public FilteredList<PointRow> shown() {
        return shown;
    }

    /** What is typed into the search box. */
    public StringProperty filterProperty() {
        return filter;
    }

    /** How many points there are, how many are shown, how many are not on the plan. */
    public ReadOnlyStringProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** What stands in place of an empty list. */
    public ReadOnlyStringProperty emptyTextProperty() {
        return emptyText.getReadOnlyProperty();
    }

    /** Changes when the rows must be drawn again. */
    public ReadOnlyObjectProperty<Optional<Look>> lookProperty() {
        return look.getReadOnlyProperty();
    }

    /** Time alone changes qualities too: then the picture has other elements for the same state. */
    @SuppressWarnings("ReferenceEquality") // what is another is another object
    private boolean isNew(Frame frame) {
        return lastState.filter(state -> state == frame.moment().state()).isEmpty()
                || lastElements
                        .filter(elements -> elements == frame.picture().elements())
                        .isEmpty();
    }

    private void update(Frame frame) {
        Map<PointKey, PlacedReading> bound = bound(frame.picture());
        Set<PointKey> gone = new HashSet<>(known.keySet());
        List<PointRow> come = new ArrayList<>();
        boolean renamed = false;
        for (PointState state : frame.moment().state().points()) {
            gone.remove(state.key());
            Optional<PlacedReading> placed = Optional.ofNullable(bound.get(state.key()));
            Optional<PointRow.Place> place = placed.map(this::place);
            PointRow row = known.get(state.key());
            if (row == null) {
                row = new PointRow(state, placed, place);
                known.put(state.key(), row);
                come.add(row);
                titles.put(row.key(), row.title());
            } else if (row.update(state, placed, place)) {
                String title = row.title();
                renamed |= !title.equals(titles.put(row.key(), title));
            }
        }
        gone.forEach(known::remove);
        gone.forEach(titles::remove);
        if (!gone.isEmpty() || !come.isEmpty() || renamed) {
            List<PointRow> sorted = new ArrayList<>(known.values());
            sorted.sort(BY_NAME);
            all.setAll(sorted);
        }
        tellCount();
    }

    private PointRow.Place place(PlacedReading reading) {
        String sensor = reading.sensor().label().in(speech.words().locale());
        return new PointRow.Place(reading.sensor().id(), sensor);
    }

    private static Map<PointKey, PlacedReading> bound(Picture picture) {
        Map<PointKey, PlacedReading> bound = new HashMap<>();
        for (Element.Sensor sensor : picture.plan().elements(Element.Sensor.class)) {
            picture.element(sensor.id()).map(ElementPicture::readings).orElse(List.of()).stream()
                    .filter(reading -> reading.state().isPresent())
                    .forEach(reading -> bound.put(reading.state().orElseThrow().key(), reading));
        }
        return bound;
    }

    private void applyFilter() {
        Locale locale = speech.words().locale();
        List<String> words = SearchText.words(filter.get(), locale);
        shown.setPredicate(row -> row.matches(words, locale));
        tellCount();
    }

    private void tellCount() {
        long unbound = all.stream().filter(row -> row.place().isEmpty()).count();
        boolean filtered = !filter.get().isBlank();
        count.set(
                all.isEmpty()
                        ? ""
                        : filtered
                                ? speech.say("points.found", shown.size(), all.size())
                                : speech.say("points.count", all.size(), unbound));
        emptyText.set(
                filtered
                        ? speech.say("points.none-found", filter.get().strip())
                        : speech.say("points.none"));
    }

    private Figures figures(Picture picture) {
        return RoomZone.figures(speech.words(), picture.plan());
    }
}
