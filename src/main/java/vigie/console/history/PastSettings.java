package vigie.console.history;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The past a window can show.
 *
 * @param source where it comes from; whoever made it closes it, after the window
 * @param charts the file of saved charts; it need not exist, nor its folder
 * @param opening a chart to open with; empty: the window opens on the plan
 */
public record PastSettings(PastSource source, Path charts, Optional<Opening> opening) {}
