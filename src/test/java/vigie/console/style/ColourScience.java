package vigie.console.style;

import javafx.scene.paint.Color;

/** Contrast, colour distance and colour blindness, by the published formulas. */
final class ColourScience {
    /**
     * How eyes see: Machado, Oliveira, Fernandes, A Physiologically-based Model for Simulation of
     * Color Vision Deficiency (2009), severity 1, for linear RGB.
     */
    enum Eyes {
        NORMAL,
        PROTAN,
        DEUTAN,
        TRITAN;

        private double[][] matrix() {
            return switch (this) {
                case NORMAL -> new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
                case PROTAN ->
                        new double[][] {
                            {0.152286, 1.052583, -0.204868},
                            {0.114503, 0.786281, 0.099216},
                            {-0.003882, -0.048116, 1.051998}
                        };
                case DEUTAN ->
                        new double[][] {
                            {0.367322, 0.860646, -0.227968},
                            {0.280085, 0.672501, 0.047413},
                            {-0.011820, 0.042940, 0.968881}
                        };
                case TRITAN ->
                        new double[][] {
                            {1.255528, -0.076749, -0.178779},
                            {-0.078411, 0.930809, 0.147602},
                            {0.004733, 0.691367, 0.303900}
                        };
            };
        }

        double[] see(double[] linear) {
            double[][] matrix = matrix();
            double[] seen = new double[3];
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    seen[row] += matrix[row][column] * linear[column];
                }
                seen[row] = Math.clamp(seen[row], 0, 1);
            }
            return seen;
        }
    }

    private ColourScience() {}

    /** WCAG 2.2, contrast ratio: 1 to 21. */
    static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** CIEDE2000 between two colours as some eyes see them (Sharma, Wu, Dalal 2005; kL=kC=kH=1). */
    static double distance(Color one, Color other, Eyes eyes) {
        return ciede2000(lab(eyes.see(linear(one))), lab(eyes.see(linear(other))));
    }

    private static double luminance(Color colour) {
        double[] rgb = linear(colour);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double[] linear(Color colour) {
        return new double[] {
            linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())
        };
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    /** Linear sRGB to CIE L*a*b*, white D65. */
    private static double[] lab(double[] rgb) {
        double x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
        double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
        double z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;
        return new double[] {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    static double ciede2000(double[] one, double[] other) {
        double c1 = Math.hypot(one[1], one[2]);
        double c2 = Math.hypot(other[1], other[2]);
        double mean7 = Math.pow((c1 + c2) / 2, 7);
        double g = 0.5 * (1 - Math.sqrt(mean7 / (mean7 + Math.pow(25, 7))));
        double a1 = one[1] * (1 + g);
        double a2 = other[1] * (1 + g);
        double cp1 = Math.hypot(a1, one[2]);
        double cp2 = Math.hypot(a2, other[2]);
        double h1 = hue(a1, one[2]);
        double h2 = hue(a2, other[2]);
        double dl = other[0] - one[0];
        double dc = cp2 - cp1;
        double dhue = cp1 * cp2 == 0 ? 0 : h2 - h1;
        if (dhue > 180) {
            dhue -= 360;
        } else if (dhue < -180) {
            dhue += 360;
        }
        double dh = 2 * Math.sqrt(cp1 * cp2) * Math.sin(Math.toRadians(dhue / 2));
        double l = (one[0] + other[0]) / 2;
        double c = (cp1 + cp2) / 2;
        double h = h1 + h2;
        if (cp1 * cp2 != 0) {
            h = Math.abs(h1 - h2) <= 180 ? h / 2 : h < 360 ? (h + 360) / 2 : (h - 360) / 2;
        }
        double t =
                1
                        - 0.17 * Math.cos(Math.toRadians(h - 30))
                        + 0.24 * Math.cos(Math.toRadians(2 * h))
                        + 0.32 * Math.cos(Math.toRadians(3 * h + 6))
                        - 0.20 * Math.cos(Math.toRadians(4 * h - 63));
        double sl = 1 + 0.015 * (l - 50) * (l - 50) / Math.sqrt(20 + (l - 50) * (l - 50));
        double sc = 1 + 0.045 * c;
        double sh = 1 + 0.015 * c * t;
        double c7 = Math.pow(c, 7);
        double rt =
                -2
                        * Math.sqrt(c7 / (c7 + Math.pow(25, 7)))
                        * Math.sin(Math.toRadians(60 * Math.exp(-Math.pow((h - 275) / 25, 2))));
        return Math.sqrt(
                Math.pow(dl / sl, 2)
                        + Math.pow(dc / sc, 2)
                        + Math.pow(dh / sh, 2)
                        + rt * (dc / sc) * (dh / sh));
    }

    private static double hue(double a, double b) {
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }
}
