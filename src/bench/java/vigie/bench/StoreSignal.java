package vigie.bench;

/**
 * What the store's points measure, the same for the same moment however it is asked: a day's
 * course, a month's course, a sensor's unrest, and now and then a spike of one reading. Tenths of a
 * degree.
 */
final class StoreSignal {
    /** A reading every so many microseconds. */
    static final long STEP = 10_000_000;

    private static final long DAY = 86_400_000_000L;
    private static final int MONTH_DAYS = 30;
    private static final double[] COURSE = course();

    private StoreSignal() {}

    private static double[] course() {
        double[] course = new double[(int) (DAY / STEP)];
        for (int i = 0; i < course.length; i++) {
            course[i] = Math.sin(2 * Math.PI * i / course.length);
        }
        return course;
    }

    /** By how much a point's readings lie after the step, so that no two points speak at once. */
    static long offset(int point) {
        return 1_000 + point * 41_237L;
    }

    /**
     * The value of a reading.
     *
     * @param tick how many steps since 1970
     */
    static long tenths(int point, long tick) {
        int ofDay = Math.floorMod(tick + point * 371L, COURSE.length);
        int ofMonth = Math.floorMod((tick + point * 7_919L) / MONTH_DAYS, COURSE.length);
        long random = mixed(tick * 1_024 + point);
        double unrest = (random >>> 40) * 0x1p-24 - 0.5;
        double spike = (random & 0xffff) == 0 ? 15 : 0;
        return Math.round(
                10
                        * (20
                                + point % 7 * 0.6
                                + 1.3 * COURSE[ofDay]
                                + 0.8 * COURSE[ofMonth]
                                + 0.5 * unrest
                                + spike));
    }

    /** Bits of a number spread over all 64 (the finisher of SplitMix64). */
    static long mixed(long seed) {
        long z = seed * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
