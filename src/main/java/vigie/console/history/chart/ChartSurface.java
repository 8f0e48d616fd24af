package vigie.console.history.chart;

import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

import org.jspecify.annotations.Nullable;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.style.Size;
import vigie.console.style.Typography;
import vigie.console.words.Figures;
import vigie.history.Times;
import vigie.plan.Deviation;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Paints a chart: what stands still on canvases, curves as pixels between them. JavaFX thread only.
 */
public final class ChartSurface {
    private static final int MOST_PIXELS = 16_384 * 4_096;

    private final Canvas back = new Canvas();
    private final ImageView curves = new ImageView();
    private final Canvas cross = new Canvas();
    private final Group node = new Group(back, curves, cross);
    private final Lettering lettering = new Lettering();
    private final Scales scales = new Scales();
    private final Palette palette;

    private @Nullable PixelBuffer<IntBuffer> buffer;
    private int[] pixels = new int[0];
    private int imageWidth;
    private int imageHeight;

    private double width = 1;
    private double height = 1;
    private double scale = 1;
    private Scene scene = Scene.nothing(new Stretch(0, 1), 0, "");
    private ChartLayout layout = new ChartLayout(1, 1, 1, scene);
    private List<ValueScale> values = List.of();
    private Font caption = Font.getDefault();
    private Font strong = Font.getDefault();

    public ChartSurface(Palette palette) {
        this.palette = palette;
        curves.setSmooth(false);
        curves.setMouseTransparent(true);
        cross.setMouseTransparent(true);
        node.setManaged(false);
    }

    public Node node() {
        return node;
    }

    /** The size to paint in, and how much larger than designed everything is. */
    public void resize(double newWidth, double newHeight, double newScale) {
        width = Math.max(1, newWidth);
        height = Math.max(1, newHeight);
        if (newScale != scale || caption.equals(Font.getDefault())) {
            scale = newScale;
            caption = Typography.font(Size.CAPTION, Typography.Weight.REGULAR, scale);
            strong = Typography.font(Size.CAPTION, Typography.Weight.MEDIUM, scale);
        }
        for (Canvas canvas : List.of(back, cross)) {
            canvas.setWidth(width);
            canvas.setHeight(height);
        }
    }

    /** Where the curves are, for those who turn pixels into time. */
    public Projection projection() {
        return layout.projection(scene.stretch());
    }

    /** Where the curves begin, pixels from above. */
    public double top() {
        return layout.top();
    }

    /** Where the curves end, pixels from above. */
    public double bottom() {
        return layout.axis();
    }

    /** Whether a place is on the curves, and not on the axes around them. */
    public boolean onCurves(double x, double y) {
        return x >= layout.left() && x < layout.right() && y >= layout.top() && y < layout.axis();
    }

    /**
     * Paints.
     *
     * @param settle false while somebody drags: the value axes then only grow
     */
    public void paint(Scene next, Figures figures, boolean settle) {
        scene = next;
        layout = new ChartLayout(width, height, scale, next);
        values = scales.of(next, layout, scale, settle);
        GraphicsContext pen = back.getGraphicsContext2D();
        // The ground is that of whatever is behind: to fill it once more is felt on a large screen.
        pen.clearRect(0, 0, width, height);
        lanes(pen, figures);
        time(pen, figures);
        strips(pen);
        labels(pen);
        changes(pen);
        edges(pen, figures);
        empty(pen);
        raster();
    }

    private void lanes(GraphicsContext pen, Figures figures) {
        Projection projection = projection();
        for (int i = 0; i < scene.lanes().size(); i++) {
            Scene.Lane lane = scene.lanes().get(i);
            ChartLayout.Row row = layout.lane(i);
            ValueScale axis = values.get(i);
            pen.setFill(palette.colour(Role.SURFACE));
            pen.fillRect(layout.left(), row.top(), layout.width(), row.height());
            band(pen, lane, axis, row, projection);
            for (double line : axis.lines()) {
                double y = Math.round(axis.y(line, row.top(), row.bottom())) + 0.5;
                if (y < row.top() || y > row.bottom()) {
                    continue;
                }
                line(pen, layout.left(), y, layout.right(), y, Role.LINE, 1);
                if (axis.equals(ValueScale.BLANK)) {
                    continue;
                }
                Lettering.write(
                        pen,
                        figures.number(line, axis.decimals()),
                        layout.left() - 8 * scale,
                        Math.clamp(y, row.top() + 6 * scale, row.bottom() - 6 * scale),
                        TextAlignment.RIGHT,
                        caption,
                        palette.colour(Role.TEXT_MUTED));
            }
            unit(pen, lane, row);
        }
    }

    /** The unit stands above its lane, where no curve and no number of the axis can meet it. */
    private void unit(GraphicsContext pen, Scene.Lane lane, ChartLayout.Row row) {
        Lettering.write(
                pen,
                lane.unit(),
                layout.left(),
                row.top() - 9 * scale,
                TextAlignment.LEFT,
                strong,
                palette.colour(Role.TEXT));
    }

    /**
     * The band of what is normal, where all curves of a lane agree on it, else the marked one's.
     */
    private void band(
            GraphicsContext pen,
            Scene.Lane lane,
            ValueScale axis,
            ChartLayout.Row row,
            Projection projection) {
        List<LimitLine> lines = List.of();
        for (Scene.Curve curve : lane.curves()) {
            if (scene.marked().equals(Optional.of(curve.point()))) {
                lines = curve.limits();
                break;
            }
            if (lines.isEmpty()) {
                lines = curve.limits();
            } else if (!curve.limits().isEmpty() && !agree(lines, curve.limits())) {
                return;
            }
        }
        for (LimitLine line : lines) {
            if (line.isOpen()) {
                continue;
            }
            double left = Math.max(layout.left(), projection.x(line.from()));
            double right = Math.min(layout.right(), projection.x(line.to()));
            if (right <= left) {
                continue;
            }
            double top = edge(line.high(), axis, row, row.top());
            double bottom = edge(line.low(), axis, row, row.bottom());
            pen.setFill(palette.colour(Role.BAND, 0.28));
            pen.fillRect(left, top, right - left, Math.max(0, bottom - top));
            for (double value : new double[] {line.low(), line.high()}) {
                limit(pen, value, axis, row, left, right, Role.LINE_STRONG, 0.75);
            }
            for (double value : new double[] {line.lowAlarm(), line.highAlarm()}) {
                limit(pen, value, axis, row, left, right, Role.LINE_STRONG, 1.5);
            }
        }
    }

    private static boolean agree(List<LimitLine> some, List<LimitLine> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).sameNumbers(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static double edge(
            double value, ValueScale axis, ChartLayout.Row row, double otherwise) {
        return Double.isNaN(value)
                ? otherwise
                : Math.clamp(axis.y(value, row.top(), row.bottom()), row.top(), row.bottom());
    }

    private void limit(
            GraphicsContext pen,
            double value,
            ValueScale axis,
            ChartLayout.Row row,
            double left,
            double right,
            Role role,
            double thickness) {
        if (Double.isNaN(value)) {
            return;
        }
        double y = Math.round(axis.y(value, row.top(), row.bottom())) + 0.5;
        if (y > row.top() && y < row.bottom()) {
            pen.setLineDashes(6 * scale, 4 * scale);
            line(pen, left, y, right, y, role, thickness);
            pen.setLineDashes();
        }
    }

    private void line(
            GraphicsContext pen,
            double x1,
            double y1,
            double x2,
            double y2,
            Role role,
            double thickness) {
        pen.setStroke(palette.colour(role));
        pen.setLineWidth(Math.max(1, thickness * scale));
        pen.setLineCap(StrokeLineCap.BUTT);
        pen.strokeLine(x1, y1, x2, y2);
    }

    private void time(GraphicsContext pen, Figures figures) {
        Projection projection = projection();
        int most = (int) Math.max(2, layout.width() / (84 * scale));
        List<Tick> ticks = new TimeTicks(figures.zone(), figures.words()).of(scene.stretch(), most);
        double free = Double.NEGATIVE_INFINITY;
        double contextFree = Double.NEGATIVE_INFINITY;
        double foot = layout.axis();
        for (Tick tick : ticks) {
            double x = Math.round(projection.x(tick.at())) + 0.5;
            for (int i = 0; i < scene.lanes().size(); i++) {
                ChartLayout.Row row = layout.lane(i);
                line(
                        pen,
                        x,
                        row.top(),
                        x,
                        row.bottom(),
                        tick.strong() ? Role.LINE_STRONG : Role.LINE,
                        tick.strong() ? 0.75 : 1);
            }
            line(pen, x, foot, x, foot + 5 * scale, Role.LINE_STRONG, 1);
            double half = lettering.width(tick.label(), caption) / 2;
            double middle = Math.clamp(x, layout.left() + half - 30 * scale, width - half);
            if (middle - half > free) {
                Lettering.write(
                        pen,
                        tick.label(),
                        middle,
                        foot + 14 * scale,
                        TextAlignment.CENTER,
                        caption,
                        palette.colour(Role.TEXT));
                free = middle + half + 8 * scale;
            }
            if (!tick.context().isEmpty()) {
                double room = lettering.width(tick.context(), caption);
                double at = Math.min(Math.max(x - half, layout.left() - 30 * scale), width - room);
                if (at > contextFree) {
                    Lettering.write(
                            pen,
                            tick.context(),
                            at,
                            foot + 32 * scale,
                            TextAlignment.LEFT,
                            caption,
                            palette.colour(Role.TEXT_MUTED));
                    contextFree = at + room + 14 * scale;
                }
            }
        }
        line(pen, layout.left(), foot + 0.5, layout.right(), foot + 0.5, Role.LINE_STRONG, 1);
        String zone = figures.zoneName(Times.instant(scene.stretch().to()));
        Lettering.write(
                pen,
                lettering.fitted(zone, caption, width - layout.right() - 14 * scale),
                width - 6 * scale,
                foot + 32 * scale,
                TextAlignment.RIGHT,
                caption,
                palette.colour(Role.TEXT_MUTED));
    }

    private void strips(GraphicsContext pen) {
        Projection projection = projection();
        for (int i = 0; i < scene.strips().size(); i++) {
            Scene.Strip strip = scene.strips().get(i);
            ChartLayout.Row row = layout.strip(i);
            pen.setFill(palette.colour(Role.SURFACE));
            pen.fillRect(layout.left(), row.top(), layout.width(), row.height());
            for (Scene.Span span : strip.spans()) {
                if (span.to() <= scene.stretch().from() || span.from() >= scene.stretch().to()) {
                    continue;
                }
                double left = Math.max(layout.left(), projection.x(span.from()));
                double right =
                        Math.min(layout.right(), projection.x(Math.min(span.to(), scene.now())));
                span(pen, span, row, left, Math.max(left + 1, right));
            }
            boolean marked = scene.marked().equals(Optional.of(strip.point()));
            Lettering.write(
                    pen,
                    lettering.fitted(strip.name(), caption, width - layout.right() - 34 * scale),
                    layout.right() + 30 * scale,
                    (row.top() + row.bottom()) / 2,
                    TextAlignment.LEFT,
                    marked ? strong : caption,
                    palette.colour(marked ? Role.SELECTION : Role.TEXT_MUTED));
        }
    }

    private void span(
            GraphicsContext pen, Scene.Span span, ChartLayout.Row row, double left, double right) {
        if (!span.known()) {
            hatch(pen, left, right, row);
            return;
        }
        Role role =
                switch (span.deviation()) {
                    case NONE -> span.lit() ? Role.BAND : Role.SURFACE_RAISED;
                    case WARNING -> Role.PRIORITY_2;
                    case ALARM -> Role.PRIORITY_1;
                };
        double inset = span.lit() || span.deviation() != Deviation.NONE ? 0 : row.height() * 0.22;
        pen.setFill(palette.colour(role));
        pen.fillRect(left, row.top() + inset, right - left, row.height() - 2 * inset);
        if (right - left > 3 * scale) {
            line(pen, left + 0.5, row.top(), left + 0.5, row.bottom(), Role.LINE_STRONG, 1);
        }
        String words = lettering.fitted(span.text(), caption, right - left - 12 * scale);
        if (!words.isEmpty() && row.height() > 12 * scale) {
            Lettering.write(
                    pen,
                    words,
                    left + 6 * scale,
                    (row.top() + row.bottom()) / 2,
                    TextAlignment.LEFT,
                    caption,
                    palette.colour(
                            span.deviation() == Deviation.NONE ? Role.TEXT : Role.ON_PRIORITY));
        }
    }

    private void hatch(GraphicsContext pen, double left, double right, ChartLayout.Row row) {
        pen.save();
        pen.beginPath();
        pen.rect(left, row.top(), right - left, row.height());
        pen.clip();
        pen.setStroke(palette.colour(Role.LINE_STRONG, 0.6));
        pen.setLineWidth(Math.max(1, scale));
        double every = 7 * scale;
        // From a fixed place, so that it does not crawl while somebody drags.
        double from = Math.floor((left - row.height()) / every) * every;
        for (double x = from; x < right; x += every) {
            pen.strokeLine(x, row.bottom(), x + row.height(), row.top());
        }
        pen.restore();
    }

    /** Each curve's name beside its last value, moved apart where they would meet. */
    private void labels(GraphicsContext pen) {
        for (int i = 0; i < scene.lanes().size(); i++) {
            label(pen, i);
        }
    }

    private record Label(int curve, double at) {}

    private void label(GraphicsContext pen, int index) {
        Scene.Lane lane = scene.lanes().get(index);
        ChartLayout.Row row = layout.lane(index);
        ValueScale axis = values.get(index);
        double height = 17 * scale;
        List<Label> labels = new ArrayList<>();
        for (int j = 0; j < lane.curves().size(); j++) {
            Scene.Curve curve = lane.curves().get(j);
            OptionalDouble last = last(curve);
            double at =
                    last.isPresent()
                            ? axis.y(last.getAsDouble(), row.top(), row.bottom())
                            : row.bottom();
            labels.add(new Label(j, Math.clamp(at, row.top(), row.bottom())));
        }
        labels.sort(Comparator.comparingDouble(Label::at));
        double[] places = apart(labels, height, row);
        for (int k = 0; k < labels.size(); k++) {
            Label label = labels.get(k);
            Scene.Curve curve = lane.curves().get(label.curve());
            boolean marked = scene.marked().equals(Optional.of(curve.point()));
            double y = places[k];
            if (y > row.bottom() + height || y < row.top() - height) {
                continue;
            }
            Stroke stroke = Strokes.of(palette, label.curve());
            swatch(
                    pen,
                    stroke,
                    layout.right() + 4 * scale,
                    layout.right() + 26 * scale,
                    label.at(),
                    y);
            Lettering.write(
                    pen,
                    lettering.fitted(
                            curve.name(),
                            marked ? strong : caption,
                            width - layout.right() - 34 * scale),
                    layout.right() + 30 * scale,
                    y,
                    TextAlignment.LEFT,
                    marked ? strong : caption,
                    marked
                            ? palette.colour(Role.SELECTION)
                            : palette.colour(
                                    scene.marked().isPresent() ? Role.TEXT_MUTED : Role.TEXT));
        }
    }

    /** Downwards first, then up again where the foot was passed. */
    private static double[] apart(List<Label> labels, double height, ChartLayout.Row row) {
        double[] places = new double[labels.size()];
        double free = row.top() + height * 0.4;
        for (int k = 0; k < places.length; k++) {
            places[k] = Math.max(labels.get(k).at(), free);
            free = places[k] + height;
        }
        double limit = row.bottom() - height * 0.3;
        for (int k = places.length - 1; k >= 0; k--) {
            places[k] = Math.min(places[k], limit);
            limit = places[k] - height;
        }
        return places;
    }

    private void swatch(
            GraphicsContext pen, Stroke stroke, double left, double right, double from, double to) {
        pen.setStroke(colour(stroke.argb()));
        pen.setLineWidth(Math.max(1, stroke.thickness() * scale));
        pen.setLineCap(StrokeLineCap.BUTT);
        if (stroke.on() > 0) {
            pen.setLineDashes(stroke.on() * scale, stroke.off() * scale);
        }
        double bend = left + (right - left) * 0.45;
        pen.strokeLine(left, from, bend, to);
        pen.strokeLine(bend, to, right, to);
        pen.setLineDashes();
    }

    private OptionalDouble last(Scene.Curve curve) {
        Track track = curve.track();
        for (int i = Math.min(track.size() - 1, track.first(scene.stretch().to())); i >= 0; i--) {
            var bucket = track.bucket(i);
            if (bucket.from() < scene.stretch().to() && !bucket.isEmpty()) {
                return OptionalDouble.of(bucket.mean());
            }
            if (bucket.to() < scene.stretch().from()) {
                break;
            }
        }
        return OptionalDouble.empty();
    }

    private void changes(GraphicsContext pen) {
        for (Scene.Change change : scene.changes()) {
            double x = Math.round(projection().x(change.at())) + 0.5;
            if (x <= layout.left() || x >= layout.right()) {
                continue;
            }
            pen.setLineDashes(2 * scale, 3 * scale);
            line(pen, x, layout.top(), x, layout.axis(), Role.TEXT_MUTED, 1);
            pen.setLineDashes();
            Lettering.write(
                    pen,
                    change.units(),
                    x,
                    layout.top() - 9 * scale,
                    TextAlignment.CENTER,
                    caption,
                    palette.colour(Role.TEXT));
        }
    }

    /** The present, and what has not come yet. */
    private void edges(GraphicsContext pen, Figures figures) {
        double x = projection().x(scene.now());
        if (x >= layout.left() && x < layout.right() - 1) {
            pen.setFill(palette.colour(Role.GROUND, 0.65));
            pen.fillRect(x, layout.top(), layout.right() - x, layout.axis() - layout.top());
            line(pen, x, layout.top(), x, layout.axis(), Role.TEXT_MUTED, 1);
            Lettering.write(
                    pen,
                    figures.words().say("chart.now"),
                    x + 5 * scale,
                    layout.top() + 8 * scale,
                    TextAlignment.LEFT,
                    caption,
                    palette.colour(Role.TEXT_MUTED));
        }
    }

    private void empty(GraphicsContext pen) {
        if (scene.lanes().isEmpty() && scene.strips().isEmpty()) {
            pen.setFill(palette.colour(Role.SURFACE));
            pen.fillRect(layout.left(), layout.top(), layout.width(), layout.axis() - layout.top());
        }
        if (scene.empty().isEmpty()) {
            return;
        }
        Font body = Typography.font(Size.BODY, Typography.Weight.REGULAR, scale);
        double room = layout.width() * 0.8;
        List<String> lines = wrapped(scene.empty(), body, room);
        double y = (layout.top() + layout.axis()) / 2 - (lines.size() - 1) * 10 * scale;
        for (String text : lines) {
            Lettering.write(
                    pen,
                    text,
                    (layout.left() + layout.right()) / 2,
                    y,
                    TextAlignment.CENTER,
                    body,
                    palette.colour(Role.TEXT_MUTED));
            y += 21 * scale;
        }
    }

    private List<String> wrapped(String words, Font font, double room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && lettering.width(longer, font) > room) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** The curves; see {@link CurvePainter}. */
    private void raster() {
        int columns = (int) Math.ceil(layout.width());
        int rows = (int) Math.ceil(layout.axis() - layout.top());
        if (columns < 1 || rows < 1 || (long) columns * rows > MOST_PIXELS) {
            curves.setImage(null);
            return;
        }
        PixelBuffer<IntBuffer> target = buffer;
        if (target == null || columns != imageWidth || rows != imageHeight) {
            pixels = new int[columns * rows];
            imageWidth = columns;
            imageHeight = rows;
            target =
                    new PixelBuffer<>(
                            columns,
                            rows,
                            IntBuffer.wrap(pixels),
                            PixelFormat.getIntArgbPreInstance());
            buffer = target;
            curves.setImage(new WritableImage(target));
        }
        curves.setX(layout.left());
        curves.setY(layout.top());
        target.updateBuffer(_ -> {
            rasterise(new Raster(pixels, imageWidth, imageHeight));
            return new Rectangle2D(0, 0, imageWidth, imageHeight);
        });
    }

    private void rasterise(Raster raster) {
        raster.clear();
        CurvePainter painter =
                new CurvePainter(
                        raster,
                        scale,
                        argb(palette.colour(Role.PRIORITY_2)),
                        argb(palette.colour(Role.PRIORITY_1)),
                        argb(palette.colour(Role.LINE_STRONG, 0.55)));
        Projection projection = new Projection(scene.stretch(), 0, layout.width());
        for (int i = 0; i < scene.lanes().size(); i++) {
            Scene.Lane lane = scene.lanes().get(i);
            ChartLayout.Row row = layout.lane(i);
            CurvePainter.Frame frame =
                    new CurvePainter.Frame(
                            values.get(i), row.top() - layout.top(), row.bottom() - layout.top());
            painter.gaps(
                    lane.curves().stream().map(Scene.Curve::track).toList(),
                    projection,
                    frame,
                    scene.now(),
                    scene.empty().isEmpty());
            compared(painter, lane, projection, frame);
            present(painter, lane, projection, frame);
        }
    }

    private void compared(
            CurvePainter painter,
            Scene.Lane lane,
            Projection projection,
            CurvePainter.Frame frame) {
        if (scene.shift() == 0) {
            return;
        }
        Projection earlier =
                new Projection(
                        scene.stretch().moved(-scene.shift()),
                        projection.left(),
                        projection.width());
        for (int j = 0; j < lane.curves().size(); j++) {
            Track before = lane.curves().get(j).before();
            if (before != null) {
                Stroke stroke = Strokes.of(palette, j);
                painter.curve(
                        before,
                        earlier,
                        frame,
                        new Stroke(stroke.argb(), 3, 4, 1).faded(0.6),
                        0,
                        List.of());
            }
        }
    }

    private void present(
            CurvePainter painter,
            Scene.Lane lane,
            Projection projection,
            CurvePainter.Frame frame) {
        boolean anyMarked =
                lane.curves().stream()
                        .anyMatch(curve -> scene.marked().equals(Optional.of(curve.point())));
        double envelope = lane.curves().size() == 1 ? 0.4 : 0.4 / Math.sqrt(lane.curves().size());
        for (int pass = 0; pass < 2; pass++) {
            for (int j = lane.curves().size() - 1; j >= 0; j--) {
                Scene.Curve curve = lane.curves().get(j);
                boolean marked = anyMarked && scene.marked().equals(Optional.of(curve.point()));
                if (marked != (pass == 1)) {
                    continue;
                }
                Stroke stroke = Strokes.of(palette, j);
                if (marked) {
                    stroke = new Stroke(argb(palette.colour(Role.SELECTION)), 0, 0, 2);
                } else if (anyMarked) {
                    stroke = stroke.faded(0.45);
                }
                painter.curve(
                        curve.track(),
                        projection,
                        frame,
                        stroke,
                        marked ? 0.45 : anyMarked ? envelope / 2 : envelope,
                        curve.limits());
            }
        }
    }

    /** How a curve is drawn, for a table beside the chart. */
    public static Canvas swatch(Palette palette, int curve, double scale) {
        Canvas canvas = new Canvas(26 * scale, 10 * scale);
        GraphicsContext pen = canvas.getGraphicsContext2D();
        Stroke stroke = Strokes.of(palette, curve);
        pen.setStroke(colour(stroke.argb()));
        pen.setLineWidth(Math.max(1, stroke.thickness() * scale));
        pen.setLineCap(StrokeLineCap.BUTT);
        if (stroke.on() > 0) {
            pen.setLineDashes(stroke.on() * scale, stroke.off() * scale);
        }
        pen.strokeLine(0, 5 * scale, 24 * scale, 5 * scale);
        return canvas;
    }

    /** Takes the crosshair away. */
    public void clearCrosshair() {
        // An empty sheet over everything costs as much to lay down as a full one.
        cross.setVisible(false);
        cross.getGraphicsContext2D().clearRect(0, 0, width, height);
    }

    /** Paints a crosshair and what stands under it. */
    public void crosshair(double x, double y, Crosshair found) {
        GraphicsContext pen = cross.getGraphicsContext2D();
        cross.setVisible(true);
        pen.clearRect(0, 0, width, height);
        double at = Math.round(x) + 0.5;
        line(pen, at, layout.top(), at, layout.axis(), Role.TEXT_MUTED, 0.75);
        dots(pen, at, found);
        panel(pen, at, y, found);
    }

    private void dots(GraphicsContext pen, double x, Crosshair found) {
        long moment = projection().at(x);
        for (Crosshair.Row row : found.rows()) {
            if (row.lane() < 0) {
                continue;
            }
            Track track = scene.lanes().get(row.lane()).curves().get(row.curve()).track();
            int index = track.at(moment);
            if (index < 0 || track.bucket(index).isEmpty()) {
                continue;
            }
            ChartLayout.Row lane = layout.lane(row.lane());
            double y =
                    values.get(row.lane()).y(track.bucket(index).mean(), lane.top(), lane.bottom());
            double radius = 3.5 * scale;
            pen.setFill(palette.colour(Role.GROUND));
            pen.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
            pen.setStroke(palette.colour(Role.TEXT));
            pen.setLineWidth(1.5 * scale);
            pen.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
        }
    }

    private void panel(GraphicsContext pen, double x, double y, Crosshair found) {
        double line = 17 * scale;
        double pad = 10 * scale;
        double room = Math.min(430 * scale, Math.max(160 * scale, layout.width() / 2 - 20 * scale));
        double valueRoom =
                found.rows().stream()
                        .mapToDouble(row -> lettering.width(row.value(), strong))
                        .max()
                        .orElse(0);
        double nameRoom = room - 2 * pad - 26 * scale - valueRoom - 12 * scale;
        double wanted = 2 * pad + line * 1.3;
        int shown = 0;
        for (Crosshair.Row row : found.rows()) {
            double more = line * (row.detail().isEmpty() ? 1.1 : 2);
            if (wanted + more > layout.axis() - layout.top()) {
                break;
            }
            wanted += more;
            shown++;
        }
        double left =
                x + 14 * scale + room < layout.right() ? x + 14 * scale : x - 14 * scale - room;
        left = Math.max(4, left);
        double top =
                Math.clamp(
                        y - wanted / 2,
                        layout.top(),
                        Math.max(layout.top(), layout.axis() - wanted));
        pen.setFill(palette.colour(Role.SURFACE_HOVER, 0.97));
        pen.fillRoundRect(left, top, room, wanted, 6 * scale, 6 * scale);
        pen.setStroke(palette.colour(Role.LINE_STRONG));
        pen.setLineWidth(Math.max(1, scale));
        pen.strokeRoundRect(left, top, room, wanted, 6 * scale, 6 * scale);
        double at = top + pad + line / 2;
        Lettering.write(
                pen,
                found.time(),
                left + pad,
                at,
                TextAlignment.LEFT,
                strong,
                palette.colour(Role.TEXT));
        at += line * 1.3;
        for (Crosshair.Row row : found.rows().subList(0, shown)) {
            if (row.lane() >= 0) {
                swatch(
                        pen,
                        Strokes.of(palette, row.curve()),
                        left + pad,
                        left + pad + 20 * scale,
                        at,
                        at);
            }
            Lettering.write(
                    pen,
                    lettering.fitted(row.name(), caption, nameRoom),
                    left + pad + 26 * scale,
                    at,
                    TextAlignment.LEFT,
                    caption,
                    palette.colour(Role.TEXT));
            Lettering.write(
                    pen,
                    row.value(),
                    left + room - pad,
                    at,
                    TextAlignment.RIGHT,
                    strong,
                    palette.colour(Role.TEXT));
            if (!row.detail().isEmpty()) {
                Lettering.write(
                        pen,
                        lettering.fitted(row.detail(), caption, room - 2 * pad - 26 * scale),
                        left + room - pad,
                        at + line * 0.9,
                        TextAlignment.RIGHT,
                        caption,
                        palette.colour(Role.TEXT_MUTED));
                at += line * 0.9;
            }
            at += line * 1.1;
        }
    }

    static int argb(Color colour) {
        return (channel(colour.getOpacity()) << 24)
                | (channel(colour.getRed()) << 16)
                | (channel(colour.getGreen()) << 8)
                | channel(colour.getBlue());
    }

    private static int channel(double share) {
        return (int) Math.round(share * 255);
    }

    private static Color colour(int argb) {
        return Color.rgb(
                (argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff, (argb >>> 24) / 255.0);
    }
}
