package vigie.console.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class GifTest {
    private static byte[] gif(int width, int height, List<int[]> frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Gif gif = new Gif(out, width, height, 10, "Vigie");
        for (int[] frame : frames) {
            gif.add(frame);
        }
        gif.finish();
        assertThat(gif.written()).isEqualTo(out.size());
        return out.toByteArray();
    }

    private static int[] plain(int size, int colour) {
        int[] pixels = new int[size];
        Arrays.fill(pixels, colour);
        return pixels;
    }

    @Test
    void pixels_of_few_colours_come_back_exactly_whatever_their_pattern() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            int width = 1 + random.nextInt(180);
            int height = 1 + random.nextInt(140);
            int[] palette = random.ints(1 + random.nextInt(200)).map(c -> c | 0xff000000).toArray();
            int change = 1 + random.nextInt(20);
            int[] first = plain(width * height, palette[0]);
            int[] second = first.clone();
            for (int i = 0; i < first.length; i++) {
                first[i] = palette[random.nextInt(1 + random.nextInt(palette.length))];
                second[i] =
                        random.nextInt(change) == 0
                                ? palette[random.nextInt(palette.length)]
                                : first[i];
            }
            second[0] = first[0] == palette[0] ? 0xff123456 : palette[0];
            GifReader read = GifReader.read(gif(width, height, List.of(first, second)));
            assertThat(read.width).isEqualTo(width);
            assertThat(read.frames).hasSize(2);
            assertThat(worst(read.frames.get(0).pixels(), first)).isZero();
            // A colour that the first frame did not have may be drawn in one very like it.
            assertThat(worst(read.frames.get(1).pixels(), second)).isLessThan(11);
        }
    }

    /** The greatest difference of any channel of any pixel. */
    private static int worst(int[] one, int[] other) {
        int worst = 0;
        for (int i = 0; i < one.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                worst =
                        Math.max(
                                worst,
                                Math.abs((one[i] >> shift & 255) - (other[i] >> shift & 255)));
            }
        }
        return worst;
    }

    @Test
    void runs_longer_than_the_table_of_codes_come_back_exactly() throws IOException {
        int[] noise = new Random(3).ints(400 * 300).map(c -> 0xff000000 | (c & 0xf0)).toArray();
        assertThat(GifReader.read(gif(400, 300, List.of(noise))).frames.getFirst().pixels())
                .isEqualTo(noise);
        for (int size : List.of(1, 2, 255, 256, 257, 511, 512, 4095, 4096, 4097, 65_535)) {
            int[] still = plain(size, 0xff22272b);
            assertThat(GifReader.read(gif(size, 1, List.of(still))).frames.getFirst().pixels())
                    .isEqualTo(still);
        }
    }

    @Test
    void only_the_rectangle_that_changed_is_written() throws IOException {
        int[] first = plain(100 * 80, 0xff22272b);
        int[] second = first.clone();
        second[12 * 100 + 7] = 0xffe8ecef;
        second[20 * 100 + 30] = 0xffaabbcc;
        GifReader read = GifReader.read(gif(100, 80, List.of(first, second)));
        GifReader.Seen frame = read.frames.get(1);
        assertThat(frame.written()).isEqualTo(new GifReader.Rectangle(7, 12, 24, 9));
        assertThat(frame.pixels()).isEqualTo(second);
    }

    @Test
    void frames_without_a_change_make_the_one_before_last_longer() throws IOException {
        int[] first = plain(100, 0xff22272b);
        int[] second = plain(100, 0xff22272c);
        GifReader read =
                GifReader.read(gif(10, 10, List.of(first, first.clone(), first, second, second)));
        assertThat(read.frames).extracting(GifReader.Seen::hundredths).containsExactly(30, 20);
        assertThat(read.forEver).isTrue();
        assertThat(read.comment).isEqualTo("Vigie");
    }

    @Test
    void a_still_longer_than_a_frame_can_last_goes_on() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Gif gif = new Gif(out, 4, 4, 100, "");
        for (int i = 0; i < 1_000; i++) {
            gif.add(plain(16, 0xff22272b));
        }
        gif.finish();
        GifReader read = GifReader.read(out.toByteArray());
        assertThat(read.frames.stream().mapToInt(GifReader.Seen::hundredths).sum())
                .isEqualTo(100_000);
    }

    @Test
    void with_more_colours_than_a_palette_the_grounds_stay_exact_and_the_rest_stays_near()
            throws IOException {
        int width = 256;
        int[] pixels = new int[width * 256];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int y = i / width;
            // Ground, and on it 20,000 colours.
            pixels[i] = y < 170 ? 0xff22272b : 0xff000000 | (x << 16) | ((y - 170) << 9) | 0x40;
        }
        int[] back = GifReader.read(gif(width, 256, List.of(pixels))).frames.getFirst().pixels();
        assertThat(Arrays.copyOf(back, 170 * width)).containsOnly(0xff22272b);
        assertThat(worst(back, pixels)).isLessThan(24);
    }

    @Test
    void a_frame_with_colours_the_file_s_palette_lacks_brings_its_own() throws IOException {
        Random random = new Random(5);
        int[] first = new int[64 * 64];
        int[] second = new int[64 * 64];
        for (int i = 0; i < first.length; i++) {
            first[i] = 0xff000000 | random.nextInt(256);
            second[i] = i % 3 == 0 ? 0xff000000 | random.nextInt(200) << 16 : first[i];
        }
        GifReader read = GifReader.read(gif(64, 64, List.of(first, second)));
        assertThat(read.frames.get(1).pixels()[0] >> 16 & 255).isEqualTo(second[0] >> 16 & 255);
        for (int i = 0; i < second.length; i += 3) {
            assertThat(read.frames.get(1).pixels()[i]).isEqualTo(second[i]);
        }
    }

    @Test
    void what_changed_by_less_than_the_palette_shows_never_adds_up() throws IOException {
        int[] frame = plain(32 * 32, 0xff202020);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Gif gif = new Gif(out, 32, 32, 10, "");
        for (int i = 0; i < 120; i++) {
            for (int x = 0; x < 32; x++) {
                frame[5 * 32 + x] = 0xff000000 | (0x20 + i) << 16 | (0x20 + i) << 8 | 0x20 + i;
            }
            gif.add(frame);
        }
        gif.finish();
        GifReader read = GifReader.read(out.toByteArray());
        int last = read.frames.getLast().pixels()[5 * 32] & 255;
        assertThat(last).isBetween(0x20 + 119 - 6, 0x20 + 119 + 6);
    }

    @Test
    void a_gif_without_a_frame_or_of_no_size_is_refused() throws IOException {
        Gif none = new Gif(new ByteArrayOutputStream(), 4, 4, 10, "");
        assertThatThrownBy(none::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> none.add(new int[15]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Gif(new ByteArrayOutputStream(), 0, 4, 10, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
