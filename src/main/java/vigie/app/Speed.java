package vigie.app;

import picocli.CommandLine;

import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Playback;

/**
 * What a call says after {@code --speed}.
 *
 * @param text as it was typed
 * @param times seconds of the past in a second
 */
record Speed(String text, double times) {
    /** Understands a point and a comma before the decimals. */
    static final class Converter implements CommandLine.ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            try {
                return new Speed(text, Double.parseDouble(text.strip().replace(',', '.')));
            } catch (NumberFormatException noNumber) {
                throw new CommandLine.TypeConversionException(text);
            }
        }
    }

    /**
     * The speed, where the past can be played at it.
     *
     * @throws Fault of kind {@code USAGE}, where it cannot; repeats what was typed
     */
    double checked() throws Fault {
        if (!(times >= Playback.SLOWEST && times <= Playback.FASTEST)) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("app.replay.speed", text, Playback.SLOWEST, Playback.FASTEST),
                    "speed " + text);
        }
        return times;
    }
}
