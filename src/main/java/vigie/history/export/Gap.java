package vigie.history.export;

import vigie.history.series.Bucket;

/** The share of a bucket without a trustworthy value, as the nearest number to the true share. */
final class Gap {
    private Gap() {}

    /** 0 to 1; a tenth is 0.1, where one minus nine tenths would not be. */
    static double of(Bucket bucket) {
        long width = bucket.to() - bucket.from();
        return width == 0 ? 0 : (double) (width - bucket.trusted()) / width;
    }
}
