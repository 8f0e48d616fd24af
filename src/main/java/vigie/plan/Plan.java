package vigie.plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A floor plan. Immutable; a {@code Plan} that came from the reader is consistent: ids are unique,
 * references resolve, no point is bound twice at once, sizes are finite and sensible.
 */
public final class Plan {
    private final Label label;
    private final List<Element> elements;
    private final List<Placement> placements;
    private final List<Limits> limits;
    private final List<Element.Room> rooms;
    private final Map<Class<? extends Element>, List<Element>> byKind = new HashMap<>();
    private final Map<ElementId, Element> byId;
    private final Map<ElementId, List<Element.Sensor>> sensorsOf;
    private final Map<ElementId, List<Placement>> placementsOf;

    /**
     * A plan.
     *
     * @param label its name
     * @param elements in any order; they are put into drawing order, within a kind they stay as
     *     given
     * @param placements all of them, past and future too
     * @param limits the plan's own; where they say nothing {@link DefaultLimits} hold
     * @throws IllegalArgumentException if two elements have the same id
     */
    public Plan(
            Label label, List<Element> elements, List<Placement> placements, List<Limits> limits) {
        this.label = label;
        this.elements = elements.stream().sorted(Comparator.comparingInt(Plan::layer)).toList();
        this.placements = List.copyOf(placements);
        this.limits = List.copyOf(limits);
        for (Element element : this.elements) {
            byKind.computeIfAbsent(element.getClass(), _ -> new ArrayList<>()).add(element);
        }
        byKind.replaceAll((_, all) -> List.copyOf(all));
        rooms = elements(Element.Room.class);
        byId = HashMap.newHashMap(elements.size());
        sensorsOf = new HashMap<>();
        placementsOf = new HashMap<>();
        for (Element element : this.elements) {
            if (byId.put(element.id(), element) != null) {
                throw new IllegalArgumentException("two elements have the id " + element.id());
            }
            if (element instanceof Element.Sensor sensor) {
                sensor.of()
                        .ifPresent(of ->
                                sensorsOf.computeIfAbsent(of, _ -> new ArrayList<>()).add(sensor));
            }
        }
        for (Placement placement : this.placements) {
            placementsOf.computeIfAbsent(placement.sensor(), _ -> new ArrayList<>()).add(placement);
        }
        sensorsOf.replaceAll((_, sensors) -> List.copyOf(sensors));
        placementsOf.replaceAll((_, all) -> List.copyOf(all));
    }

    /** The plan's name. */
    public Label label() {
        return label;
    }

    /**
     * Everything on the plan in drawing order, the lowest first: rooms, aisles, UPS zones, walls,
     * doors, cooling units, racks, sensors.
     */
    public List<Element> elements() {
        return elements;
    }

    /** All bindings, past and future too. */
    public List<Placement> placements() {
        return placements;
    }

    /** The plan's own limits, without the defaults. */
    public List<Limits> limits() {
        return limits;
    }

    /** The elements of one kind, in drawing order. */
    @SuppressWarnings("unchecked") // a kind's list holds that kind only
    public <E extends Element> List<E> elements(Class<E> kind) {
        // Asked many times for every picture, of plans with thousands of elements.
        List<Element> known = byKind.getOrDefault(kind, List.of());
        return kind.equals(Element.class) ? (List<E>) elements : (List<E>) known;
    }

    /** The element with this id. */
    public Optional<Element> element(ElementId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The sensor with this id; empty also where the id is another kind of element's. */
    public Optional<Element.Sensor> sensor(ElementId id) {
        return byId.get(id) instanceof Element.Sensor sensor
                ? Optional.of(sensor)
                : Optional.empty();
    }

    /** The sensors that watch an element, in plan order. */
    public List<Element.Sensor> sensorsOf(ElementId element) {
        return sensorsOf.getOrDefault(element, List.of());
    }

    /** The bindings of a sensor, past and future too, in plan order. */
    public List<Placement> placementsOf(ElementId sensor) {
        return placementsOf.getOrDefault(sensor, List.of());
    }

    /** The room in which a place is; the first, where rooms overlap. */
    public Optional<Element.Room> roomAt(Spot spot) {
        return rooms.stream().filter(room -> room.contains(spot)).findFirst();
    }

    /** What of the floor is drawn: the smallest rectangle that holds every element. */
    public Area bounds() {
        return elements.stream()
                .map(Element::bounds)
                .reduce(Area::with)
                .orElseGet(() -> new Area(0, 0, 1, 1));
    }

    /**
     * All limits that can ever hold for a sensor, the ones that win first: the plan's own for the
     * sensor, for what it watches, for its room and for everywhere, then the defaults.
     */
    public List<Limits> limitsFor(Element.Sensor sensor, Quantity quantity) {
        Set<ElementId> places = new LinkedHashSet<>();
        places.add(sensor.id());
        sensor.of().ifPresent(places::add);
        roomAt(sensor.at()).map(Element::id).ifPresent(places::add);
        List<Limits> own =
                limits.stream()
                        .filter(one -> one.role() == sensor.role() && one.quantity() == quantity)
                        .toList();
        List<Limits> all = new ArrayList<>();
        for (ElementId place : places) {
            own.stream()
                    .filter(one -> one.place().filter(place::equals).isPresent())
                    .forEach(all::add);
        }
        own.stream().filter(one -> one.place().isEmpty()).forEach(all::add);
        DefaultLimits.of(sensor.role(), quantity).ifPresent(all::add);
        return List.copyOf(all);
    }

    /** The limits in force for a sensor at a moment; empty where nothing is limited. */
    public Optional<Limits> limits(Element.Sensor sensor, Quantity quantity, Instant at) {
        return limitsFor(sensor, quantity).stream()
                .filter(one -> one.span().contains(at))
                .findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Plan that
                && label.equals(that.label)
                && elements.equals(that.elements)
                && placements.equals(that.placements)
                && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, elements, placements, limits);
    }

    @Override
    public String toString() {
        return "Plan[" + elements.size() + " elements, " + placements.size() + " placements]";
    }

    private static int layer(Element element) {
        return switch (element) {
            case Element.Room _ -> 0;
            case Element.Aisle _ -> 1;
            case Element.UpsZone _ -> 2;
            case Element.Wall _ -> 3;
            case Element.Door _ -> 4;
            case Element.CoolingUnit _ -> 5;
            case Element.Rack _ -> 6;
            case Element.Sensor _ -> 7;
        };
    }
}
