package vigie.console.film;

import vigie.console.start.PixelSize;
import vigie.recording.Basis;
import vigie.timeline.Playback;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A film to be made.
 *
 * @param from its first moment, by the clock of Home Assistant's host
 * @param to its last; after {@code from}
 * @param basis which knowledge it tells from
 * @param speed seconds of the past in a second of the film, {@link Playback#SLOWEST} to {@link
 *     Playback#FASTEST}
 * @param framesPerSecond 1 to {@link #MOST_PER_SECOND}
 * @param size of a frame, pixels
 * @param file a file that ends in {@code .gif}, or a folder for numbered PNG files
 * @param folder whether a folder was asked for; one that is there is one in any case
 */
public record FilmOrder(
        Instant from,
        Instant to,
        Basis basis,
        double speed,
        int framesPerSecond,
        PixelSize size,
        Path file,
        boolean folder) {
    /** Faster, most viewers do not show them. */
    public static final int MOST_PER_SECOND = 25;

    /** What is made where nothing is said. */
    public static final int USUAL_PER_SECOND = 10;

    /** More is no film that anybody watches, and fills a disk. */
    public static final long MOST_FRAMES = 100_000;

    /** How long a film is at most where no speed was asked for. */
    private static final Duration USUAL_LENGTH = Duration.ofSeconds(30);

    public FilmOrder {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a film ends after it begins");
        }
        if (!(speed >= Playback.SLOWEST && speed <= Playback.FASTEST)) {
            throw new IllegalArgumentException("no speed to play at: " + speed);
        }
        if (framesPerSecond < 1 || framesPerSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException("frames a second: " + framesPerSecond);
        }
    }

    /** Of what the path says by itself. */
    public FilmOrder(
            Instant from,
            Instant to,
            Basis basis,
            double speed,
            int framesPerSecond,
            PixelSize size,
            Path file) {
        this(from, to, basis, speed, framesPerSecond, size, file, false);
    }

    /** The slowest speed on offer at which an interval takes half a minute at most. */
    public static double usualSpeed(Instant from, Instant to) {
        double seconds = (double) Duration.between(from, to).toMillis() / 1000;
        for (double speed : Playback.SPEEDS) {
            if (seconds / speed <= USUAL_LENGTH.toSeconds()) {
                return speed;
            }
        }
        return Playback.FASTEST;
    }

    /** How many frames it has; the last one shows {@link #to} or less than a frame before it. */
    public long frames() {
        double step = speed / framesPerSecond;
        return (long) Math.floor(Duration.between(from, to).toMillis() / (step * 1000) + 1e-9) + 1;
    }

    /** The moment that a frame shows, the first being 0. */
    public Instant at(long frame) {
        return from.plusNanos(Math.round(frame * (speed / framesPerSecond) * 1e6) * 1_000);
    }

    /** Whether it becomes numbered PNG files: a folder was asked for, or its path is one. */
    public boolean isFolder() {
        return folder || Files.isDirectory(file);
    }

    /** Whether it can be written at all: a folder, or a file whose name says GIF. */
    public boolean isKnownKind() {
        return isFolder() || file.toString().toLowerCase(Locale.ROOT).endsWith(".gif");
    }
}
