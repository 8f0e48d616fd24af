package vigie.console.points;

import vigie.console.words.Figures;
import vigie.console.words.ReadingWords;
import vigie.picture.PlacedReading;
import vigie.plan.ElementId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.room.Freshness;
import vigie.room.PointState;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One point of the list. The row stays the same object while the point exists; what it shows
 * changes. JavaFX thread only.
 */
public final class PointRow {
    private final PointKey key;
    private PointState state;
    private Optional<PlacedReading> placed;
    private Optional<Place> place;

    /**
     * Where a point is bound.
     *
     * @param sensor the sensor
     * @param label what people call the place, in the language of the moment
     */
    public record Place(ElementId sensor, String label) {}

    PointRow(PointState state, Optional<PlacedReading> placed, Optional<Place> place) {
        key = state.key();
        this.state = state;
        this.placed = placed;
        this.place = place;
    }

    PointKey key() {
        return key;
    }

    /** Takes what is new; whether anything is. */
    @SuppressWarnings("ReferenceEquality") // what did not change is the same object
    boolean update(
            PointState newState, Optional<PlacedReading> newPlaced, Optional<Place> newPlace) {
        boolean same =
                newState == state && sameReading(newPlaced) && Objects.equals(newPlace, place);
        state = newState;
        placed = newPlaced;
        place = newPlace;
        return !same;
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean sameReading(Optional<PlacedReading> other) {
        return other.orElse(null) == placed.orElse(null);
    }

    /** The entity's name in Home Assistant, for example {@code sensor.rack_a1_inlet_top}. */
    public String name() {
        return state.id().name();
    }

    /** The name people gave it; its entity's name where they gave none. */
    public String title() {
        return state.newest()
                .flatMap(reading -> reading.attributes().friendlyName())
                .filter(title -> !title.isBlank())
                .orElseGet(this::name);
    }

    /** Where it is bound; empty: not on the plan. */
    public Optional<Place> place() {
        return place;
    }

    /** What the plan shows of it; empty: not on the plan. */
    public Optional<PlacedReading> placed() {
        return placed;
    }

    /** Value and unit as text, {@link Figures#NOTHING} where there is none to trust. */
    public String value(Figures figures) {
        if (placed.isPresent()) {
            return ReadingWords.value(placed.get(), figures);
        }
        return figures.recorded(state);
    }

    /** How far it may be trusted; empty: it never had a state. */
    public Optional<Quality> quality(Instant now, Freshness freshness) {
        return placed.map(PlacedReading::quality).or(() -> state.quality(now, freshness));
    }

    /** How old the value is, as text; empty where there is none. */
    public String age(Figures figures, Instant now) {
        return state.age(now).map(figures::age).orElse("");
    }

    /** Whether every word of a filter occurs in the names or the place. */
    boolean matches(List<String> filterWords, Locale locale) {
        if (filterWords.isEmpty()) {
            return true;
        }
        String all =
                SearchText.fold(
                        title() + ' ' + name() + ' ' + place.map(Place::label).orElse(""), locale);
        return filterWords.stream().allMatch(all::contains);
    }
}
