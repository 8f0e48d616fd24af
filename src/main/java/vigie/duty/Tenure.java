package vigie.duty;

import java.time.Instant;

/**
 * One time on duty.
 *
 * @param epoch how often the duty has been taken on this schema, this time included; whoever writes
 *     under it is refused once it has been taken again
 * @param holder who has it, as {@code duty.holder} says
 * @param since when it was taken (the database's clock)
 */
public record Tenure(long epoch, String holder, Instant since) {}
