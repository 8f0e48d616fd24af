package vigie.console.history.chart;

import java.util.Arrays;

/**
 * Pixels to draw curves on: a thousand times the speed of a canvas for what a curve consists of,
 * upright runs of one pixel's width. Pixels are ARGB, premultiplied. One thread.
 */
final class Raster {
    private final int[] pixels;
    private final int width;
    private final int height;

    /**
     * @param pixels row by row, at least {@code width × height}
     */
    Raster(int[] pixels, int width, int height) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int pixel(int x, int y) {
        return pixels[y * width + x];
    }

    void clear() {
        Arrays.fill(pixels, 0, width * height, 0);
    }

    /**
     * Paints an upright run, its ends as translucent as they cover their pixel.
     *
     * @param top may be a part of a pixel
     * @param bottom below {@code top}
     * @param argb not premultiplied
     */
    void run(int x, double top, double bottom, int argb) {
        if (x < 0 || x >= width || !(bottom > top)) {
            return;
        }
        double from = Math.max(0, top);
        double to = Math.min(height, bottom);
        if (to <= from) {
            return;
        }
        int first = (int) from;
        int last = (int) to;
        if (first == last) {
            blend(first * width + x, argb, to - from);
            return;
        }
        int at = first * width + x;
        blend(at, argb, first + 1 - from);
        int alpha = argb >>> 24;
        int source = premultiplied(argb, alpha);
        int rest = 255 - alpha;
        for (int y = first + 1; y < last; y++) {
            at += width;
            int under = pixels[at];
            pixels[at] = rest == 0 || under == 0 ? source : source + scaled(under, rest);
        }
        if (last < height && to > last) {
            blend(at + width, argb, to - last);
        }
    }

    /** Slanting lines over a rectangle; {@code phase} makes them stay where the time stays. */
    void hatch(int x, int top, int bottom, int every, long phase, int argb) {
        if (x < 0 || x >= width) {
            return;
        }
        int from = Math.max(0, top);
        int to = Math.min(height, bottom);
        int y = from + Math.floorMod(phase - x - from, every);
        for (; y < to; y += every) {
            blend(y * width + x, argb, 1);
        }
    }

    private void blend(int at, int argb, double cover) {
        int alpha = (int) ((argb >>> 24) * cover + 0.5);
        if (alpha == 0) {
            return;
        }
        pixels[at] = premultiplied(argb, alpha) + scaled(pixels[at], 255 - alpha);
    }

    private static int premultiplied(int argb, int alpha) {
        return scaled(argb | 0xff000000, alpha);
    }

    /** All four bytes times {@code by} / 255, rounded, two at a time. */
    private static int scaled(int pixel, int by) {
        int even = (pixel & 0xff00ff) * by + 0x800080;
        even = ((even + ((even >>> 8) & 0xff00ff)) >>> 8) & 0xff00ff;
        int odd = ((pixel >>> 8) & 0xff00ff) * by + 0x800080;
        odd = (odd + ((odd >>> 8) & 0xff00ff)) & 0xff00ff00;
        return even | odd;
    }
}
