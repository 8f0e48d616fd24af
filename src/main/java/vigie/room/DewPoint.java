package vigie.room;

import java.util.OptionalDouble;

/**
 * The temperature at which air of a given temperature and humidity begins to wet what it touches.
 *
 * <p>Magnus' formula over water, with the constants 17.62, 243.12 °C and 6.112 hPa that Sonntag
 * fitted for −45 to 60 °C. The formula is good to a few hundredths of a kelvin; a sensor's ±2 %
 * relative humidity at 24 °C and 50 % are ±0.6 K, so nobody should show it finer than to half a
 * degree.
 */
public final class DewPoint {
    private static final double BETA = 17.62;
    private static final double LAMBDA = 243.12;
    private static final double AT_FREEZING_HPA = 6.112;
    private static final double COLDEST = -45;
    private static final double HOTTEST = 60;

    /** Sensors in saturated air overshoot a little; farther up they are broken. */
    private static final double OVERSHOOT = 105;

    private DewPoint() {}

    /**
     * The dew point.
     *
     * @param temperature °C
     * @param humidity relative humidity in %; up to 105 counts as 100
     * @return °C; empty where the temperature is outside −45 to 60 °C or the humidity not above 0,
     *     which no air is
     */
    public static OptionalDouble of(double temperature, double humidity) {
        if (!(temperature >= COLDEST && temperature <= HOTTEST)
                || !(humidity > 0 && humidity <= OVERSHOOT)) {
            return OptionalDouble.empty();
        }
        double gamma = Math.log(Math.min(humidity, 100) / 100) + exponent(temperature);
        return OptionalDouble.of(LAMBDA * gamma / (BETA - gamma));
    }

    /**
     * The pressure of the water vapour whose dew point this is.
     *
     * @param dewPoint °C
     * @return hPa
     */
    static double vapourPressure(double dewPoint) {
        return AT_FREEZING_HPA * Math.exp(exponent(dewPoint));
    }

    private static double exponent(double temperature) {
        return BETA * temperature / (LAMBDA + temperature);
    }
}
