package vigie.console.words;

import vigie.picture.PlacedReading;

/** Says what a placement shows. */
public final class ReadingWords {
    private ReadingWords() {}

    /**
     * Value and unit, the meaning of an on/off point, or {@link Figures#NOTHING} for bad quality.
     */
    public static String value(PlacedReading reading, Figures figures) {
        if (reading.quality().isBad()) {
            return Figures.NOTHING;
        }
        if (reading.value().isPresent()) {
            return figures.value(reading.value().getAsDouble(), reading.placement().quantity());
        }
        return reading.state()
                .flatMap(state -> state.newest())
                .map(newest -> newest.text())
                .map(text -> figures.text(reading.placement().quantity(), text))
                .orElse(Figures.NOTHING);
    }
}
