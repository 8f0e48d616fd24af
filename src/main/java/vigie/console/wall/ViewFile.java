package vigie.console.wall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.plan.PlanLook;
import vigie.console.replay.PanelSize;
import vigie.plan.ElementId;
import vigie.plan.Spot;
import vigie.store.OwnerOnly;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The file in which a window's view is kept: a small JSON object, whole or not there. It is written
 * when the view differs from the one written last, at most every {@link #PACE}, so that a process
 * that is killed loses some seconds of moving the plan; and at the end. A file that cannot be read
 * is passed over: a window must open whatever lies in a folder.
 */
public final class ViewFile {
    /** Nobody moves a plan for longer than he can do again. */
    static final Duration PACE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(ViewFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No view of ours is larger. */
    private static final long LARGEST = 64 * 1024L;

    private static final double FURTHEST = 100_000;

    private final Path file;
    private final Executor writer;

    // The JavaFX thread only.
    private @Nullable KeptView written;
    private long writtenNanos;
    private boolean failed;

    /**
     * @param writer does the writing, one after another
     */
    public ViewFile(Path file, Executor writer) {
        this.file = file;
        this.writer = writer;
    }

    /** The view that was kept; empty where there is none, or none that can be read. */
    public Optional<KeptView> read() {
        try {
            if (Files.size(file) > LARGEST || !Files.isRegularFile(file)) {
                throw new IOException("larger than a view can be, or no file");
            }
            KeptView view = view(JSON.readTree(Files.readAllBytes(file)));
            written = view;
            return Optional.of(view);
        } catch (NoSuchFileException none) {
            LOG.debug("no view was kept yet: {}", file);
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("the kept view is passed over: {}: {}", file, unreadable.toString());
        }
        return Optional.empty();
    }

    /**
     * Keeps a view, now or with a later call; to be called about once a second.
     *
     * @param nanos the monotonic clock
     */
    public void keep(KeptView view, long nanos) {
        boolean soon = written != null && nanos - writtenNanos < PACE.toNanos();
        if (!soon && !view.equals(written)) {
            writtenNanos = nanos;
            write(view);
        }
    }

    /** Keeps the last view. */
    public void end(KeptView view) {
        if (!view.equals(written)) {
            write(view);
        }
    }

    private void write(KeptView view) {
        written = view;
        String text = node(view).toPrettyString();
        try {
            writer.execute(() -> {
                try {
                    OwnerOnly.write(file, text);
                } catch (Fault unwritable) {
                    warn(unwritable);
                }
            });
        } catch (RejectedExecutionException ended) {
            // A program that a signal ends does not wait for a window that is slow to close.
            LOG.debug("the last view is not kept");
        }
    }

    /** Once, not with every try. */
    private synchronized void warn(Fault unwritable) {
        if (!failed) {
            failed = true;
            LOG.warn("the view is not kept: {}", unwritable.getMessage());
        }
    }

    private static KeptView view(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("not an object");
        }
        JsonNode part = node.path("part");
        JsonNode timeline = node.path("timeline");
        JsonNode place = node.path("place");
        return new KeptView(
                part.isObject()
                        ? Optional.of(
                                new PlanLook(
                                        new Spot(number(part, "x"), number(part, "y")),
                                        number(part, "zoom")))
                        : Optional.empty(),
                node.path("selected").isTextual()
                        ? Optional.of(new ElementId(node.path("selected").asText()))
                        : Optional.empty(),
                node.path("filter").asText(""),
                node.path("side").asBoolean(true),
                timeline.isObject()
                        ? Optional.of(
                                new PanelSize(
                                        number(timeline, "ems"),
                                        timeline.path("folded").asBoolean(false)))
                        : Optional.empty(),
                place.isObject()
                        ? Optional.of(
                                new KeptView.Place(
                                        number(place, "x"),
                                        number(place, "y"),
                                        number(place, "width"),
                                        number(place, "height")))
                        : Optional.empty());
    }

    private static double number(JsonNode node, String field) {
        double value = node.path(field).asDouble(Double.NaN);
        if (!(Math.abs(value) <= FURTHEST)) {
            throw new IllegalArgumentException("not a length: " + field);
        }
        return value;
    }

    private static ObjectNode node(KeptView view) {
        ObjectNode node = JSON.createObjectNode();
        view.part()
                .ifPresent(part -> {
                    ObjectNode its = node.putObject("part");
                    its.put("x", part.middle().x());
                    its.put("y", part.middle().y());
                    its.put("zoom", part.zoom());
                });
        view.selected().ifPresent(selected -> node.put("selected", selected.value()));
        node.put("filter", view.filter());
        node.put("side", view.side());
        view.timeline()
                .ifPresent(timeline -> {
                    ObjectNode its = node.putObject("timeline");
                    its.put("ems", timeline.ems());
                    its.put("folded", timeline.folded());
                });
        view.place()
                .ifPresent(place -> {
                    ObjectNode its = node.putObject("place");
                    its.put("x", place.x());
                    its.put("y", place.y());
                    its.put("width", place.width());
                    its.put("height", place.height());
                });
        return node;
    }
}
