package vigie.bench;

import vigie.feed.Feed;
import vigie.feed.FeedListener;
import vigie.feed.FeedOptions;
import vigie.feed.FeedStatus;
import vigie.feed.StoredPlace;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A feed that takes up a log at a place of long ago, as that of a durable consumer does, and hands
 * every group to a listener that counts.
 */
final class OurReading implements FeedListener {
    private final long lastSequence;
    private final CountDownLatch done = new CountDownLatch(1);
    private long begin;
    private long end;
    private long groups;
    private long rows;

    private OurReading(long lastSequence) {
        this.lastSequence = lastSequence;
    }

    /** Reads from a position to the log's end. */
    static FeedReader.Result read(DatabaseAddress address, String position)
            throws Fault, InterruptedException {
        OurReading reading = new OurReading(FeedReaderMain.sequence(BareLibrary.end(address)));
        StoredPlace place = new StoredPlace(position, "", 0, 0);
        try (Feed feed =
                new Feed(
                        address,
                        FeedOptions.durable(Optional.of(place)),
                        reading,
                        Clock.systemUTC())) {
            feed.start();
            reading.done.await();
        }
        return new FeedReader.Result(reading.groups, reading.rows, reading.end - reading.begin);
    }

    @Override
    public void group(Group group) {
        if (begin == 0) {
            begin = System.nanoTime();
        }
        groups++;
        for (Fact fact : group.facts()) {
            if (fact instanceof Fact.Observed) {
                rows++;
            }
        }
        if (FeedReaderMain.sequence(group.position()) >= lastSequence) {
            end = System.nanoTime();
            done.countDown();
        }
    }

    @Override
    public void snapshot(Group snapshot) {
        throw new IllegalStateException("the log was not taken up where it was asked for");
    }

    @Override
    public void recovered(List<Reading> found) {
        throw new IllegalStateException("rows of the log came by another way");
    }

    @Override
    public void status(FeedStatus status) {}
}
