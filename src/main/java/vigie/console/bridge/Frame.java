package vigie.console.bridge;

import vigie.picture.Picture;
import vigie.picture.Summary;
import vigie.room.Voice;
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

    /** Whether Home Assistant is heard, as far as somebody who follows its database can tell. */
    public Voice voice() {
        return picture.freshness().voice();
    }

    /** Whether what is shown is how the room is now: followed, and Home Assistant is heard. */
    public boolean current() {
        return connected() && voice().isHeard();
    }
}
