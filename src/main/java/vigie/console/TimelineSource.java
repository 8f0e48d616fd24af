package vigie.console;

import vigie.text.Fault;
import vigie.timeline.Timeline;

/** Opens the timeline that a console shows. It may be asked again after a failure. */
@FunctionalInterface
public interface TimelineSource {
    /**
     * Opens it. The console closes it.
     *
     * @throws Fault it cannot be had; the console shows the sentence and asks again later
     */
    Timeline open() throws Fault, InterruptedException;
}
