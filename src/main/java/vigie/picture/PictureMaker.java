package vigie.picture;

import org.jspecify.annotations.Nullable;

import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Span;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.room.Bindings;
import vigie.room.Freshness;
import vigie.room.PointState;
import vigie.room.RoomState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes the pictures of one plan, one after the other, each from what changed since the one before:
 * a point that is the same object is not looked at again, and an element none of whose readings
 * changed stays the same object. What it makes depends only on plan, bindings, state and moment,
 * never on the pictures before; they only save work.
 *
 * <p>For one thread at a time. Another plan needs another maker, which may go on with the {@link
 * #bindings()} of this one.
 */
public final class PictureMaker {
    /** A placement with all that stays the same: where it is, and which limits can ever hold. */
    private record Slot(
            Placement placement,
            Element.Sensor sensor,
            List<Limits> limits,
            List<Integer> elements) {}

    /** An element with the slots of its sensors, in the order in which it shows them. */
    private record Member(ElementId id, List<Integer> slots) {}

    private final Plan plan;
    private final List<PointId> names;
    private final Slot[] slots;
    private final Member[] members;

    /** When placements or limits begin or end. */
    private final NavigableSet<Instant> turns = new TreeSet<>();

    private final @Nullable PointKey[] keys;
    private final @Nullable PointState[] seen;
    private final @Nullable PlacedReading[] readings;

    /** For each slot when time alone changes its quality; null: never. */
    private final @Nullable Instant[] qualityTurns;

    private Bindings bindings;
    private @Nullable Picture last;

    /**
     * A maker for a plan.
     *
     * @param bindings what is known of the plan's names so far, {@link Bindings#NONE} at first
     */
    public PictureMaker(Plan plan, Bindings bindings) {
        this.plan = plan;
        this.bindings = bindings;
        names = plan.placements().stream().map(Placement::point).distinct().toList();

        Map<ElementId, List<Integer>> slotsOf = new LinkedHashMap<>();
        List<Placement> placements = plan.placements();
        for (int i = 0; i < placements.size(); i++) {
            Element.Sensor sensor = sensorOf(placements.get(i));
            slotsOf.computeIfAbsent(sensor.id(), _ -> new ArrayList<>()).add(i);
            if (sensor.of().isPresent()) {
                slotsOf.computeIfAbsent(sensor.of().get(), _ -> new ArrayList<>()).add(i);
            }
        }
        members = new Member[slotsOf.size()];
        Map<ElementId, Integer> memberOf = HashMap.newHashMap(members.length);
        slotsOf.forEach((id, all) -> {
            List<Integer> ordered = new ArrayList<>(all);
            if (plan.element(id).orElse(null) instanceof Element.Rack) {
                Comparator<Integer> byHeight =
                        Comparator.comparingDouble(i -> sensorOf(placements.get(i)).height());
                ordered.sort(byHeight.reversed());
            }
            int index = memberOf.size();
            memberOf.put(id, index);
            members[index] = new Member(id, List.copyOf(ordered));
        });
        slots = new Slot[placements.size()];
        for (int i = 0; i < slots.length; i++) {
            Placement placement = placements.get(i);
            Element.Sensor sensor = sensorOf(placement);
            List<Integer> elements = new ArrayList<>(2);
            elements.add(memberOf.get(sensor.id()));
            sensor.of().ifPresent(of -> elements.add(memberOf.get(of)));
            slots[i] =
                    new Slot(
                            placement,
                            sensor,
                            plan.limitsFor(sensor, placement.quantity()),
                            List.copyOf(elements));
            addTurns(placement.span());
            slots[i].limits().forEach(limits -> addTurns(limits.span()));
        }
        keys = new @Nullable PointKey[slots.length];
        seen = new @Nullable PointState[slots.length];
        readings = new @Nullable PlacedReading[slots.length];
        qualityTurns = new @Nullable Instant[slots.length];
    }

    /** Another maker for the plan, which begins with what this one knows of its names. */
    public PictureMaker another() {
        return new PictureMaker(plan, bindings);
    }

    /** What is known of the plan's names after the newest picture. */
    public Bindings bindings() {
        return bindings;
    }

    /** The picture of a state at a moment, where nothing is known of anybody's habits. */
    public Picture next(RoomState state, Instant at) {
        return next(state, Freshness.UNKNOWN, at);
    }

    /**
     * The picture of a state at a moment.
     *
     * @param state any state, not only a later one
     * @param freshness what holds at that moment
     * @param at the moment, by the corrected clock of Home Assistant's host; it may go back
     */
    @SuppressWarnings(
            "ReferenceEquality") // the state keeps the object of a point that is unchanged
    public Picture next(RoomState state, Freshness freshness, Instant at) {
        Picture before = last;
        bind(state, before);
        boolean everything =
                before == null || turned(before.at(), at) || !freshness.equals(before.freshness());
        BitSet dirty = new BitSet(members.length);
        for (int i = 0; i < slots.length; i++) {
            PointKey key = keys[i];
            PointState point = key == null ? null : state.point(key).orElse(null);
            if (everything || point != seen[i] || hasTurned(i, at)) {
                seen[i] = point;
                if (show(i, freshness, at)) {
                    for (int element : slots[i].elements()) {
                        dirty.set(element);
                    }
                }
            }
        }
        Picture picture = new Picture(plan, state, freshness, at, elements(before, dirty));
        last = picture;
        return picture;
    }

    private boolean hasTurned(int i, Instant at) {
        Instant turn = qualityTurns[i];
        return turn != null && !turn.isAfter(at);
    }

    /** Whether time alone may have changed more than single qualities. */
    private boolean turned(Instant from, Instant to) {
        if (to.isBefore(from)) {
            return true;
        }
        Instant turn = turns.higher(from);
        return turn != null && !turn.isAfter(to);
    }

    private void bind(RoomState state, @Nullable Picture before) {
        if (before != null && state.hasSameNamesAs(before.state())) {
            return;
        }
        Bindings next = bindings.after(state, names);
        if (before == null || !next.equals(bindings)) {
            bindings = next;
            for (int i = 0; i < slots.length; i++) {
                keys[i] = next.key(slots[i].placement().point()).orElse(null);
            }
        }
    }

    /** Judges a slot anew; says whether it now shows something else. */
    private boolean show(int i, Freshness freshness, Instant at) {
        Slot slot = slots[i];
        Optional<PointState> point = Optional.ofNullable(seen[i]);
        PlacedReading reading = null;
        if (slot.placement().span().contains(at)) {
            reading =
                    Judge.judge(
                            slot.placement(), slot.sensor(), slot.limits(), point, freshness, at);
        }
        qualityTurns[i] =
                reading == null ? null : point.flatMap(one -> one.turn(at, freshness)).orElse(null);
        PlacedReading shown = readings[i];
        if (reading == null ? shown == null : reading.equals(shown)) {
            return false;
        }
        readings[i] = reading;
        return true;
    }

    private Map<ElementId, ElementPicture> elements(@Nullable Picture before, BitSet dirty) {
        Map<ElementId, ElementPicture> shown = before == null ? Map.of() : before.elements();
        if (dirty.isEmpty()) {
            return shown;
        }
        Map<ElementId, ElementPicture> elements = new HashMap<>(shown);
        for (int i = dirty.nextSetBit(0); i >= 0; i = dirty.nextSetBit(i + 1)) {
            ElementPicture element = element(members[i]);
            if (element.readings().isEmpty()) {
                elements.remove(element.element());
            } else {
                elements.put(element.element(), element);
            }
        }
        return elements;
    }

    private ElementPicture element(Member member) {
        List<PlacedReading> shown = new ArrayList<>(member.slots().size());
        Deviation deviation = Deviation.NONE;
        PlacedReading worst = null;
        int blind = 0;
        for (int slot : member.slots()) {
            PlacedReading reading = readings[slot];
            if (reading == null) {
                continue;
            }
            shown.add(reading);
            if (!reading.isTrustworthy()) {
                blind++;
                continue;
            }
            if (worst == null || Judge.WORSE.compare(reading, worst) > 0) {
                worst = reading;
                deviation = reading.deviation();
            }
        }
        return new ElementPicture(member.id(), shown, deviation, Optional.ofNullable(worst), blind);
    }

    private Element.Sensor sensorOf(Placement placement) {
        return plan.sensor(placement.sensor())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "the plan has no sensor " + placement.sensor()));
    }

    private void addTurns(Span span) {
        span.from().ifPresent(turns::add);
        span.to().ifPresent(turns::add);
    }
}
