package vigie.console.film;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

import vigie.console.plan.PlanView;
import vigie.console.start.PixelSize;
import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.style.Typography;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.picture.Picture;
import vigie.plan.Plan;
import vigie.text.Words;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A frame of a film: the window's plan under a line that says that this is the past, which moment
 * of it, and how fast. Drawn off the screen; the words are part of the picture, so that nobody who
 * is shown it alone takes it for the present. JavaFX thread only.
 */
final class FilmScene {
    private final PixelSize size;
    private final Words words;
    private final Figures figures;
    private final String speed;
    private final PlanView plan;
    private final Text moment = new Text();
    private final Text place = new Text();
    private final Scene scene;
    private final String name;
    private final WritableImage image;

    FilmScene(Plan drawn, Words words, double speed, PixelSize size) {
        this.size = size;
        this.words = words;
        this.figures = RoomZone.figures(words, drawn);
        this.speed = speed(words, speed);
        Palette palette = Palette.dark();
        double scale = PixelSize.scale(size.width(), size.height());
        name = drawn.label().in(words.language());
        plan = new PlanView(words, palette);
        write(moment, palette, Role.TEXT, Typography.Weight.STRONG, 22 * scale);
        write(place, palette, Role.TEXT_MUTED, Typography.Weight.REGULAR, 15 * scale);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(moment, gap, place);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setPadding(new Insets(7 * scale, 16 * scale, 7 * scale, 16 * scale));
        line.setBackground(filled(palette, Role.SURFACE_RAISED));
        BorderPane root = new BorderPane(plan, line, null, null, null);
        root.setBackground(filled(palette, Role.GROUND));
        root.setBorder(
                new Border(
                        new BorderStroke(
                                palette.colour(Role.PAST),
                                BorderStrokeStyle.SOLID,
                                CornerRadii.EMPTY,
                                new BorderWidths(Math.max(2, Math.round(4 * scale))))));
        scene = new Scene(root, size.width(), size.height(), palette.colour(Role.GROUND));
        image = new WritableImage(size.width(), size.height());
    }

    /**
     * Draws a moment.
     *
     * @param pixels takes the frame as 0xAARRGGBB, line by line
     */
    void draw(Picture picture, int[] pixels) {
        Instant at = picture.at();
        moment.setText(
                words.say(
                        "film.title",
                        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                                .format(at.atZone(figures.zone())),
                        speed));
        place.setText(name + " · " + figures.zoneName(at));
        plan.show(picture, at, true);
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        while (!plan.isPainted()) {
            plan.show(picture, at, true);
        }
        scene.snapshot(image);
        image.getPixelReader()
                .getPixels(
                        0,
                        0,
                        size.width(),
                        size.height(),
                        PixelFormat.getIntArgbInstance(),
                        pixels,
                        0,
                        size.width());
    }

    /** A speed as it is written, for example {@code ×60}. */
    static String speed(Words words, double speed) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        format.setMaximumFractionDigits(2);
        format.setGroupingUsed(false);
        return "×" + format.format(speed);
    }

    private static void write(
            Text text, Palette palette, Role role, Typography.Weight weight, double height) {
        text.setFont(Typography.font(weight, height));
        text.setFill(palette.colour(role));
        text.setTextOrigin(VPos.TOP);
    }

    private static Background filled(Palette palette, Role role) {
        return new Background(
                new BackgroundFill(palette.colour(role), CornerRadii.EMPTY, Insets.EMPTY));
    }
}
