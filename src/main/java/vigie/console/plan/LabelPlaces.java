package vigie.console.plan;

import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.SensorRole;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of sensors that stand alone are written: beside their marks, not over furniture,
 * walls, other marks or each other. The places follow from the plan and the scale alone, so that a
 * label never jumps when its value changes. Pixels of the plan.
 */
final class LabelPlaces {
    /** More of a label than this under something else, and it is left out. */
    private static final double TOLERATED = 0.04;

    private final Map<ElementId, Extent> places = new HashMap<>();

    LabelPlaces(Layout layout, Scale scale) {
        Crowd taken = new Crowd(scale.units(160));
        for (Element.Wall wall : layout.plan().elements(Element.Wall.class)) {
            taken.add(Layout.extent(wall).times(scale.pixelsPerMetre()));
        }
        List<Piece> marks = new ArrayList<>();
        for (Piece piece : layout.pieces()) {
            Extent body = piece.extent().times(scale.pixelsPerMetre());
            switch (piece.element()) {
                case Element.Sensor _ -> {
                    marks.add(piece);
                    taken.add(body.grown(scale.units(9)));
                }
                case Element.Rack _, Element.CoolingUnit _, Element.UpsZone _, Element.Door _ ->
                        taken.add(body);
                case Element.Room _, Element.Aisle _, Element.Wall _ -> {}
            }
        }
        for (Piece piece : marks) {
            if (piece.element() instanceof Element.Sensor sensor) {
                int readings = layout.plan().placementsOf(sensor.id()).size();
                best(taken, sensor, readings, scale)
                        .ifPresent(place -> {
                            places.put(sensor.id(), place);
                            taken.add(place);
                        });
            }
        }
    }

    /** Where a sensor's value is written; empty where there is no room. */
    Optional<Extent> of(ElementId sensor) {
        return Optional.ofNullable(places.get(sensor));
    }

    private static Optional<Extent> best(
            Crowd taken, Element.Sensor sensor, int readings, Scale scale) {
        double x = scale.metres(sensor.at().x());
        double y = scale.metres(sensor.at().y());
        double[] room = PointPainter.room(sensor, readings, scale);
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
