package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;

import java.util.Optional;

/** Draws what is live on a piece, over what {@link FloorPainter} drew of it. */
final class PiecePainter {
    private PiecePainter() {}

    /**
     * @param label where a sensor's value is written; empty where it has no room
     */
    static void paint(
            Pen pen,
            Live live,
            Piece piece,
            ElementPicture picture,
            Optional<LabelPlaces.Place> label) {
        switch (piece.element()) {
            case Element.Rack rack -> RackPainter.paint(pen, live, piece, rack, picture);
            case Element.CoolingUnit unit -> CoolingPainter.paint(pen, live, piece, unit, picture);
            case Element.UpsZone _ -> UpsPainter.paint(pen, live, piece, picture);
            case Element.Door door -> DoorPainter.paint(pen, live, door, picture);
            case Element.Aisle _ -> aisle(pen, live, piece, picture);
            case Element.Sensor sensor -> PointPainter.paint(pen, live, sensor, picture, label);
            case Element.Room _, Element.Wall _ -> {}
        }
    }

    /** What {@link #paint} may cover at most, pixels of the plan. */
    static Extent reach(Piece piece, Scale scale, Optional<LabelPlaces.Place> label) {
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        Extent ink =
                switch (piece.element()) {
                    case Element.Sensor _ -> body.grown(PointPainter.reach(scale));
                    case Element.CoolingUnit _ -> body.grown(scale.units(34));
                    case Element.Door _ -> body.grown(scale.units(30));
                    case Element.Rack _, Element.UpsZone _, Element.Aisle _ ->
                            body.grown(scale.thick() + 1);
                    case Element.Room _, Element.Wall _ -> body;
                };
        return label.map(text -> ink.union(text.reach().grown(2))).orElse(ink);
    }

    /** Tint and edge of something outside its limits, or the dashes of something not live. */
    static void edge(
            Pen pen,
            Live live,
            ElementPicture picture,
            Optional<PlacedReading> leading,
            Extent body) {
        Scale scale = pen.scale();
        Phrases.Trust trust =
                leading.map(live::figure).map(Phrases.Figure::trust).orElse(Phrases.Trust.NEVER);
        if (live.isEdgeLoud(picture)) {
            Color colour = pen.colour(Symbols.role(picture.deviation()));
            if (live.isLoud(picture)) {
                boolean alarm = picture.deviation() == Deviation.ALARM;
                pen.fill(colour.deriveColor(0, 1, 1, alarm ? 0.17 : 0.11), body);
            }
            if (trust == Phrases.Trust.LIVE) {
                pen.frame(colour, scale.thick(), body);
            } else {
                // Old and outside its limits: the edge says both.
                pen.dashedFrame(colour, scale.thick(), body);
                pen.signed(Ink.Kind.EDGE, body);
            }
            return;
        }
        if (trust != Phrases.Trust.LIVE) {
            pen.signed(Ink.Kind.EDGE, body);
        }
        switch (trust) {
            case LIVE -> {}
            case AGED -> pen.dashedFrame(pen.colour(Role.UNCERTAIN), scale.thin(), body);
            case LOST, REMOVED -> pen.frame(pen.colour(Role.BAD), scale.thin(), body);
            case NEVER -> pen.dashedFrame(pen.colour(Role.BAD, 0.6), scale.thin(), body);
            case ODD -> {
                pen.hatch(pen.colour(Role.BAD, 0.3), scale.thin(), body, scale.units(7), false);
                pen.frame(pen.colour(Role.BAD), scale.thin(), body);
            }
        }
    }

    /** The ink of a value. */
    static Color ink(Pen pen, Phrases.Trust trust) {
        return switch (trust) {
            case LIVE -> pen.colour(Role.TEXT);
            case AGED -> pen.colour(Role.UNCERTAIN);
            case LOST, NEVER, ODD, REMOVED -> pen.colour(Role.BAD);
        };
    }

    private static void aisle(Pen pen, Live live, Piece piece, ElementPicture picture) {
        // Only its air makes an aisle: water on its floor is said by the sensor's own mark.
        boolean air =
                picture.worst()
                        .map(worst -> worst.placement().quantity() == Quantity.TEMPERATURE)
                        .orElse(false);
        if (!air || !live.isLoud(picture)) {
            return;
        }
        Extent body = piece.extent().times(pen.scale().pixelsPerMetre());
        Color colour = pen.colour(Symbols.role(picture.deviation()));
        pen.fill(colour.deriveColor(0, 1, 1, 0.07), body);
        pen.frame(colour.deriveColor(0, 1, 1, 0.7), pen.scale().thin(), body);
    }
}
