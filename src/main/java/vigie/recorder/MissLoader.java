package vigie.recorder;

import java.util.Collection;
import java.util.Map;

/**
 * Fetches what the stream refers to and did not bring: rows written long ago. Waits for a bounded
 * time.
 */
public interface MissLoader {
    /** Where there is nothing to ask, for example while a recorded log is read. */
    MissLoader NONE =
            new MissLoader() {
                @Override
                public Found attributes(Collection<Long> ids) {
                    return new Found(Map.of(), true);
                }

                @Override
                public Found names(Collection<Long> metadataIds) {
                    return new Found(Map.of(), true);
                }
            };

    /**
     * What was found.
     *
     * @param texts by key; a key that is not in it was not found
     * @param complete false where the answer did not come in time, so that absence means nothing
     */
    record Found(Map<Long, String> texts, boolean complete) {
        /** No answer came. */
        static final Found NO_ANSWER = new Found(Map.of(), false);

        public Found {
            texts = Map.copyOf(texts);
        }
    }

    /** {@code shared_attrs} by {@code attributes_id}. */
    Found attributes(Collection<Long> ids);

    /** {@code entity_id} by {@code metadata_id}. */
    Found names(Collection<Long> metadataIds);

    /**
     * Rows of {@code states} by {@code state_id}, as they are now; one that is not in it was not
     * found or did not come in time.
     */
    default Map<Long, RecorderRow.StateInserted> states(Collection<Long> ids) {
        return Map.of();
    }
}
