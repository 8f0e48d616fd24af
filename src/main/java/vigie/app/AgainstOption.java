package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.console.difference.Against;
import vigie.console.replay.Start;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --against T|24h|7d}: the room drawn as it differs from another moment. */
final class AgainstOption {
    private static final Pattern BACK = Pattern.compile("(\\d{1,6})([smhdw])");

    @Option(names = "--against", paramLabel = "T|24h|7d", descriptionKey = "against")
    private @Nullable String against;

    AgainstOption() {}

    /**
     * What is asked for; empty: nothing.
     *
     * @param start the past that the window begins with
     * @param zone of a moment without an offset
     * @throws Fault of kind {@code USAGE}, where it is neither a moment nor a distance, or nothing
     *     is shown to hold it against
     */
    Optional<Against> against(Optional<Start> start, ZoneId zone, Instant now) throws Fault {
        String asked = against;
        if (asked == null) {
            return Optional.empty();
        }
        if (start.isEmpty()) {
            throw new Fault(
                    Fault.Kind.USAGE, Sentence.of("difference.against-alone"), "--against alone");
        }
        Matcher back = BACK.matcher(asked.strip());
        if (back.matches()) {
            long count = Long.parseLong(back.group(1));
            Duration distance =
                    switch (back.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        case "d" -> Duration.ofDays(count);
                        default -> Duration.ofDays(7 * count);
                    };
            if (distance.isZero()) {
                throw wrong(asked, null);
            }
            return Optional.of(new Against.Back(distance));
        }
        try {
            return Optional.of(new Against.Fixed(Moments.parse(asked, zone, now)));
        } catch (Fault noMoment) {
            throw wrong(asked, noMoment);
        }
    }

    private static Fault wrong(String asked, @Nullable Throwable cause) {
        return new Fault(
                Fault.Kind.USAGE,
                Sentence.of("difference.against-wrong", asked),
                "against " + asked,
                cause);
    }
}
