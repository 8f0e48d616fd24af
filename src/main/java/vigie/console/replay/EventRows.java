package vigie.console.replay;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import vigie.console.points.SearchText;
import vigie.timeline.Occurrence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rows of the list of events: of the kinds that are chosen, with the words that are searched.
 * One thread, in the window JavaFX's.
 */
final class EventRows {
    private final ObservableList<EventRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Set<Occurrence.Kind>> kinds =
            new ReadOnlyObjectWrapper<>(EnumSet.allOf(Occurrence.Kind.class));
    private final ReadOnlyObjectWrapper<Optional<EventRow>> current =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty search = new SimpleStringProperty("");

    /** A row is written once, as long as what it tells is known. */
    private final Map<Occurrence, EventRow> written = new HashMap<>();

    ObservableList<EventRow> rows() {
        return rows;
    }

    ReadOnlyObjectProperty<Set<Occurrence.Kind>> kindsProperty() {
        return kinds.getReadOnlyProperty();
    }

    /** These kinds from now on. */
    void choose(Set<Occurrence.Kind> chosen) {
        kinds.set(chosen);
    }

    StringProperty searchProperty() {
        return search;
    }

    /** Another language: every row is written anew. */
    void forget() {
        written.clear();
    }

    /** Keeps the rows of these events only. */
    void retain(Collection<Occurrence> events) {
        written.keySet().retainAll(new HashSet<>(events));
    }

    /** The last of the rows that had begun by the moment shown; empty at present. */
    ReadOnlyObjectProperty<Optional<EventRow>> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /**
     * Shows the rows of what happened.
     *
     * @param writes the row of an event in the language spoken, where it is not written yet
     * @param at the moment shown; empty: the present
     */
    void show(
            List<Occurrence> events,
            Function<Occurrence, EventRow> writes,
            Locale locale,
            Optional<Instant> at) {
        List<String> words = SearchText.words(search.get(), locale);
        List<EventRow> shown = new ArrayList<>();
        for (Occurrence event : events) {
            if (kinds.get().contains(event.kind())) {
                EventRow row = written.computeIfAbsent(event, writes);
                if (words.stream().allMatch(row.searched()::contains)) {
                    shown.add(row);
                }
            }
        }
        if (!shown.equals(rows)) {
            // Other rows stand about the one of now: whoever shows it looks for it again.
            current.set(Optional.empty());
            rows.setAll(shown);
        }
        show(at);
    }

    /** Another moment is shown; empty: the present. */
    void show(Optional<Instant> at) {
        int index = indexAt(at);
        current.set(index < 0 || at.isEmpty() ? Optional.empty() : Optional.of(rows.get(index)));
    }

    /** The index of the last row that had begun by a moment, or of all; −1 where there is none. */
    int indexAt(Optional<Instant> at) {
        if (at.isEmpty()) {
            return rows.size() - 1;
        }
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).event().at().isAfter(at.get())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }
}
