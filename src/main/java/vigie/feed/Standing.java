package vigie.feed;

import vigie.text.Sentence;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * How a feed stands, said to its listener once for each change. The feed's thread changes it; any
 * thread may ask.
 */
final class Standing {
    private final Clock clock;
    private final FeedListener listener;
    private volatile FeedStatus status;
    private FeedStatus said;
    private Optional<Sentence> polling = Optional.empty();

    Standing(Clock clock, FeedListener listener) {
        this.clock = clock;
        this.listener = listener;
        status = new FeedStatus(FeedStatus.Phase.IDLE, clock.instant(), Optional.empty());
        said = status;
    }

    FeedStatus status() {
        return status;
    }

    /** The moment a phase began stays, and so does a reason that did not change. */
    void say(FeedStatus.Phase phase, Optional<Sentence> reason) {
        FeedStatus before = status;
        Instant since = before.phase() == phase ? before.since() : clock.instant();
        publish(
                new FeedStatus(
                        phase,
                        since,
                        reason.or(() -> polling),
                        before.way(),
                        before.host(),
                        before.tally()));
    }

    /** Another host is followed or tried; said with the next phase. */
    void host(String host) {
        FeedStatus before = status;
        status =
                new FeedStatus(
                        before.phase(),
                        before.since(),
                        before.reason(),
                        before.way(),
                        Optional.of(host),
                        before.tally());
    }

    /** From now on the tables are asked; said with the next phase. */
    void polls(Sentence why) {
        polling = Optional.of(why);
        way(FeedStatus.Way.POLL);
    }

    /** From now on the log is read; said with the next phase. */
    void streams() {
        polling = Optional.empty();
        way(FeedStatus.Way.BINLOG);
    }

    private void way(FeedStatus.Way way) {
        FeedStatus before = status;
        status =
                new FeedStatus(
                        before.phase(),
                        before.since(),
                        before.reason(),
                        way,
                        before.host(),
                        before.tally());
    }

    /** Something was mended; said at once. */
    void mended(long recovered, long undone, Trouble why) {
        FeedStatus before = status;
        Tally tally = before.tally();
        publish(
                new FeedStatus(
                        before.phase(),
                        before.since(),
                        before.reason(),
                        before.way(),
                        before.host(),
                        new Tally(
                                tally.recovered() + recovered,
                                tally.undone() + undone,
                                tally.resyncs() + 1,
                                tally.skips() + (why.kind() == Trouble.Kind.SKIP ? 1 : 0),
                                Optional.of(clock.instant()),
                                Optional.of(why.sentence()))));
    }

    private void publish(FeedStatus next) {
        FeedStatus before = said;
        status = next;
        if (!next.equals(before)) {
            said = next;
            listener.status(next);
        }
    }
}
