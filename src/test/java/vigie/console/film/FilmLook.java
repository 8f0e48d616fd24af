package vigie.console.film;

import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import vigie.console.picture.Png;
import vigie.console.start.PixelSize;
import vigie.history.Work;
import vigie.recording.Basis;
import vigie.text.Words;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Makes a film of a made-up day, to look at and to measure: {@code FilmLook LANGUAGE WxH HOURS
 * SPEED FILE [FRAME PICTURE]…}. Not a test.
 */
final class FilmLook {
    private FilmLook() {}

    public static void main(String[] words) throws Exception {
        PixelSize size = PixelSize.parse(words[1]).orElseThrow();
        Duration length = Duration.ofMinutes(Math.round(Double.parseDouble(words[2]) * 60));
        RecordedDay day = new RecordedDay();
        Path file = Path.of(words[4]);
        FilmOrder order =
                new FilmOrder(
                        RecordedDay.FAILURE,
                        RecordedDay.FAILURE.plus(length),
                        Basis.KNOWN_NOW,
                        Double.parseDouble(words[3]),
                        FilmOrder.USUAL_PER_SECOND,
                        size,
                        file);
        long began = System.nanoTime();
        Film film =
                FilmJob.run(
                        day,
                        day.plan(),
                        Words.in(Locale.forLanguageTag(words[0])),
                        order,
                        share -> {},
                        new Work());
        double millis = (System.nanoTime() - began) / 1e6;
        System.out.printf(
                "%s: %d frames, %.1f ms each, %.1f MB, %d readings%n",
                file, film.frames(), millis / film.frames(), film.bytes() / 1e6, film.readings());
        if (words.length > 5) {
            GifReader read = GifReader.read(file);
            for (int i = 5; i + 1 < words.length; i += 2) {
                WritableImage image = new WritableImage(size.width(), size.height());
                image.getPixelWriter()
                        .setPixels(
                                0,
                                0,
                                size.width(),
                                size.height(),
                                PixelFormat.getIntArgbInstance(),
                                read.frames.get(Integer.parseInt(words[i])).pixels(),
                                0,
                                size.width());
                Png.write(image, Path.of(words[i + 1]));
            }
        }
        System.exit(0);
    }
}
