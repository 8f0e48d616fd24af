package vigie.recorder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads {@code shared_attrs}. Anything may stand there: what is not a JSON object is {@link
 * Attributes#MISSING}, a known key with something other than text counts as absent.
 */
public final class AttributesText {
    /**
     * Strings are not interned: names that come from a database would fill the JVM's table for
     * ever.
     */
    private static final JsonFactory JSON =
            JsonFactory.builder().configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false).build();

    private AttributesText() {}

    /** The attributes that these bytes spell, in UTF-8. */
    public static Attributes read(byte[] json, int offset, int length) {
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            return read(parser);
        } catch (IOException notJson) {
            return Attributes.MISSING;
        }
    }

    /** The attributes that this text spells; null is a NULL of the database. */
    public static Attributes read(@Nullable String json) {
        if (json == null) {
            return Attributes.MISSING;
        }
        try (JsonParser parser = JSON.createParser(json)) {
            return read(parser);
        } catch (IOException notJson) {
            return Attributes.MISSING;
        }
    }

    private static Attributes read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Attributes.MISSING;
        }
        Optional<String> friendlyName = Optional.empty();
        Optional<String> unit = Optional.empty();
        Optional<String> deviceClass = Optional.empty();
        Optional<String> stateClass = Optional.empty();
        String key;
        while ((key = parser.nextFieldName()) != null) {
            parser.nextToken();
            switch (key) {
                case "friendly_name" -> friendlyName = text(parser);
                case "unit_of_measurement" -> unit = text(parser);
                case "device_class" -> deviceClass = text(parser);
                case "state_class" -> stateClass = text(parser);
                default -> parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            return Attributes.MISSING;
        }
        return friendlyName.isEmpty()
                        && unit.isEmpty()
                        && deviceClass.isEmpty()
                        && stateClass.isEmpty()
                ? Attributes.NONE
                : new Attributes(friendlyName, unit, deviceClass, stateClass, true);
    }

    private static Optional<String> text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        parser.skipChildren();
        return Optional.empty();
    }
}
