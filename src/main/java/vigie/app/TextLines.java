package vigie.app;

import org.jspecify.annotations.Nullable;

import vigie.feed.Resync;
import vigie.point.Quality;
import vigie.point.Reading;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** {@code tail} for people: time, point, value and, where it is not good, the quality. */
final class TextLines implements TailLines {
    private final Invocation invocation;
    private final ZoneId zone;

    /**
     * @param zone the room's: times are told in it, each with its distance from UTC
     */
    TextLines(Invocation invocation, ZoneId zone) {
        this.invocation = invocation;
        this.zone = zone;
    }

    private String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.MILLIS).atZone(zone));
    }

    @Override
    public void reading(Reading reading) {
        String text = reading.text() == null ? "" : reading.text();
        String unit =
                reading.value().isPresent()
                        ? reading.attributes().unit().map(of -> " " + of).orElse("")
                        : "";
        String quality =
                reading.quality()
                        .reason()
                        .map(Quality.Reason::word)
                        .map(word -> "  " + reading.quality().grade().word() + " " + word)
                        .orElse("");
        invocation
                .out()
                .println(
                        StateCommand.printable(
                                time(reading.time())
                                        + "  "
                                        + reading.point()
                                        + "  "
                                        + text
                                        + unit
                                        + quality));
    }

    @Override
    public void live(String position, Instant time, @Nullable String reason) {
        feed("LIVE", reason);
    }

    @Override
    public void feed(String state, @Nullable String reason) {
        invocation.out().println("# " + state + (reason == null ? "" : "  " + reason));
    }

    @Override
    public void resync(Resync resync, String reason) {
        // The feed's own line has said why.
    }

    @Override
    public void undone(List<Long> ids) {
        String all = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        invocation.out().println("# " + invocation.words().say("app.tail.undone", all));
    }

    @Override
    public void recorder(String state, Instant time) {
        invocation
                .out()
                .println("# " + time(time) + "  " + invocation.words().say("app.replay." + state));
    }

    @Override
    public boolean flush() {
        return !invocation.out().checkError();
    }
}
