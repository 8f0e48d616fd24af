package vigie.console.film;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Up to 255 colours that stand for all of a picture's, and one index for "as it was". A picture of
 * no more colours keeps them exactly. Of one with more, the most frequent are kept exactly (the
 * grounds, on which text must stay legible), and the others are cut into boxes of similar colours.
 */
final class Colours {
    /** The index of what does not change. */
    static final int TRANSPARENT = 255;

    private static final int MOST = 255;

    /** How many of the most frequent are kept exactly. */
    private static final int KEPT = 96;

    /** What an eye tells apart hardly: the sum of squares of three channels, weighted. */
    private static final int CLOSE = 3 * 6 * 6;

    private static final int CACHE = 1 << 14;

    private final int[] colours;
    private final int[] cached = new int[CACHE];
    private final byte[] answers = new byte[CACHE];

    private Colours(int[] colours) {
        this.colours = colours;
        // No picture is transparent, so that 0 is no colour of one.
        Arrays.fill(cached, 0);
    }

    /** The colours for a picture. */
    static Colours of(int[] pixels) {
        Census census = new Census(pixels);
        long[] all = census.byFrequency();
        if (all.length <= MOST) {
            int[] exact = new int[all.length];
            for (int i = 0; i < all.length; i++) {
                exact[i] = (int) all[i];
            }
            return new Colours(exact);
        }
        int[] chosen = new int[MOST];
        int count = 0;
        for (int i = 0; i < KEPT; i++) {
            chosen[count++] = (int) all[i];
        }
        for (Box box : boxes(Arrays.copyOfRange(all, KEPT, all.length), MOST - KEPT)) {
            chosen[count++] = box.mean();
        }
        return new Colours(Arrays.copyOf(chosen, count));
    }

    /** Whether every pixel has a colour among these that is as good as its own. */
    boolean suffices(int[] pixels) {
        int before = 0;
        for (int pixel : pixels) {
            if (pixel != before && distance(pixel, colours[nearest(pixel)]) > CLOSE) {
                return false;
            }
            before = pixel;
        }
        return true;
    }

    /** The index of the nearest colour. */
    int nearest(int pixel) {
        int place = (pixel * 0x9e3779b1) >>> 18;
        if (cached[place] == pixel) {
            return answers[place] & 0xff;
        }
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colours.length && least > 0; i++) {
            int distance = distance(pixel, colours[i]);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        cached[place] = pixel;
        answers[place] = (byte) best;
        return best;
    }

    /** The colour of an index. */
    int colour(int index) {
        return colours[index];
    }

    /** 256 times red, green, blue. */
    byte[] table() {
        byte[] table = new byte[256 * 3];
        for (int i = 0; i < colours.length; i++) {
            table[3 * i] = (byte) (colours[i] >> 16);
            table[3 * i + 1] = (byte) (colours[i] >> 8);
            table[3 * i + 2] = (byte) colours[i];
        }
        return table;
    }

    /** Green counts most, as to the eye. */
    private static int distance(int one, int other) {
        int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
        int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
        int blue = (one & 0xff) - (other & 0xff);
        return (3 * red * red + 4 * green * green + 2 * blue * blue) / 2;
    }

    private static List<Box> boxes(long[] colours, int wanted) {
        List<Box> boxes = new ArrayList<>();
        boxes.add(new Box(colours, 0, colours.length));
        while (boxes.size() < wanted) {
            Box widest =
                    boxes.stream()
                            .max(Comparator.comparingDouble(Box::error))
                            .filter(box -> box.error() > 0)
                            .orElse(null);
            if (widest == null) {
                break;
            }
            boxes.remove(widest);
            boxes.addAll(widest.halves());
        }
        return boxes;
    }

    /** Which colours a picture has, and how often. Open addressing: 0 is none of them. */
    private static final class Census {
        private int[] colours = new int[1 << 13];
        private int[] counts = new int[1 << 13];
        private int size;

        Census(int[] pixels) {
            int run = 0;
            int before = pixels.length == 0 ? 0 : pixels[0];
            for (int pixel : pixels) {
                if (pixel == before) {
                    run++;
                } else {
                    add(before, run);
                    before = pixel;
                    run = 1;
                }
            }
            if (run > 0) {
                add(before, run);
            }
        }

        private void add(int colour, int count) {
            int place = place(colour);
            if (colours[place] == 0) {
                colours[place] = colour;
                size++;
                counts[place] = count;
                if (size * 2 > colours.length) {
                    grow();
                }
            } else {
                counts[place] += count;
            }
        }

        private int place(int colour) {
            int mask = colours.length - 1;
            int place = (colour * 0x9e3779b1) >>> 8 & mask;
            while (colours[place] != 0 && colours[place] != colour) {
                place = place + 1 & mask;
            }
            return place;
        }

        private void grow() {
            int[] old = colours;
            int[] oldCounts = counts;
            colours = new int[old.length * 2];
            counts = new int[old.length * 2];
            for (int i = 0; i < old.length; i++) {
                if (old[i] != 0) {
                    int place = place(old[i]);
                    colours[place] = old[i];
                    counts[place] = oldCounts[i];
                }
            }
        }

        /**
         * Count in the upper half, colour in the lower; the most frequent first, then by colour.
         */
        long[] byFrequency() {
            long[] all = new long[size];
            int count = 0;
            for (int i = 0; i < colours.length; i++) {
                if (colours[i] != 0) {
                    all[count++] = ((long) counts[i] << 32) | (colours[i] & 0xffffffffL);
                }
            }
            Arrays.sort(all);
            for (int i = 0; i < count / 2; i++) {
                long swapped = all[i];
                all[i] = all[count - 1 - i];
                all[count - 1 - i] = swapped;
            }
            return all;
        }
    }

    /** Some of the colours, near each other. */
    private static final class Box {
        private final long[] all;
        private final int from;
        private final int to;
        private final int shift;
        private final double error;

        Box(long[] all, int from, int to) {
            this.all = all;
            this.from = from;
            this.to = to;
            int widestShift = 0;
            double widest = -1;
            for (int channel = 0; channel <= 16; channel += 8) {
                double sum = 0;
                double squares = 0;
                double weights = 0;
                for (int i = from; i < to; i++) {
                    double weight = weight(all[i]);
                    double value = all[i] >> channel & 0xff;
                    sum += weight * value;
                    squares += weight * value * value;
                    weights += weight;
                }
                double spread = squares - sum * sum / weights;
                if (spread > widest) {
                    widest = spread;
                    widestShift = channel;
                }
            }
            shift = widestShift;
            error = to - from < 2 ? 0 : widest;
        }

        /** A colour of a few pixels counts for something: it is the edge of a letter. */
        private static double weight(long colour) {
            return Math.sqrt((double) (colour >>> 32));
        }

        double error() {
            return error;
        }

        List<Box> halves() {
            long[] sorted = new long[to - from];
            for (int i = from; i < to; i++) {
                sorted[i - from] = (all[i] >> shift & 0xff) << 32 | i;
            }
            Arrays.sort(sorted);
            long[] copy = new long[to - from];
            double weights = 0;
            double sum = 0;
            for (int i = 0; i < sorted.length; i++) {
                copy[i] = all[(int) sorted[i]];
                weights += weight(copy[i]);
                sum += weight(copy[i]) * (copy[i] >> shift & 0xff);
            }
            double mean = sum / weights;
            System.arraycopy(copy, 0, all, from, copy.length);
            int cut = from + 1;
            while (cut < to - 1 && (all[cut] >> shift & 0xff) <= mean) {
                cut++;
            }
            return List.of(new Box(all, from, cut), new Box(all, cut, to));
        }

        int mean() {
            double red = 0;
            double green = 0;
            double blue = 0;
            double weights = 0;
            for (int i = from; i < to; i++) {
                double weight = weight(all[i]);
                red += weight * (all[i] >> 16 & 0xff);
                green += weight * (all[i] >> 8 & 0xff);
                blue += weight * (all[i] & 0xff);
                weights += weight;
            }
            return 0xff000000
                    | (int) Math.round(red / weights) << 16
                    | (int) Math.round(green / weights) << 8
                    | (int) Math.round(blue / weights);
        }
    }
}
