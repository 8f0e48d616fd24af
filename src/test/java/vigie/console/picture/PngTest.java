package vigie.console.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

class PngTest {
    @TempDir Path folder;

    @Test
    void every_pixel_comes_back_from_the_file() throws IOException {
        WritableImage image = noise(37, 23, false);
        Png.write(image, folder.resolve("a.png"));
        assertSame(image, read(folder.resolve("a.png")));
    }

    @Test
    void transparent_pixels_keep_their_alpha() throws IOException {
        WritableImage image = noise(16, 9, true);
        Png.write(image, folder.resolve("a.png"));
        Image back = read(folder.resolve("a.png"));
        assertThat(back.getPixelReader().getArgb(3, 3) >>> 24)
                .isEqualTo(image.getPixelReader().getArgb(3, 3) >>> 24);
    }

    @Test
    void texts_come_back_in_their_order() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("Title", "Salle serveurs à Liège");
        texts.put("Fingerprint", "0123abcd");
        Path file = folder.resolve("a.png");
        Png.write(noise(4, 4, false), file, texts);
        assertThat(Png.texts(file)).containsExactlyEntriesOf(texts);
    }

    @Test
    void the_same_picture_gives_the_same_bytes() {
        assertThat(Png.bytes(noise(50, 50, false), Map.of("a", "b")))
                .isEqualTo(Png.bytes(noise(50, 50, false), Map.of("a", "b")));
    }

    @Test
    void a_file_that_is_not_a_picture_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "hello, I am no picture");
        assertThatThrownBy(() -> Png.texts(file)).isInstanceOf(IOException.class);
    }

    @Test
    void a_file_that_ends_too_early_is_refused() throws IOException {
        byte[] whole = Png.bytes(noise(40, 40, false), Map.of());
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        Path file = Files.write(folder.resolve("a.png"), half);
        assertThatThrownBy(() -> Png.texts(file)).isInstanceOf(IOException.class);
    }

    @Test
    void nothing_is_left_beside_the_file() throws IOException {
        Png.write(noise(4, 4, false), folder.resolve("a.png"));
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly("a.png");
        }
    }

    @Test
    void a_keyword_that_the_format_does_not_allow_is_refused() {
        WritableImage image = noise(2, 2, false);
        assertThatThrownBy(() -> Png.bytes(image, Map.of("", "text")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Png.bytes(image, Map.of("k".repeat(80), "text")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSame(Image one, Image other) {
        assertThat(other.getWidth()).isEqualTo(one.getWidth());
        assertThat(other.getHeight()).isEqualTo(one.getHeight());
        PixelReader left = one.getPixelReader();
        PixelReader right = other.getPixelReader();
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                assertThat(right.getArgb(x, y)).isEqualTo(left.getArgb(x, y));
            }
        }
    }

    private static Image read(Path file) throws IOException {
        return new Image(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static WritableImage noise(int width, int height, boolean transparent) {
        Random random = new Random(7);
        WritableImage image = new WritableImage(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int alpha = transparent ? 0x80 : 0xff;
                image.getPixelWriter().setArgb(x, y, alpha << 24 | random.nextInt(1 << 24));
            }
        }
        return image;
    }
}
