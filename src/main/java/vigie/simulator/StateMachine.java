package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Home Assistant's state machine, as far as the recorder sees it: a report that repeats state and
 * attributes only moves "last reported"; everything else is a change and goes on. Its times are
 * whole microseconds, as Home Assistant's are. Not thread-safe.
 */
final class StateMachine {
    private static final class Entry {
        String state;
        String attributes;
        double changed;
        double reported;

        Entry(String state, String attributes, double time) {
            this.state = state;
            this.attributes = attributes;
            this.changed = time;
            this.reported = time;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();

    /** An entity reports. Longer texts than Home Assistant allows become {@code unknown}. */
    void set(
            String entityId,
            String text,
            String attributes,
            double at,
            Consumer<StateChange> changes) {
        double time = Utc.wholeMicros(at);
        String state = text.length() > 255 ? "unknown" : text;
        @Nullable Entry entry = entries.get(entityId);
        if (entry == null) {
            entries.put(entityId, new Entry(state, attributes, time));
            changes.accept(new StateChange(entityId, state, attributes, time, time, null));
            return;
        }
        boolean sameState = entry.state.equals(state);
        if (sameState && entry.attributes.equals(attributes)) {
            entry.reported = time;
            return;
        }
        double previousReported = entry.reported;
        entry.state = state;
        entry.attributes = attributes;
        entry.changed = sameState ? entry.changed : time;
        entry.reported = time;
        changes.accept(
                new StateChange(
                        entityId, state, attributes, entry.changed, time, previousReported));
    }

    /** An entity says again what it said before. */
    void repeat(String entityId, double at) {
        @Nullable Entry entry = entries.get(entityId);
        if (entry != null) {
            entry.reported = Utc.wholeMicros(at);
        }
    }

    /** An entity is removed: a change without a state, if it was there. */
    void remove(String entityId, double at, Consumer<StateChange> changes) {
        @Nullable Entry entry = entries.remove(entityId);
        if (entry != null) {
            double time = Utc.wholeMicros(at);
            changes.accept(new StateChange(entityId, null, "{}", time, time, entry.reported));
        }
    }

    /** Home Assistant was restarted: it remembers no state. */
    void clear() {
        entries.clear();
    }
}
