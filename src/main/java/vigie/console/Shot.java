package vigie.console;

import vigie.console.start.PixelSize;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A picture to take of the window.
 *
 * @param file where to, as PNG; an existing one is replaced
 * @param after from the first painted state, or from the page of an error
 * @param size of the picture
 */
public record Shot(Path file, Duration after, PixelSize size) {}
