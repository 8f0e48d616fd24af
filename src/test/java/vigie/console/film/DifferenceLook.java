package vigie.console.film;

import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;

import vigie.console.bridge.FxBridge;
import vigie.console.picture.Png;
import vigie.console.plan.PlanView;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.style.Palette;
import vigie.history.Work;
import vigie.picture.Difference;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.room.Bindings;
import vigie.text.Words;
import vigie.timeline.Moment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * Draws a made-up failure against the day before, to look at: {@code DifferenceLook LANGUAGE WxH
 * MINUTES FILE}. Not a test.
 */
final class DifferenceLook {
    private DifferenceLook() {}

    public static void main(String[] words) throws Exception {
        PixelSize size = PixelSize.parse(words[1]).orElseThrow();
        RecordedDay day = new RecordedDay();
        Instant at = RecordedDay.FAILURE.plusSeconds(60L * Integer.parseInt(words[2]));
        Picture now = picture(day, at);
        Picture then = picture(day, at.minusSeconds(86_400));
        ToolkitStart.start(Display.choose(true), size);
        FutureTask<Image> drawing =
                new FutureTask<>(() -> {
                    PlanView view =
                            new PlanView(Words.in(Locale.forLanguageTag(words[0])), Palette.dark());
                    Scene scene = new Scene(new StackPane(view), size.width(), size.height());
                    scene.snapshot(null);
                    view.show(now, at, true);
                    view.compare(Optional.of(Difference.of(now, then)));
                    return scene.snapshot(null);
                });
        FxBridge.onFx(drawing);
        Png.write(drawing.get(), Path.of(words[3]));
        System.exit(0);
    }

    private static Picture picture(RecordedDay day, Instant at) throws Exception {
        Reel reel = day.at(at, Basis.KNOWN_NOW, new Work());
        Moment moment = Moment.past(reel.at(at), reel.cadences(), reel.widths(), at, 0);
        return new PictureMaker(day.plan(), Bindings.NONE)
                .next(moment.state(), moment.freshness(at), at);
    }
}
