package vigie.console.plan;

import vigie.plan.Spot;

/**
 * Where the plan lies in the view. Immutable.
 *
 * @param scale pixels for a metre, positive
 * @param left where the plan's origin lies, pixels from the view's left edge
 * @param top pixels from the view's top edge
 */
record Viewport(double scale, double left, double top) {
    /** Kept free around the whole plan, in pixels of the reference window: its dimensions. */
    static final double MARGIN = 34;

    /** Kept free under it as well, for the scale bar. */
    static final double SCALE_BAR = 12;

    /** The place of a distance from the plan's left edge. */
    double x(double metres) {
        return left + metres * scale;
    }

    double y(double metres) {
        return top + metres * scale;
    }

    /** What lies at a point of the view. */
    Spot spot(double x, double y) {
        return new Spot((x - left) / scale, (y - top) / scale);
    }

    /** Larger or smaller by a factor, with the point of the plan at (x, y) staying there. */
    Viewport zoomedAt(double x, double y, double factor) {
        return new Viewport(scale * factor, x - (x - left) * factor, y - (y - top) * factor);
    }

    Viewport panned(double dx, double dy) {
        return new Viewport(scale, left + dx, top + dy);
    }

    /**
     * The largest viewport that shows a part of the plan whole, centred.
     *
     * @param part metres, not empty
     * @param margin pixels kept free on every side
     */
    static Viewport fitting(Extent part, double width, double height, double margin) {
        double scale =
                Math.min(
                        Math.max(1, width - 2 * margin) / part.width(),
                        Math.max(1, height - 2 * margin) / part.height());
        return centred(part.centreX(), part.centreY(), scale, width, height);
    }

    /**
     * The largest viewport that shows a part of the plan whole with its dimensions around it, a
     * little higher than the middle: what lies under the plan does not lie on it.
     *
     * @param under kept free under it, in pixels of the reference window
     */
    static Viewport whole(Extent part, double width, double height, double under) {
        double unit = Scale.windowUnit(width, height);
        return fitting(part, width, height - under * unit, MARGIN * unit);
    }

    /** A viewport with a point of the plan in the middle of the view. */
    static Viewport centred(double x, double y, double scale, double width, double height) {
        return new Viewport(scale, width / 2 - x * scale, height / 2 - y * scale);
    }

    /** Moved as little as possible so that the middle of the view lies in a part of the plan. */
    Viewport keeping(Extent part, double width, double height) {
        Spot middle = spot(width / 2, height / 2);
        double x = Math.clamp(middle.x(), part.left(), part.right());
        double y = Math.clamp(middle.y(), part.top(), part.bottom());
        return panned((middle.x() - x) * scale, (middle.y() - y) * scale);
    }

    /** On whole pixels of the device, so that lines stay crisp when the plan is moved. */
    Viewport snapped(double devicePixelsPerPixel) {
        return new Viewport(
                scale,
                Math.round(left * devicePixelsPerPixel) / devicePixelsPerPixel,
                Math.round(top * devicePixelsPerPixel) / devicePixelsPerPixel);
    }
}
