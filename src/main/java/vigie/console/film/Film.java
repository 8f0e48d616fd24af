package vigie.console.film;

import java.nio.file.Path;

/**
 * A film that was made.
 *
 * @param file the GIF, or the folder of PNG files
 * @param frames how many it has
 * @param bytes how large it is, all files together
 * @param readings how many readings of the interval were folded on the way
 */
public record Film(Path file, long frames, long bytes, long readings) {}
