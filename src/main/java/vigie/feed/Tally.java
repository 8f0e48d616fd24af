package vigie.feed;

import vigie.text.Sentence;

import java.time.Instant;
import java.util.Optional;

/**
 * What a feed had to mend since it was started. It belongs to one console: another one may have
 * been connected all the time.
 *
 * @param recovered rows that the stream did not bring and that were read from the tables
 * @param undone rows that were streamed and that the database no longer has
 * @param resyncs how often the state was read anew
 * @param skips how many of those because this console could not keep up, so that steps were skipped
 * @param last when something was mended last (this console's clock); empty: never
 * @param why the reason of that, for the operator
 */
public record Tally(
        long recovered,
        long undone,
        int resyncs,
        int skips,
        Optional<Instant> last,
        Optional<Sentence> why) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, Optional.empty(), Optional.empty());
}
