package vigie.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import vigie.text.Sentence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to a tree of JSON, strictly: UTF-8 (a byte-order mark is passed over), one value and
 * nothing after it, no field twice, bounded depth. Numbers become doubles; one that a double cannot
 * hold becomes infinite, and whoever reads it refuses it.
 */
final class JsonText {
    private static final int DEEPEST = 16;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    // Ours speaks first, with a pointer.
                                    .maxNestingDepth(DEEPEST * 4)
                                    .maxNameLength(1_000)
                                    .maxNumberLength(400)
                                    .build())
                    .build();

    private JsonText() {}

    static JsonNode parse(byte[] bytes) throws Wrong {
        String text = decode(bytes);
        if (text.isBlank()) {
            throw new Wrong("", Sentence.of("plan.empty"));
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            JsonNode tree = value(parser, 0);
            if (parser.nextToken() != null) {
                JsonLocation after = parser.currentTokenLocation();
                throw new Wrong(
                        "", Sentence.of("plan.more-json", after.getLineNr(), after.getColumnNr()));
            }
            return tree;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw location == null
                    ? new Wrong("", Sentence.of("plan.not-json-at-all"))
                    : new Wrong(
                            "",
                            Sentence.of(
                                    "plan.not-json", location.getLineNr(), location.getColumnNr()));
        } catch (IOException e) {
            throw new IllegalStateException("a string does not fail to be read", e);
        }
    }

    /** The text without a byte-order mark. */
    private static String decode(byte[] bytes) throws Wrong {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Wrong("", Sentence.of("plan.not-utf-8"));
        }
    }

    private static JsonNode value(JsonParser parser, int depth) throws IOException, Wrong {
        JsonToken token = parser.currentToken();
        if (depth > DEEPEST) {
            throw new Wrong(pointer(parser), Sentence.of("plan.too-deep"));
        }
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (object.has(name)) {
                        throw new Wrong(pointer(parser), Sentence.of("plan.twice", name));
                    }
                    object.set(name, value(parser, depth + 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, depth + 1));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    NODES.numberNode(Double.parseDouble(parser.getText()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("no value begins with " + token);
        };
    }

    private static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }
}
