package vigie.app;

import vigie.plan.Nearest;
import vigie.point.PointId;

import java.util.Collection;
import java.util.Optional;

/** Says that no point is called as somebody wrote, and which he may have meant. */
final class UnknownPoint {
    private UnknownPoint() {}

    /**
     * Says it on standard error.
     *
     * @param text the name or pattern asked for
     * @param all the points that have a history
     */
    static void say(Invocation invocation, String text, Collection<PointId> all) {
        Optional<String> near =
                text.contains("*")
                        ? Optional.empty()
                        : Nearest.to(text, all.stream().map(PointId::name).toList());
        if (near.isPresent()) {
            invocation.notice("history.unknownNear", text, near.get());
        } else {
            invocation.notice("history.unknown", text);
        }
    }
}
