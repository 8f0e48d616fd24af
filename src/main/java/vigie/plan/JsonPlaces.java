package vigie.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of a JSON text stand in it, so that one can be changed and all the rest stays as
 * somebody wrote it. Positions are those of {@link String}.
 */
final class JsonPlaces {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonPlaces() {}

    /** A value, from its first character to after its last. */
    sealed interface Place {
        int start();

        int end();
    }

    /** A text, a number, true, false or null. */
    record Scalar(int start, int end) implements Place {}

    /** A list. */
    record Items(int start, int end, List<Place> items) implements Place {}

    /** An object. */
    record Members(int start, int end, Map<String, Member> members) implements Place {
        /** The member written last; empty where there is none. */
        Optional<Member> last() {
            return members.values().stream().reduce((_, later) -> later);
        }
    }

    /**
     * A member of an object.
     *
     * @param start where its name begins
     */
    record Member(int start, Place value) {}

    /**
     * @param text one that {@link JsonText} has read
     */
    static Place of(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return place(parser);
        } catch (IOException e) {
            throw new IllegalStateException("read before, and not any more", e);
        }
    }

    private static Place place(JsonParser parser) throws IOException {
        int start = start(parser);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Member> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                int name = start(parser);
                String called = parser.currentName();
                parser.nextToken();
                members.put(called, new Member(name, place(parser)));
            }
            return new Members(start, start(parser) + 1, members);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Place> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(place(parser));
            }
            return new Items(start, start(parser) + 1, items);
        }
        // A text is read to its end only when it is asked for.
        String _ = parser.getText();
        return new Scalar(start, (int) parser.currentLocation().getCharOffset());
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
