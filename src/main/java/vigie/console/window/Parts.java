package vigie.console.window;

import vigie.console.banner.BannerModel;
import vigie.console.bridge.Frame;
import vigie.console.details.DetailsModel;
import vigie.console.fault.FaultModel;
import vigie.console.header.HeaderModel;
import vigie.console.points.PointsModel;
import vigie.console.status.StatusModel;
import vigie.console.tiles.TilesModel;
import vigie.console.words.Speech;
import vigie.plan.Plan;
import vigie.text.Sentence;

import java.util.Optional;

/** The view models of the window, one of each. */
record Parts(
        HeaderModel header,
        BannerModel banner,
        TilesModel tiles,
        DetailsModel details,
        PointsModel points,
        StatusModel status,
        FaultModel fault) {
    static Parts of(Speech speech, Plan plan, String database, Optional<Sentence> planNotice) {
        return new Parts(
                new HeaderModel(speech, plan),
                new BannerModel(speech, planNotice),
                new TilesModel(speech),
                new DetailsModel(speech),
                new PointsModel(speech),
                new StatusModel(speech, database),
                new FaultModel(speech));
    }

    void show(Frame frame) {
        header.show(frame);
        banner.show(frame);
        tiles.show(frame);
        details.show(frame);
        points.show(frame);
        status.show(frame);
    }

    /** What is known of the present from the frames of other parts is not lost. */
    void goOnFrom(Parts before) {
        header.goOnFrom(before.header);
        banner.goOnFrom(before.banner);
    }

    /** Whether the frames to come are of the past. */
    void setPast(boolean past) {
        header.setPast(past);
        banner.setPast(past);
        details.setPast(past);
        status.setPast(past);
    }
}
