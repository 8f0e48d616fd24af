package vigie.console;

import vigie.console.bridge.Frame;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.picture.Summary;
import vigie.room.Bindings;
import vigie.timeline.Moment;

import java.time.Instant;

/** Makes frames of a fake room, as the bridge does. */
public final class Frames {
    private final FakeRoom room;
    private final PictureMaker maker;

    public Frames(FakeRoom room) {
        this.room = room;
        maker = new PictureMaker(room.plan(), Bindings.NONE);
    }

    /** The frame of now. */
    public Frame next() {
        Moment moment = room.timeline().moment();
        Instant now = room.timeline().now();
        Picture picture = maker.next(moment.state(), moment.freshness(now), now);
        return new Frame(moment, picture, Summary.of(picture), now);
    }
}
