package vigie.console.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What stands on one line of an element: some of it from the left end, some from the right. A
 * painter lists the rows it would like best first and takes the first that fits, so that nothing is
 * ever written over something else: the list is the order in which things are left out.
 */
record Row(List<Part> left, List<Part> right) {
    static final Row EMPTY = new Row(List.of(), List.of());

    Row {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    static Row left(List<Part> parts) {
        return new Row(parts, List.of());
    }

    static Row right(List<Part> parts) {
        return new Row(List.of(), parts);
    }

    /** Parts in a row, apart by a distance; those that are not there are passed over. */
    @SafeVarargs
    static List<Part> apart(double gap, Optional<? extends Part>... parts) {
        List<Part> found = new ArrayList<>();
        for (Optional<? extends Part> part : parts) {
            if (part.isPresent()) {
                if (!found.isEmpty()) {
                    found.add(new Part.Gap(gap));
                }
                found.add(part.get());
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** The first that is not wider than there is room; empty where none is. */
    static Optional<Row> first(double room, double gap, List<Row> wishes) {
        return wishes.stream().filter(row -> row.width(gap) <= room + 0.01).findFirst();
    }

    /**
     * @param gap between what stands at the left and what stands at the right
     */
    double width(double gap) {
        double between = left.isEmpty() || right.isEmpty() ? 0 : gap;
        return width(left) + between + width(right);
    }

    void paint(Pen pen, double from, double to, double y) {
        run(pen, left, from, y);
        run(pen, right, to - width(right), y);
    }

    /** All of it side by side about a point. */
    void paintCentred(Pen pen, double x, double y) {
        List<Part> all = new ArrayList<>(left);
        all.addAll(right);
        run(pen, all, x - width(all) / 2, y);
    }

    static double width(List<Part> parts) {
        return parts.stream().mapToDouble(Part::width).sum();
    }

    private static void run(Pen pen, List<Part> parts, double from, double y) {
        double x = from;
        for (Part part : parts) {
            part.paint(pen, x, y);
            x += part.width();
        }
    }
}
