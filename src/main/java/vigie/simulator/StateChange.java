package vigie.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What Home Assistant's state machine tells its recorder when an entity's state or attributes
 * changed. Times are seconds since the epoch, microseconds at best.
 *
 * @param entityId the entity's name at that moment
 * @param state the new text; null when the entity was removed
 * @param attributes JSON of the attributes that are recorded
 * @param changed when the text last changed
 * @param updated when text or attributes last changed: now
 * @param previousReported when the state before this one was last reported; null where there was
 *     none
 */
record StateChange(
        String entityId,
        @Nullable String state,
        String attributes,
        double changed,
        double updated,
        @Nullable Double previousReported) {}
