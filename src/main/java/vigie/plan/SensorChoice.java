package vigie.plan;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which sensor is meant where somebody names a rack, an aisle, a room: the one that watches it, is
 * for such a quantity and has none yet; where there is none, a new one in its usual place.
 */
public final class SensorChoice {
    private static final double HEIGHT = 1.5;

    /**
     * Metres from a rack's front to the sensor of its inlet, and from one new sensor to another.
     */
    private static final double APART = 0.15;

    private static final double NEXT = 0.5;

    private static final Set<SensorRole> AIR =
            EnumSet.of(
                    SensorRole.INLET,
                    SensorRole.HOT_SPOT,
                    SensorRole.ROOM,
                    SensorRole.RETURN,
                    SensorRole.SUPPLY,
                    SensorRole.UPS);

    private SensorChoice() {}

    /**
     * The element with this id.
     *
     * @throws Fault of kind {@code USAGE} where there is none, with the nearest ids
     */
    public static Element element(Plan plan, String id) throws Fault {
        Optional<Element> found =
                plan.elements().stream().filter(one -> one.id().value().equals(id)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        List<String> near =
                Nearest.some(id, plan.elements().stream().map(one -> one.id().value()).toList(), 3);
        throw usage(
                near.isEmpty()
                        ? Sentence.of("plan.edit.no-element", id)
                        : Sentence.of("plan.edit.no-element-near", id, String.join(", ", near)));
    }

    /** What the sensor is for, where the element is one. */
    public static Optional<SensorRole> role(Element element) {
        return element instanceof Element.Sensor sensor
                ? Optional.of(sensor.role())
                : Optional.empty();
    }

    /**
     * The sensor to bind.
     *
     * @param now when it has to be free
     * @throws Fault of kind {@code USAGE} where several could be meant, or none and it is not clear
     *     where a new one would be
     */
    public static Element.Sensor in(Plan plan, Element element, Quantity quantity, Instant now)
            throws Fault {
        if (element instanceof Element.Sensor sensor) {
            return sensor;
        }
        List<Element.Sensor> fitting =
                plan.sensorsOf(element.id()).stream()
                        .filter(one -> fits(one.role(), quantity))
                        .toList();
        List<Element.Sensor> free =
                fitting.stream().filter(one -> isFree(plan, one, quantity, now)).toList();
        if (free.size() == 1) {
            return free.getFirst();
        }
        boolean several = element instanceof Element.Room;
        if (fitting.size() == 1 && !several) {
            Element.Sensor only = fitting.getFirst();
            throw usage(
                    Sentence.of(
                            "plan.edit.sensor-taken",
                            element.id().value(),
                            quantity.word(),
                            only.id().value(),
                            shownNow(plan, only, quantity, now)));
        }
        if (!free.isEmpty() || (!fitting.isEmpty() && !several)) {
            throw usage(
                    Sentence.of(
                            "plan.edit.which-sensor",
                            element.id().value(),
                            String.join(
                                    ", ", fitting.stream().map(one -> one.id().value()).toList())));
        }
        SensorRole role =
                usual(element, quantity)
                        .orElseThrow(() ->
                                usage(
                                        Sentence.of(
                                                "plan.edit.no-sensor",
                                                element.id().value(),
                                                quantity.word())));
        return made(plan, element, role);
    }

    private static String shownNow(
            Plan plan, Element.Sensor sensor, Quantity quantity, Instant now) {
        return plan.placementsOf(sensor.id()).stream()
                .filter(one -> one.quantity() == quantity)
                .filter(one -> one.span().to().map(now::isBefore).orElse(true))
                .map(one -> one.point().name())
                .collect(Collectors.joining(", "));
    }

    private static boolean isFree(
            Plan plan, Element.Sensor sensor, Quantity quantity, Instant now) {
        return plan.placementsOf(sensor.id()).stream()
                .noneMatch(one ->
                        one.quantity() == quantity
                                && one.span().to().map(now::isBefore).orElse(true));
    }

    private static boolean fits(SensorRole role, Quantity quantity) {
        return switch (quantity) {
            case TEMPERATURE, HUMIDITY, DEW_POINT -> AIR.contains(role);
            case LOAD, CHARGE, RUNTIME, ON_BATTERY -> role == SensorRole.UPS;
            case POWER, VOLTAGE, CURRENT, FREQUENCY ->
                    role == SensorRole.POWER || role == SensorRole.UPS;
            case FAN_SPEED, RUNNING -> role == SensorRole.UNIT;
            case MOTION -> role == SensorRole.MOTION;
            case OPEN -> role == SensorRole.DOOR;
            case LEAK -> role == SensorRole.LEAK;
            case STATUS -> role == SensorRole.UNIT || role == SensorRole.UPS;
        };
    }

    /** Empty where it is not clear: a cooling unit has air that goes in and air that goes out. */
    private static Optional<SensorRole> usual(Element element, Quantity quantity) {
        boolean ups = element instanceof Element.UpsZone;
        return switch (quantity) {
            case TEMPERATURE, HUMIDITY, DEW_POINT ->
                    switch (element) {
                        case Element.Rack _ -> Optional.of(SensorRole.INLET);
                        case Element.Aisle aisle ->
                                Optional.of(
                                        switch (aisle.kind()) {
                                            case HOT -> SensorRole.HOT_SPOT;
                                            case COLD -> SensorRole.INLET;
                                        });
                        case Element.Room _ -> Optional.of(SensorRole.ROOM);
                        case Element.UpsZone _ -> Optional.of(SensorRole.UPS);
                        case Element.CoolingUnit _,
                                Element.Door _,
                                Element.Wall _,
                                Element.Sensor _ ->
                                Optional.empty();
                    };
            case LOAD, CHARGE, RUNTIME, ON_BATTERY ->
                    ups ? Optional.of(SensorRole.UPS) : Optional.empty();
            case POWER, VOLTAGE, CURRENT, FREQUENCY ->
                    Optional.of(ups ? SensorRole.UPS : SensorRole.POWER)
                            .filter(_ -> !(element instanceof Element.Wall));
            case FAN_SPEED, RUNNING, STATUS ->
                    ups
                            ? Optional.of(SensorRole.UPS)
                            : Optional.of(SensorRole.UNIT)
                                    .filter(_ -> element instanceof Element.CoolingUnit);
            case MOTION -> Optional.of(SensorRole.MOTION).filter(_ -> isFloor(element));
            case OPEN -> Optional.of(SensorRole.DOOR).filter(_ -> element instanceof Element.Door);
            case LEAK ->
                    Optional.of(SensorRole.LEAK)
                            .filter(_ ->
                                    isFloor(element)
                                            || ups
                                            || element instanceof Element.CoolingUnit);
        };
    }

    private static boolean isFloor(Element element) {
        return element instanceof Element.Room || element instanceof Element.Aisle;
    }

    private static Element.Sensor made(Plan plan, Element element, SensorRole role) {
        String stem = element.id().value() + "-" + role.word();
        String id = stem;
        int n = 1;
        while (isTaken(plan, id)) {
            n++;
            id = stem + "-" + n;
        }
        return new Element.Sensor(
                new ElementId(id),
                Label.of(id),
                role,
                place(element, role, n),
                role == SensorRole.LEAK ? 0 : HEIGHT,
                Optional.of(element.id()));
    }

    private static boolean isTaken(Plan plan, String id) {
        return plan.elements().stream().anyMatch(one -> one.id().value().equals(id));
    }

    private static Spot place(Element element, SensorRole role, int n) {
        Area area = element.bounds();
        Spot centre = area.centre();
        double x = centre.x();
        double y = centre.y();
        if (element instanceof Element.Rack rack && role == SensorRole.INLET) {
            switch (rack.facing()) {
                case NORTH -> y = area.y() - APART;
                case EAST -> x = area.right() + APART;
                case SOUTH -> y = area.bottom() + APART;
                case WEST -> x = area.x() - APART;
            }
        }
        // The next one beside it, within what is watched.
        double beside = Math.min((n - 1) * NEXT, Math.max(0, area.width() / 2 - APART));
        return new Spot(tidy(x + beside), tidy(y));
    }

    /** Whole millimetres on the floor. */
    private static double tidy(double metres) {
        return Math.clamp(Math.round(metres * 1_000) / 1_000.0, 0, EmptyRoom.MOST);
    }

    private static Fault usage(Sentence sentence) {
        return new Fault(Fault.Kind.USAGE, sentence, sentence.key());
    }
}
