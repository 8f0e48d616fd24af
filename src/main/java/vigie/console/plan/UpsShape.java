package vigie.console.plan;

/**
 * Where the lines on the UPS zone lie. Pixels of the plan.
 *
 * @param body the zone
 * @param content what is left for text
 * @param lines how many lines fit under the name; negative where not even the name does
 * @param pitch from one line to the next
 */
record UpsShape(Extent body, Extent content, int lines, double pitch) {
    static UpsShape of(Piece piece, Scale scale) {
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        Extent content = body.grown(-scale.units(10));
        double pitch = Math.max(scale.value() * 1.25, scale.units(19));
        double under = content.height() - scale.name() - scale.units(2);
        int lines =
                content.width() < scale.value() * 4 ? -1 : (int) Math.floor(under / pitch + 0.25);
        // Seven lines are all there is to say; more room makes more air between them.
        double spread =
                lines <= 0
                        ? pitch
                        : Math.clamp(under / Math.min(lines, 7), pitch * 0.9, pitch * 1.35);
        return new UpsShape(body, content, lines, spread);
    }

    /** The middle of the name's line. */
    double nameY(Scale scale) {
        return content.top() + scale.name() * 0.42;
    }

    /** The middle of a line under the name, 0 the first. */
    double lineY(int line, Scale scale) {
        return content.top() + scale.name() + scale.units(2) + pitch * (line + 0.5);
    }
}
