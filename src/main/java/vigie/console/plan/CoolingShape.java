package vigie.console.plan;

import vigie.plan.Element;
import vigie.plan.Facing;

/**
 * Where everything lies on a drawn cooling unit. Pixels of the plan.
 *
 * @param body the unit
 * @param content what is left for text beside the grille
 * @param fanX the middle of the fan's sign
 * @param fanY the middle of the fan's sign
 * @param fanRadius zero where there is no room for it
 * @param nameY the middle of the name's line; NaN where there is no room
 * @param airY the middle of the line of temperatures; NaN where there is no room
 * @param speedY the middle of the line of the fan's speed; NaN where there is no room
 */
record CoolingShape(
        Extent body,
        Extent content,
        double fanX,
        double fanY,
        double fanRadius,
        double nameY,
        double airY,
        double speedY) {

    static CoolingShape of(Piece piece, Element.CoolingUnit unit, Scale scale) {
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        double pad = scale.units(7);
        double strip = Math.min(scale.units(6), Math.min(body.width(), body.height()) / 6);
        Facing facing = unit.facing();
        Extent content =
                new Extent(
                        body.left() + pad + (facing == Facing.WEST ? strip : 0),
                        body.top() + pad * 0.8 + (facing == Facing.NORTH ? strip : 0),
                        body.right() - pad - (facing == Facing.EAST ? strip : 0),
                        body.bottom() - pad * 0.8 - (facing == Facing.SOUTH ? strip : 0));
        double radius = scale.units(8.5);
        boolean fan = content.width() > radius * 2.2 && content.height() > radius * 2;
        double line = scale.value() * Lettering.CAPITAL;
        double head = fan ? 2 * radius : scale.name() * Lettering.CAPITAL;
        double least = scale.units(5);
        int lines = 0;
        double used = head;
        while (lines < 2 && used + least + line <= content.height() + 1) {
            lines++;
            used += least + line;
        }
        double gap =
                Math.min(
                        least + (content.height() - used) / Math.max(1, lines + 0.6),
                        scale.units(13));
        if (lines == 0) {
            // Too low for both: the air matters more than the name.
            return new CoolingShape(
                    body,
                    content,
                    body.centreX(),
                    body.centreY(),
                    0,
                    Double.NaN,
                    content.height() > line * 0.8 ? body.centreY() : Double.NaN,
                    Double.NaN);
        }
        double block = head + lines * (gap + line);
        double start = content.top() + Math.max(0, (content.height() - block) / 2);
        double nameY = start + head / 2;
        double airY = start + head + gap + line / 2;
        double speedY = airY + line + gap;
        return new CoolingShape(
                body,
                content,
                content.right() - radius,
                nameY,
                fan ? radius : 0,
                nameY,
                lines >= 1 ? airY : Double.NaN,
                lines >= 2 ? speedY : Double.NaN);
    }

    /** How large a mark on the last line may be: it must not touch what stands above. */
    double markSize(Scale scale) {
        double line = scale.value() * Lettering.CAPITAL;
        double above = Double.isNaN(speedY) ? airY - nameY : speedY - airY;
        double most = RackShape.markSize(scale);
        // Twice the way up, less what commas hang below their line.
        return Double.isNaN(above) ? most : Math.min(most, 2 * (above - line * 0.5 - 2.5));
    }

    double nameWidth() {
        return content.width() - 2 * fanRadius - 4;
    }

    boolean hasName() {
        return !Double.isNaN(nameY) && nameWidth() > fanRadius * 2 && content.height() > fanRadius;
    }
}
