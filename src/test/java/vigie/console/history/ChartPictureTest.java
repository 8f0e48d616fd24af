package vigie.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

import vigie.console.FakePast;
import vigie.console.FakeRoom;
import vigie.console.picture.Png;
import vigie.console.start.PixelSize;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.text.Words;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

class ChartPictureTest {
    private static final Instant NOW = FakeRoom.NOW;

    @TempDir private Path folder;

    @Test
    void a_chart_is_drawn_without_a_window() throws Exception {
        FxToolkit.registerPrimaryStage();
        FakePast past =
                new FakePast(NOW, ZoneId.of("Europe/Brussels"))
                        .number(
                                "sensor.rack_a4_inlet_top",
                                "°C",
                                Duration.ofMinutes(1),
                                FakePast.around(22, 2, 1))
                        .spike("sensor.rack_a4_inlet_top", NOW.minus(Duration.ofHours(3)), 40);
        Path file = folder.resolve("chart.png");
        Instant from = NOW.minus(Duration.ofDays(1));
        ChartPicture.write(
                new ChartPicture.Subject(
                        "Baie A4, été",
                        new FakeRoom().plan(),
                        past.range(
                                List.of(new PointId("sensor.rack_a4_inlet_top")),
                                from,
                                NOW,
                                1_500,
                                new Work()),
                        from,
                        NOW,
                        NOW),
                Words.in(Locale.FRENCH),
                new PixelSize(960, 540),
                file);
        assertThat(Files.size(file)).isGreaterThan(5_000);
        assertThat(Png.texts(file)).containsEntry("Title", "Baie A4, été");
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(960);
        assertThat(image.getHeight()).isEqualTo(540);
        // The spike is above what is allowed, and red.
        long red =
                IntStream.range(0, 960 * 540)
                        .filter(i -> {
                            int rgb = image.getRGB(i % 960, i / 960);
                            return ((rgb >> 16) & 0xff) > 150 && ((rgb >> 8) & 0xff) < 90;
                        })
                        .count();
        assertThat(red).isGreaterThan(20);
    }
}
