package vigie.console.plan;

import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;

import vigie.console.bridge.FxBridge;
import vigie.console.picture.Png;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.plan.Plan;
import vigie.plan.PlanWriter;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The plan on paper: the same geometry as the live view, with the colours of the drawing, every
 * sensor in its place, a legend, a scale. The file says of which plan it was made.
 */
public final class PlanDrawing {
    /** The text in the file that says of which plan and by which drawing it was made. */
    public static final String FINGERPRINT = "Vigie-Plan-Fingerprint";

    /** Goes up whenever the same plan is drawn differently. */
    private static final int VERSION = 3;

    private PlanDrawing() {}

    /**
     * Draws a plan into a PNG file. Starts JavaFX in memory where it does not run yet; not to be
     * called on the JavaFX thread.
     *
     * @param file replaced where it exists
     * @throws Fault system packages that JavaFX needs are missing; names the remedy
     * @throws IOException the file cannot be written
     */
    public static void write(Plan plan, Words words, Path file)
            throws Fault, IOException, InterruptedException {
        ToolkitStart.start(Display.choose(true), PixelSize.FULL_HD);
        FutureTask<WritableImage> drawing = new FutureTask<>(() -> image(plan, words));
        FxBridge.onFx(drawing);
        WritableImage image;
        try {
            image = drawing.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the plan cannot be drawn", e.getCause());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("Title", plan.label().in(words.language()));
        texts.put("Software", "Vigie");
        texts.put(FINGERPRINT, fingerprint(plan, words));
        Png.write(image, file, texts);
    }

    /** The drawing. JavaFX thread only. */
    public static WritableImage image(Plan plan, Words words) {
        DrawingPainter painter = new DrawingPainter(plan, words);
        Canvas canvas = new Canvas(painter.width(), painter.height());
        painter.paint(canvas.getGraphicsContext2D());
        return canvas.snapshot(null, new WritableImage(painter.width(), painter.height()));
    }

    /** Differs where the plan, the language or the way of drawing differs. */
    public static String fingerprint(Plan plan, Words words) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PlanWriter.write(plan));
            digest.update(
                    ("\n" + words.language() + " drawing " + VERSION)
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
