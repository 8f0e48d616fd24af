package vigie.feed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A server's global variables. One that the server does not have is empty text: versions differ.
 *
 * @param values by name in lower case
 */
record ServerSettings(Map<String, String> values) {
    ServerSettings {
        values = Map.copyOf(values);
    }

    static ServerSettings read(Connection connection) throws SQLException {
        Map<String, String> values = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            while (rows.next()) {
                String value = rows.getString(2);
                values.put(rows.getString(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
            }
        }
        return new ServerSettings(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** The value in capitals, for words that may be written either way. */
    String word(String name) {
        return text(name).toUpperCase(Locale.ROOT);
    }

    boolean isOn(String name) {
        String value = word(name);
        return value.equals("ON") || value.equals("1");
    }

    /** Empty where the server has no such variable or it is no number. */
    OptionalDouble number(String name) {
        try {
            return has(name)
                    ? OptionalDouble.of(Double.parseDouble(text(name)))
                    : OptionalDouble.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalDouble.empty();
        }
    }
}
