package vigie.console.bridge;

import vigie.picture.Picture;
import vigie.picture.Summary;
import vigie.timeline.Moment;

import java.time.Instant;

/**
 * What the window shows at once. Immutable.
 *
 * @param moment the newest that is known
 * @param picture made from it
 * @param summary the picture in a few figures
 * @param now the moment of the picture, from which ages are reckoned
 */
public record Frame(Moment moment, Picture picture, Summary summary, Instant now) {
    /** Whether the picture follows the database. */
    public boolean connected() {
        return moment.feed().isLive();
    }
}
