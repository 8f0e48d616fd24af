package vigie.simulator;

/**
 * Moist air. Magnus formula over water with β = 17.62, λ = 243.12 °C, α = 6.112 hPa (Sonntag 1990),
 * good from −45 to 60 °C.
 */
final class Air {
    private static final double ALPHA = 6.112;
    private static final double BETA = 17.62;
    private static final double LAMBDA = 243.12;

    private Air() {}

    /** Saturation vapour pressure in hPa at a temperature in °C. */
    static double saturation(double celsius) {
        return ALPHA * Math.exp(BETA * celsius / (LAMBDA + celsius));
    }

    /** Relative humidity in %, from a vapour pressure in hPa and a temperature in °C. */
    static double relativeHumidity(double vapour, double celsius) {
        return Math.clamp(100 * vapour / saturation(celsius), 0, 100);
    }

    /** Dew point in °C of a vapour pressure in hPa. */
    static double dewPoint(double vapour) {
        double gamma = Math.log(vapour / ALPHA);
        return LAMBDA * gamma / (BETA - gamma);
    }
}
