package vigie.console.plan;

import vigie.plan.Element;
import vigie.plan.Spot;
import vigie.text.Words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an aisle's name is written: along the aisle, in the longest part that no sensor needs.
 *
 * @param text in capitals
 * @param x its centre, pixels of the plan
 * @param y its centre
 * @param upwards whether it is read from the bottom to the top
 * @param size font size
 */
record AisleTitle(String text, double x, double y, boolean upwards, double size) {
    /** What it covers. */
    Extent reach() {
        double length = Pen.titleLength(text, size) / 2 + size;
        return upwards
                ? new Extent(x - size, y - length, x + size, y + length)
                : new Extent(x - length, y - size, x + length, y + size);
    }

    /**
     * Empty where there is no room for it.
     *
     * @param labels what is written beside the sensors
     */
    static Optional<AisleTitle> of(
            Layout layout, Piece piece, Scale scale, Words words, List<Extent> labels) {
        Extent area = piece.extent().times(scale.pixelsPerMetre());
        boolean upright = area.height() >= area.width();
        String text = FloorPainter.capitals(piece.element().label().in(words.language()), words);
        double size = scale.small();
        double length = Pen.titleLength(text, size);
        double across = upright ? area.width() : area.height();
        if (across < size * 1.6) {
            return Optional.empty();
        }
        double from = upright ? area.top() : area.left();
        double to = upright ? area.bottom() : area.right();
        List<double[]> taken = new ArrayList<>();
        for (Element.Sensor sensor : layout.plan().elements(Element.Sensor.class)) {
            Spot at = sensor.at();
            boolean marked =
                    layout.piece(sensor.id())
                            .filter(host -> host.id().equals(sensor.id()))
                            .isPresent();
            if (marked && piece.extent().grown(0.05).contains(at.x(), at.y())) {
                double centre = scale.metres(upright ? at.y() : at.x());
                double reach = scale.units(upright ? 30 : 46);
                taken.add(new double[] {centre - reach, centre + reach});
            }
        }
        Extent line =
                upright
                        ? new Extent(
                                area.centreX() - size,
                                area.top(),
                                area.centreX() + size,
                                area.bottom())
                        : new Extent(
                                area.left(),
                                area.centreY() - size,
                                area.right(),
                                area.centreY() + size);
        double apart = scale.units(6);
        for (Extent label : labels) {
            if (label.overlaps(line)) {
                taken.add(
                        upright
                                ? new double[] {label.top() - apart, label.bottom() + apart}
                                : new double[] {label.left() - apart, label.right() + apart});
            }
        }
        taken.sort((one, other) -> Double.compare(one[0], other[0]));
        taken.add(new double[] {to - scale.units(6), to});
        double start = from + scale.units(6);
        double bestStart = start;
        double best = 0;
        for (double[] span : taken) {
            if (span[0] - start > best) {
                best = span[0] - start;
                bestStart = start;
            }
            start = Math.max(start, span[1]);
        }
        if (best < length) {
            return Optional.empty();
        }
        double along = bestStart + best / 2;
        return Optional.of(
                upright
                        ? new AisleTitle(text, area.centreX(), along, true, size)
                        : new AisleTitle(text, along, area.centreY(), false, size));
    }
}
