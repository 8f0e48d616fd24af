package vigie.console.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.PointId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of saved charts: JSON, an array of objects. It is written beside its place and moved
 * there, so it is whole or not there; what in it is not a chart is passed over, and kept until
 * somebody saves.
 */
final class SavedCharts {
    private static final Logger LOG = LoggerFactory.getLogger(SavedCharts.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    SavedCharts(Path file) {
        this.file = file;
    }

    /** The charts of the file, in its order; none where there is no file or it cannot be read. */
    List<SavedChart> read() {
        List<SavedChart> charts = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(Files.readAllBytes(file))) {
                chart(node).ifPresent(charts::add);
            }
        } catch (NoSuchFileException none) {
            LOG.debug("no saved charts yet: {}", file);
        } catch (IOException unreadable) {
            LOG.warn("the saved charts cannot be read: {}", file, unreadable);
        }
        return List.copyOf(charts);
    }

    /**
     * Writes all charts.
     *
     * @throws IOException they could not be written; the file is as it was
     */
    void write(List<SavedChart> charts) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        charts.forEach(chart -> all.add(node(chart)));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(beside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static Optional<SavedChart> chart(JsonNode node) {
        try {
            String name = node.path("name").asText();
            List<PointId> points = new ArrayList<>();
            node.path("points").forEach(point -> points.add(new PointId(point.asText())));
            Opening opening =
                    new Opening(
                            name,
                            points,
                            text(node, "last").map(Duration::parse),
                            text(node, "from").map(Instant::parse),
                            text(node, "to").map(Instant::parse));
            return Optional.of(
                    new SavedChart(
                            name,
                            opening,
                            Comparison.of(node.path("compare").asText("none")),
                            node.path("pinned").asBoolean()));
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            LOG.warn("not a saved chart: {}", node);
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.path(field).isTextual()
                ? Optional.of(node.path(field).asText())
                : Optional.empty();
    }

    private static ObjectNode node(SavedChart chart) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", chart.name());
        ArrayNode points = node.putArray("points");
        chart.opening().points().forEach(point -> points.add(point.name()));
        chart.opening().last().ifPresent(last -> node.put("last", last.toString()));
        chart.opening().from().ifPresent(from -> node.put("from", from.toString()));
        chart.opening().to().ifPresent(to -> node.put("to", to.toString()));
        node.put("compare", chart.comparison().word());
        node.put("pinned", chart.pinned());
        return node;
    }
}
