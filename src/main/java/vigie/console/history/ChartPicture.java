package vigie.console.history;

import javafx.geometry.VPos;
import javafx.scene.Group;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

import vigie.console.bridge.FxBridge;
import vigie.console.history.chart.ChartSurface;
import vigie.console.history.chart.Scene;
import vigie.console.history.chart.Stretch;
import vigie.console.picture.Png;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.style.Size;
import vigie.console.style.Typography;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.plan.Plan;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A chart as a picture, drawn by the painter of the window. */
public final class ChartPicture {
    private ChartPicture() {}

    /**
     * What to draw.
     *
     * @param title above it; may be empty
     * @param plan names points and limits them
     * @param ranges as {@link PastSource#range} found them, for about as many buckets as the
     *     picture is wide
     * @param from the left edge
     * @param to the right edge
     * @param now the present; what lies after it is drawn as the future
     */
    public record Subject(
            String title,
            Plan plan,
            List<PointRange> ranges,
            Instant from,
            Instant to,
            Instant now) {
        public Subject {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Draws a chart into a PNG file, without a window. Starts JavaFX in memory where it does not
     * run yet; not to be called on the JavaFX thread.
     *
     * @param file replaced where it exists
     * @throws Fault system packages that JavaFX needs are missing; names the remedy
     * @throws IOException the file cannot be written
     */
    public static void write(Subject subject, Words words, PixelSize size, Path file)
            throws Fault, IOException, InterruptedException {
        ToolkitStart.start(Display.choose(true), size);
        FutureTask<WritableImage> drawing = new FutureTask<>(() -> image(subject, words, size));
        FxBridge.onFx(drawing);
        try {
            Png.write(
                    drawing.get(),
                    file,
                    Map.of("Title", latin(subject.title()), "Software", "Vigie"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the chart cannot be drawn", e.getCause());
        }
    }

    private static String latin(String text) {
        return text.replaceAll("[^\\x20-\\x7E\\xA0-\\xFF]", "-");
    }

    private static WritableImage image(Subject subject, Words words, PixelSize size) {
        Figures figures = RoomZone.figures(words, subject.plan());
        Stretch stretch = Stretch.between(subject.from(), subject.to());
        List<ChartPoint> points =
                subject.ranges().stream()
                        .map(range ->
                                ChartPoint.of(subject.plan(), range.point().name(), subject.to()))
                        .toList();
        Answer answer =
                new Answer(
                        new Wish(
                                points.stream().map(ChartPoint::id).toList(),
                                stretch,
                                size.width(),
                                0,
                                false),
                        subject.ranges(),
                        List.of());
        Lanes.Made made =
                Lanes.of(answer, points, Map.of(), Long.MIN_VALUE, subject.plan(), figures);
        Scene scene =
                new Scene(
                        stretch,
                        Times.micros(subject.now()),
                        false,
                        made.lanes(),
                        made.strips(),
                        made.changes(),
                        0,
                        java.util.Optional.empty(),
                        made.lanes().isEmpty() && made.strips().isEmpty()
                                ? words.say("chart.empty.time")
                                : "");
        return image(scene, subject.title(), figures, Palette.dark(), size);
    }

    /** The picture of a chart. JavaFX thread only. */
    static WritableImage image(
            Scene scene, String title, Figures figures, Palette palette, PixelSize size) {
        double scale = PixelSize.scale(size.width(), size.height());
        double head = title.isEmpty() ? 0 : 40 * scale;
        ChartSurface surface = new ChartSurface(palette);
        surface.resize(size.width(), size.height() - head, scale);
        surface.paint(scene, figures, true);
        surface.node().setLayoutY(head);
        Group all = new Group(surface.node());
        if (!title.isEmpty()) {
            Text text = new Text(title);
            text.setFont(Typography.font(Size.TITLE, Typography.Weight.MEDIUM, scale));
            text.setFill(palette.colour(Role.TEXT));
            text.setTextOrigin(VPos.CENTER);
            text.setX(16 * scale);
            text.setY(head / 2 + 4 * scale);
            all.getChildren().add(text);
        }
        SnapshotParameters parameters = new SnapshotParameters();
        Color ground = palette.colour(Role.GROUND);
        parameters.setFill(ground);
        parameters.setViewport(new javafx.geometry.Rectangle2D(0, 0, size.width(), size.height()));
        new javafx.scene.Scene(all, size.width(), size.height(), ground);
        return all.snapshot(parameters, new WritableImage(size.width(), size.height()));
    }
}
