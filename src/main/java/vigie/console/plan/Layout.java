package vigie.console.plan;

import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Facing;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.SensorRole;
import vigie.plan.Spot;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a plan means to the eye: which elements are drawn as a thing of their own, which sensors are
 * read on the thing they belong to, where everything lies. Made once for a plan; knows no toolkit.
 */
final class Layout {
    /** What an empty plan is taken to cover, metres. */
    private static final Extent NOTHING = new Extent(0, 0, 10, 7);

    /** A plan thinner than this, metres, would be drawn absurdly large. */
    private static final double LEAST_SIDE = 1;

    private final Plan plan;
    private final Extent extent;
    private final List<Piece> pieces;
    private final Map<ElementId, Piece> byId;
    private final Map<ElementId, Element> hosts;

    /** When a binding begins or ends, the earliest first. */
    private final List<Instant> turns;

    private final Map<Locale, Map<Class<? extends Element>, Integer>> prefixes = new HashMap<>();

    Layout(Plan plan) {
        this.plan = plan;
        Map<ElementId, Element> elements = new HashMap<>();
        plan.elements().forEach(element -> elements.put(element.id(), element));
        Map<ElementId, List<Element.Sensor>> read = new HashMap<>();
        this.hosts = new HashMap<>();
        for (Element.Sensor sensor : plan.elements(Element.Sensor.class)) {
            sensor.of()
                    .map(elements::get)
                    .filter(host -> isReadOn(sensor, host))
                    .ifPresent(host -> {
                        hosts.put(sensor.id(), host);
                        read.computeIfAbsent(host.id(), id -> new ArrayList<>()).add(sensor);
                    });
        }
        List<Piece> drawn = new ArrayList<>();
        this.byId = new HashMap<>();
        Extent all = Extent.EMPTY;
        for (Element element : plan.elements()) {
            Extent place = extent(element);
            all = all.union(place);
            if (element instanceof Element.Wall || hosts.containsKey(element.id())) {
                continue;
            }
            Piece piece = new Piece(element, place, read.getOrDefault(element.id(), List.of()));
            drawn.add(piece);
            byId.put(element.id(), piece);
        }
        this.turns =
                plan.placements().stream()
                        .map(Placement::span)
                        .flatMap(span -> Stream.concat(span.from().stream(), span.to().stream()))
                        .distinct()
                        .sorted()
                        .toList();
        drawn.sort(Comparator.comparingInt(piece -> depth(piece.element())));
        this.pieces = List.copyOf(drawn);
        this.extent = all.isEmpty() ? NOTHING : sensible(all);
    }

    Plan plan() {
        return plan;
    }

    /** How many points are bound to a sensor at a moment by the clock of the picture. */
    int bound(ElementId sensor, Instant at) {
        return (int)
                plan.placementsOf(sensor).stream()
                        .filter(placement -> placement.span().contains(at))
                        .count();
    }

    /** Counts the moments at which bindings begin or end; between two of them none changes. */
    int era(Instant at) {
        int found = Collections.binarySearch(turns, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** All that is drawn, metres; never empty. */
    Extent extent() {
        return extent;
    }

    /** What is drawn and can be selected, the lowest first. */
    List<Piece> pieces() {
        return pieces;
    }

    /** The piece on which an element is shown: itself, or for a sensor what it belongs to. */
    Optional<Piece> piece(ElementId id) {
        Element host = hosts.get(id);
        return Optional.ofNullable(byId.get(host == null ? id : host.id()));
    }

    /**
     * What is written where a name must be short: without the words with which the names of all
     * elements of its kind begin ("Rack A1", "Rack A2" are told apart by "A1", "A2").
     */
    String shortName(Element element, Locale language) {
        int cut =
                prefixes.computeIfAbsent(language, _ -> new HashMap<>())
                        .computeIfAbsent(element.getClass(), kind -> shared(kind, language));
        return element.label().in(language).substring(cut);
    }

    /** How many letters all names of a kind begin with, up to a space; leaves some of each. */
    private int shared(Class<? extends Element> kind, Locale language) {
        List<String> names =
                plan.elements(kind).stream().map(each -> each.label().in(language)).toList();
        if (names.size() < 2) {
            return 0;
        }
        String first = names.getFirst();
        int shared = 0;
        for (int end = first.indexOf(' '); end >= 0; end = first.indexOf(' ', end + 1)) {
            String prefix = first.substring(0, end + 1);
            if (!names.stream()
                    .allMatch(name -> name.startsWith(prefix) && name.length() > prefix.length())) {
                break;
            }
            shared = prefix.length();
        }
        return shared;
    }

    /** The time zone of the room around a place; of any room where none is around it. */
    ZoneId zone() {
        return plan.elements(Element.Room.class).stream()
                .findFirst()
                .map(Element.Room::zone)
                .orElse(ZoneOffset.UTC);
    }

    /**
     * What the pointer means: sensors before doors and furniture before aisles before the room, and
     * among equals the nearest, then the one drawn last.
     *
     * @param reach metres around a sensor that still mean it
     */
    Optional<Piece> at(Spot spot, double reach) {
        Piece best = null;
        int bestDepth = -1;
        double bestDistance = Double.POSITIVE_INFINITY;
        for (Piece piece : pieces) {
            double distance = distance(piece, spot, reach);
            int depth = depth(piece.element());
            if (distance <= reach
                    && (depth > bestDepth || (depth == bestDepth && distance <= bestDistance))) {
                best = piece;
                bestDepth = depth;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** In the order of reading, for the Tab key: furniture by rows, then what stands alone. */
    List<Piece> inReadingOrder() {
        return pieces.stream()
                .filter(piece -> !(piece.element() instanceof Element.Room))
                .sorted(
                        Comparator.<Piece>comparingInt(piece -> turn(piece.element()))
                                .thenComparing(piece -> row(piece.element()))
                                .thenComparingDouble(piece -> piece.extent().centreY())
                                .thenComparingDouble(piece -> piece.extent().centreX()))
                .toList();
    }

    /** The nearest piece in a direction, for the arrow keys; sideways distance counts double. */
    Optional<Piece> beside(Piece from, Facing direction) {
        Piece best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Piece piece : inReadingOrder()) {
            if (piece.id().equals(from.id()) || piece.element() instanceof Element.Aisle) {
                continue;
            }
            double dx = piece.extent().centreX() - from.extent().centreX();
            double dy = piece.extent().centreY() - from.extent().centreY();
            double ahead =
                    switch (direction) {
                        case NORTH -> -dy;
                        case SOUTH -> dy;
                        case WEST -> -dx;
                        case EAST -> dx;
                    };
            double aside =
                    switch (direction) {
                        case NORTH, SOUTH -> Math.abs(dx);
                        case WEST, EAST -> Math.abs(dy);
                    };
            if (ahead > 0.05 && ahead + 2 * aside < least) {
                least = ahead + 2 * aside;
                best = piece;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Where an element lies, metres. */
    static Extent extent(Element element) {
        return switch (element) {
            case Element.Room room -> corners(room.outline());
            case Element.Wall wall -> extent(wall);
            case Element.Door door -> corners(List.of(door.hinge(), door.latch(), leafEnd(door)));
            case Element.Rack rack -> Extent.of(rack.area());
            case Element.Aisle aisle -> Extent.of(aisle.area());
            case Element.CoolingUnit unit -> Extent.of(unit.area());
            case Element.UpsZone zone -> Extent.of(zone.area());
            case Element.Sensor sensor -> Extent.around(sensor.at(), 0);
        };
    }

    /** Where the free end of a door's leaf is when the door stands wide open. */
    static Spot leafEnd(Element.Door door) {
        double leaf =
                Math.hypot(
                        door.latch().x() - door.hinge().x(), door.latch().y() - door.hinge().y());
        return new Spot(
                door.hinge().x() + dx(door.opens()) * leaf,
                door.hinge().y() + dy(door.opens()) * leaf);
    }

    static double dx(Facing facing) {
        return switch (facing) {
            case WEST -> -1;
            case EAST -> 1;
            case NORTH, SOUTH -> 0;
        };
    }

    static double dy(Facing facing) {
        return switch (facing) {
            case NORTH -> -1;
            case SOUTH -> 1;
            case WEST, EAST -> 0;
        };
    }

    /** A sensor of a rack is read on the rack; one of an aisle or a room has a mark of its own. */
    private static boolean isReadOn(Element.Sensor sensor, Element host) {
        return switch (host) {
            case Element.Rack _ -> true;
            case Element.CoolingUnit _ -> true;
            case Element.UpsZone _ -> true;
            case Element.Door door -> sensor.role() == SensorRole.DOOR;
            case Element.Room _ -> false;
            case Element.Wall _ -> false;
            case Element.Aisle _ -> false;
            case Element.Sensor _ -> false;
        };
    }

    private static int depth(Element element) {
        return switch (element) {
            case Element.Room _ -> 0;
            case Element.Wall _ -> 0;
            case Element.Aisle _ -> 1;
            case Element.UpsZone _ -> 2;
            case Element.Rack _ -> 2;
            case Element.CoolingUnit _ -> 2;
            case Element.Door _ -> 2;
            case Element.Sensor _ -> 3;
        };
    }

    private static int turn(Element element) {
        return switch (element) {
            case Element.CoolingUnit _ -> 0;
            case Element.Rack _ -> 1;
            case Element.Aisle _ -> 2;
            case Element.UpsZone _ -> 3;
            case Element.Door _ -> 4;
            case Element.Sensor _ -> 5;
            case Element.Room _ -> 6;
            case Element.Wall _ -> 7;
        };
    }

    private static String row(Element element) {
        return element instanceof Element.Rack rack ? rack.row() : "";
    }

    private static double distance(Piece piece, Spot spot, double reach) {
        return switch (piece.element()) {
            case Element.Sensor sensor ->
                    Math.hypot(sensor.at().x() - spot.x(), sensor.at().y() - spot.y());
            case Element.Door _ -> piece.extent().distance(spot.x(), spot.y());
            case Element.Room room -> isInside(room.outline(), spot) ? 0 : Double.POSITIVE_INFINITY;
            case Element.Rack _ -> inside(piece, spot, reach);
            case Element.CoolingUnit _ -> inside(piece, spot, reach);
            case Element.UpsZone _ -> inside(piece, spot, reach);
            case Element.Aisle _ -> inside(piece, spot, reach);
            case Element.Wall _ -> Double.POSITIVE_INFINITY;
        };
    }

    private static double inside(Piece piece, Spot spot, double reach) {
        return piece.extent().contains(spot.x(), spot.y()) ? 0 : reach * 2 + 1;
    }

    /** Whether a ray to the east crosses the outline an odd number of times. */
    private static boolean isInside(List<Spot> outline, Spot spot) {
        boolean inside = false;
        for (int i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
            Spot a = outline.get(i);
            Spot b = outline.get(j);
            if (a.y() > spot.y() != b.y() > spot.y()
                    && spot.x() < (b.x() - a.x()) * (spot.y() - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** A wall is thick to its sides, not beyond its ends. */
    private static Extent extent(Element.Wall wall) {
        double dx = wall.to().x() - wall.from().x();
        double dy = wall.to().y() - wall.from().y();
        double length = Math.hypot(dx, dy);
        double half = wall.thickness() / 2;
        double aside = length == 0 ? half : half * Math.abs(dy) / length;
        double along = length == 0 ? half : half * Math.abs(dx) / length;
        Extent line = corners(List.of(wall.from(), wall.to()));
        return new Extent(
                line.left() - aside,
                line.top() - along,
                line.right() + aside,
                line.bottom() + along);
    }

    private static Extent corners(List<Spot> spots) {
        Extent all = Extent.EMPTY;
        for (Spot spot : spots) {
            all = all.union(Extent.around(spot, 0));
        }
        return all;
    }

    private static Extent sensible(Extent all) {
        double width = Math.max(0, LEAST_SIDE - all.width()) / 2;
        double height = Math.max(0, LEAST_SIDE - all.height()) / 2;
        return new Extent(
                all.left() - width, all.top() - height, all.right() + width, all.bottom() + height);
    }
}
