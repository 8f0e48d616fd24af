package vigie.duty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.StoredPlace;
import vigie.store.OwnerOnly;
import vigie.text.Fault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The place of one consumer in a file, for those who may not write to the database. The file is
 * there whole or not at all, also after a loss of power, and only its owner may open it. It says
 * nothing about whether what was made of the groups was kept: its owner writes it afterwards.
 */
public final class PositionFile {
    private static final Logger LOG = LoggerFactory.getLogger(PositionFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public PositionFile(Path file) {
        this.file = file;
    }

    /**
     * The place as it was stored last. Empty where there is none, and where the file is damaged, of
     * another version, or open to others; the log tells the latter. Never throws.
     */
    public Optional<StoredPlace> load() {
        Optional<String> text;
        try {
            text = OwnerOnly.read(file);
        } catch (Fault fault) {
            LOG.warn("the stored place is ignored: {}", fault.getMessage());
            return Optional.empty();
        }
        Optional<StoredPlace> place = text.flatMap(PositionFile::understood);
        if (text.isPresent() && place.isEmpty()) {
            LOG.warn("the stored place in {} is not understood and ignored", file);
        }
        return place;
    }

    /**
     * Writes the place; when it returns, it is on the disk.
     *
     * @throws Fault when the file cannot be written; the one before is still there
     */
    public void save(StoredPlace place) throws Fault {
        OwnerOnly.writeDurably(
                file,
                JSON.createObjectNode()
                                .put("format", Places.FORMAT)
                                .put("position", place.position())
                                .put("previous", place.previous())
                                .put("fingerprint", place.fingerprint())
                                .put("newestId", place.newestId())
                                .put("check", check(place))
                                .toString()
                        + "\n");
    }

    private static Optional<StoredPlace> understood(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json == null || !json.path("format").isInt()) {
                return Optional.empty();
            }
            return Places.of(
                            json.path("format").intValue(),
                            text(json.path("position")),
                            text(json.path("previous")),
                            number(json.path("fingerprint")),
                            number(json.path("newestId")))
                    .filter(place -> check(place).equals(json.path("check").asText()));
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
    }

    /** A flipped bit can make another valid number of a digit; this tells. */
    private static String check(StoredPlace place) {
        CRC32 crc = new CRC32();
        crc.update(
                (Places.FORMAT
                                + "|"
                                + place.position()
                                + "|"
                                + place.previous()
                                + "|"
                                + place.fingerprint()
                                + "|"
                                + place.newestId())
                        .getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
