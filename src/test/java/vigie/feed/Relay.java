package vigie.feed;

import vigie.point.Reading;
import vigie.room.Group;

import java.time.Instant;
import java.util.List;

/** Hands everything on; a test changes what it needs to. */
class Relay implements FeedListener {
    private final FeedListener to;

    Relay(FeedListener to) {
        this.to = to;
    }

    @Override
    public void snapshot(Group snapshot) {
        to.snapshot(snapshot);
    }

    @Override
    public void group(Group group) {
        to.group(group);
    }

    @Override
    public void status(FeedStatus status) {
        to.status(status);
    }

    @Override
    public void resync(Resync resync) {
        to.resync(resync);
    }

    @Override
    public void recovered(List<Reading> rows) {
        to.recovered(rows);
    }

    @Override
    public void passed(StoredPlace place) {
        to.passed(place);
    }

    @Override
    public void heartbeat(Instant written) {
        to.heartbeat(written);
    }
}
