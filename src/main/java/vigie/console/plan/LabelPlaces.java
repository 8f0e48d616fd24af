package vigie.console.plan;

import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.SensorRole;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where the values of sensors that stand alone are written: beside their marks, nearer to no other,
 * those of an aisle in the aisle, not over furniture, walls, other marks or each other. The places
 * follow from the plan and the scale alone, so that a label never jumps when its value changes.
 * Pixels of the plan.
 */
final class LabelPlaces {
    /** More of a label than this under something else, and it is left out. */
    private static final double TOLERATED = 0.04;

    private final Map<ElementId, Place> places = new HashMap<>();
    private final List<Extent> all;

    /**
     * Where a sensor's text stands.
     *
     * @param values for its values
     * @param all the same, longer at its lower end where there is room for an age under the values
     * @param sign for one sign in place of a value; beside its mark, where the values are not
     */
    record Place(Extent values, Extent all, Extent sign) {
        /** Everything that may be covered. */
        Extent reach() {
            return all.union(sign);
        }

        /** The same place for a sign alone. */
        Place ofSign() {
            return new Place(sign, sign, sign);
        }
    }

    /**
     * @param at by the clock of the picture: a binding that has ended, or has yet to begin, keeps
     *     no line free
     */
    LabelPlaces(Layout layout, Scale scale, Instant at) {
        Crowd taken = new Crowd(scale.units(160));
        for (Element.Wall wall : layout.plan().elements(Element.Wall.class)) {
            taken.add(Layout.extent(wall).times(scale.pixelsPerMetre()));
        }
        Crowd points = new Crowd(scale.units(160));
        List<Piece> marks = new ArrayList<>();
        for (Piece piece : layout.pieces()) {
            Extent body = piece.extent().times(scale.pixelsPerMetre());
            switch (piece.element()) {
                case Element.Sensor _ -> {
                    marks.add(piece);
                    taken.add(body.grown(scale.units(9)));
                    points.add(body);
                }
                case Element.Rack _, Element.CoolingUnit _, Element.UpsZone _, Element.Door _ ->
                        taken.add(body);
                case Element.Room _, Element.Aisle _, Element.Wall _ -> {}
            }
        }
        // Beyond the plan there are its dimensions, and soon the end of the sheet.
        Extent sheet = layout.extent().times(scale.pixelsPerMetre()).grown(scale.units(6));
        Map<ElementId, Extent> signs = new HashMap<>();
        // A drop between two units has room for a sign beside it, if not for words.
        for (Piece piece : marks) {
            if (piece.element() instanceof Element.Sensor sensor
                    && sensor.role() == SensorRole.LEAK) {
                beside(taken, sheet, sensor, scale)
                        .ifPresent(place -> {
                            signs.put(sensor.id(), place);
                            taken.add(place);
                        });
            }
        }
        Map<Element.Sensor, Extent> found = new LinkedHashMap<>();
        for (Piece piece : marks) {
            if (piece.element() instanceof Element.Sensor sensor) {
                int readings = layout.bound(sensor.id(), at);
                Extent within = room(layout, sensor, sheet, scale);
                Stream.of(
                                PointPainter.room(sensor, readings, scale),
                                PointPainter.signedRoom(scale),
                                PointPainter.leastRoom(scale))
                        .flatMap(room -> best(taken, points, within, sensor, room, scale).stream())
                        .findFirst()
                        .ifPresent(place -> {
                            found.put(sensor, place);
                            taken.add(place);
                        });
            }
        }
        double line = scale.small() * PointPainter.PITCH;
        found.forEach((sensor, place) -> {
            Extent under =
                    new Extent(place.left(), place.bottom(), place.right(), place.bottom() + line);
            boolean free =
                    taken.covered(under) == 0
                            && room(layout, sensor, sheet, scale).contains(under)
                            && isNearest(points, place.union(under), sensor, scale);
            if (free) {
                taken.add(under);
            }
            places.put(
                    sensor.id(),
                    new Place(
                            place,
                            free ? place.union(under) : place,
                            signs.getOrDefault(sensor.id(), place)));
        });
        signs.forEach((sensor, sign) -> places.putIfAbsent(sensor, new Place(sign, sign, sign)));
        List<Extent> covered = new ArrayList<>(signs.values());
        places.values().forEach(place -> covered.add(place.all()));
        this.all = List.copyOf(covered);
    }

    /** Where a sensor's value is written; empty where there is no room. */
    Optional<Place> of(ElementId sensor) {
        return Optional.ofNullable(places.get(sensor));
    }

    private static Optional<Extent> beside(
            Crowd taken, Extent sheet, Element.Sensor sensor, Scale scale) {
        double x = scale.metres(sensor.at().x());
        double y = scale.metres(sensor.at().y());
        double away = scale.units(9.1);
        double wide = scale.value() * 0.75;
        double half = scale.value() * 0.5;
        return Stream.of(
                        Extent.sized(x + away, y - half, wide, 2 * half),
                        Extent.sized(x - away - wide, y - half, wide, 2 * half),
                        Extent.sized(x - wide / 2, y + away, wide, 2 * half),
                        Extent.sized(x - wide / 2, y - away - 2 * half, wide, 2 * half))
                .filter(place -> sheet.contains(place) && taken.covered(place) == 0)
                .findFirst();
    }

    /** What all labels may cover. */
    List<Extent> all() {
        return all;
    }

    /** Where a sensor's text may stand: what measures an aisle's air is read in the aisle. */
    private static Extent room(Layout layout, Element.Sensor sensor, Extent sheet, Scale scale) {
        boolean measures =
                switch (sensor.role()) {
                    case MOTION, LEAK, DOOR -> false;
                    case INLET, HOT_SPOT, ROOM, RETURN, SUPPLY, UPS, POWER, UNIT -> true;
                };
        return sensor.of()
                .filter(_ -> measures)
                .flatMap(layout::piece)
                .filter(host -> host.element() instanceof Element.Aisle)
                .map(Piece::extent)
                .filter(area -> area.contains(sensor.at().x(), sensor.at().y()))
                .map(area -> area.times(scale.pixelsPerMetre()).shared(sheet))
                .orElse(sheet);
    }

    /** Whether no other sensor's mark is nearer to a text: it would be read as that one's. */
    private static boolean isNearest(
            Crowd points, Extent text, Element.Sensor sensor, Scale scale) {
        double own = text.distance(scale.metres(sensor.at().x()), scale.metres(sensor.at().y()));
        return !points.has(
                text.grown(own), other -> text.distance(other.left(), other.top()) < own);
    }

    /**
     * @param points where the marks of all sensors are
     * @param sheet where it may stand
     * @param room its width and its height
     */
    private static Optional<Extent> best(
            Crowd taken,
            Crowd points,
            Extent sheet,
            Element.Sensor sensor,
            double[] room,
            Scale scale) {
        double x = scale.metres(sensor.at().x());
        double y = scale.metres(sensor.at().y());
        double wide = room[0];
        double high = room[1];
        double away = scale.units(sensor.role() == SensorRole.MOTION ? 17 : 13);
        // Out of a gap between two units, where nothing fits beside the mark.
        double far = scale.units(47);
        Extent[] candidates = {
            Extent.sized(x + away, y - high / 2, wide, high),
            Extent.sized(x - away - wide, y - high / 2, wide, high),
            Extent.sized(x - wide / 2, y + away, wide, high),
            Extent.sized(x - wide / 2, y - away - high, wide, high),
            Extent.sized(x - wide / 2, y + far, wide, high),
            Extent.sized(x - wide / 2, y - far - high, wide, high),
            Extent.sized(x + away * 0.7, y + away * 0.5, wide, high),
            Extent.sized(x + away * 0.7, y - away * 0.5 - high, wide, high),
            Extent.sized(x - away * 0.7 - wide, y + away * 0.5, wide, high),
            Extent.sized(x - away * 0.7 - wide, y - away * 0.5 - high, wide, high),
        };
        Extent best = null;
        double least = wide * high * TOLERATED;
        for (Extent candidate : candidates) {
            if (!sheet.contains(candidate) || !isNearest(points, candidate, sensor, scale)) {
                continue;
            }
            double cost = taken.covered(candidate);
            if (cost < least) {
                best = candidate;
                least = cost;
                if (cost == 0) {
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Rectangles by squares of a grid, so that a plan of thousands is asked quickly. */
    private static final class Crowd {
        private final double square;
        private final Map<Long, List<Extent>> squares = new HashMap<>();

        Crowd(double square) {
            this.square = square;
        }

        void add(Extent extent) {
            each(extent, key -> squares.computeIfAbsent(key, _ -> new ArrayList<>()).add(extent));
        }

        /** How much of an area is taken; what is taken twice counts twice. */
        double covered(Extent extent) {
            List<Extent> seen = new ArrayList<>();
            each(
                    extent,
                    key -> {
                        for (Extent other : squares.getOrDefault(key, List.of())) {
                            if (other.overlaps(extent) && !seen.contains(other)) {
                                seen.add(other);
                            }
                        }
                    });
            return seen.stream().mapToDouble(extent::overlap).sum();
        }

        /** Whether something in the squares of an area is as it is asked for. */
        boolean has(Extent area, Predicate<Extent> wanted) {
            boolean[] found = {false};
            each(
                    area,
                    key ->
                            found[0] |=
                                    squares.getOrDefault(key, List.of()).stream().anyMatch(wanted));
            return found[0];
        }

        private void each(Extent extent, java.util.function.LongConsumer task) {
            long bottom = (long) Math.floor(extent.bottom() / square);
            long right = (long) Math.floor(extent.right() / square);
            for (long y = (long) Math.floor(extent.top() / square); y <= bottom; y++) {
                for (long x = (long) Math.floor(extent.left() / square); x <= right; x++) {
                    task.accept((y << 32) ^ (x & 0xffffffffL));
                }
            }
        }
    }
}
