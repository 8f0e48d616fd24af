package vigie.console.plan;

import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What the painters of live values need to know about the moment.
 *
 * @param phrases the language
 * @param layout what is drawn
 * @param now ages are reckoned from it
 * @param connected false: nothing is live any more
 */
record Live(Phrases phrases, Layout layout, Instant now, boolean connected) {
    /** In which times of day are told. */
    ZoneId zone() {
        return layout.zone();
    }

    String shortName(Element element) {
        return layout.shortName(element, phrases.words().language());
    }

    Phrases.Figure figure(PlacedReading reading) {
        return phrases.figure(reading, now, connected);
    }

    Optional<Phrases.Figure> figure(Optional<PlacedReading> reading) {
        return reading.map(this::figure);
    }

    /** The reading of a quantity, from a sensor with a role. */
    static Optional<PlacedReading> find(
            ElementPicture picture, SensorRole role, Quantity quantity) {
        return picture.readings().stream()
                .filter(reading -> reading.sensor().role() == role)
                .filter(reading -> reading.placement().quantity() == quantity)
                .findFirst();
    }

    /** The first reading of a quantity, whatever the sensor is for. */
    static Optional<PlacedReading> find(ElementPicture picture, Quantity quantity) {
        return picture.readings().stream()
                .filter(reading -> reading.placement().quantity() == quantity)
                .findFirst();
    }

    /**
     * The reading by which a picture is judged: the worst, or the first where none can be trusted.
     */
    static Optional<PlacedReading> leading(ElementPicture picture) {
        return picture.worst().or(() -> picture.readings().stream().findFirst());
    }

    /**
     * Whether all of a picture's deviation is drawn in its colour: only while the room is followed,
     * and then also where the reading is old. Nobody has said that what was wrong is mended.
     */
    boolean isLoud(ElementPicture picture) {
        return connected && isEdgeLoud(picture);
    }

    /**
     * Whether a picture's edge has the colour of its deviation: also while the room is not
     * followed. Where the trouble was last seen is what a person asks then.
     */
    boolean isEdgeLoud(ElementPicture picture) {
        return picture.deviation() != Deviation.NONE
                && picture.worst().map(worst -> !worst.quality().isBad()).orElse(false);
    }
}
