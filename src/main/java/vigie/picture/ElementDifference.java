package vigie.picture;

import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How an element differs from what it was.
 *
 * @param element the element, or the sensor itself
 * @param changes of all its places, in the order of its readings; those placed only then come last
 * @param leading the temperature by which it is coloured: of its inlets, else of any, the one that
 *     changed most; one that cannot be compared where none can be; empty where it has none
 */
public record ElementDifference(ElementId element, List<Change> changes, Optional<Change> leading) {
    public ElementDifference {
        changes = List.copyOf(changes);
    }

    private static final Comparator<Change> LEADS =
            Comparator.<Change, Boolean>comparing(
                            change -> change.sensor().role() == SensorRole.INLET)
                    .thenComparing(Change::isKnown)
                    .thenComparingDouble(change -> Math.abs(change.amount().orElse(0)));

    static ElementDifference of(
            ElementId element, List<PlacedReading> now, List<PlacedReading> then) {
        List<PlacedReading> left = new ArrayList<>(then);
        List<Change> changes = new ArrayList<>();
        for (PlacedReading reading : now) {
            Optional<PlacedReading> other = partner(reading, left);
            other.ifPresent(left::remove);
            changes.add(
                    Change.of(
                            reading.sensor(),
                            reading.placement().quantity(),
                            Optional.of(reading),
                            other));
        }
        for (PlacedReading reading : left) {
            changes.add(
                    Change.of(
                            reading.sensor(),
                            reading.placement().quantity(),
                            Optional.empty(),
                            Optional.of(reading)));
        }
        Optional<Change> leading =
                changes.stream()
                        .filter(change -> change.quantity() == Quantity.TEMPERATURE)
                        .max(LEADS);
        return new ElementDifference(element, changes, leading);
    }

    /** The change of a place; of two at one place the first. */
    public Optional<Change> find(SensorRole role, Quantity quantity) {
        return changes.stream()
                .filter(change -> change.sensor().role() == role && change.quantity() == quantity)
                .findFirst();
    }

    /** The first change of a quantity. */
    public Optional<Change> find(Quantity quantity) {
        return changes.stream().filter(change -> change.quantity() == quantity).findFirst();
    }

    /** The changes of a rack's inlet temperatures, the highest sensor first. */
    public List<Change> inlets() {
        return changes.stream()
                .filter(change ->
                        change.sensor().role() == SensorRole.INLET
                                && change.quantity() == Quantity.TEMPERATURE)
                .sorted(Comparator.comparingDouble(change -> -change.sensor().height()))
                .toList();
    }

    /**
     * A place is what is compared, not a device: of a sensor that was replaced in between both are
     * taken. Where several points tell the same of one place, each is compared with itself.
     */
    private static Optional<PlacedReading> partner(
            PlacedReading reading, List<PlacedReading> others) {
        Element.Sensor sensor = reading.sensor();
        List<PlacedReading> here =
                others.stream()
                        .filter(other ->
                                other.sensor().id().equals(sensor.id())
                                        && other.placement().quantity()
                                                == reading.placement().quantity())
                        .toList();
        return here.stream()
                .filter(other -> other.placement().point().equals(reading.placement().point()))
                .findFirst()
                .or(() -> here.stream().findFirst());
    }
}
