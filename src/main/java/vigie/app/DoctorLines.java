package vigie.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.text.Words;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A checkup for programs: one JSON object a line. {@code host} is null for what concerns this
 * computer, and for what concerns the hosts as a whole.
 */
final class DoctorLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Words words;
    private final PrintStream out;

    DoctorLines(Words words, PrintStream out) {
        this.words = words;
        this.out = out;
    }

    void print(Checkup checkup) {
        checkup.here().forEach(finding -> finding(Optional.empty(), finding));
        checkup.database().ifPresent(this::database);
        line(json -> json.writeStringField("result", DoctorReport.word(checkup.grade())));
    }

    private void database(Diagnosis diagnosis) {
        for (Diagnosis.Host host : diagnosis.hosts()) {
            host.findings().forEach(finding -> finding(Optional.of(host.name()), finding));
        }
        diagnosis.together().forEach(finding -> finding(Optional.empty(), finding));
        for (Diagnosis.Recipe recipe : diagnosis.recipes()) {
            line(json -> {
                json.writeStringField("recipe", recipe.key());
                json.writeArrayFieldStart("statements");
                for (String statement : recipe.statements()) {
                    json.writeString(statement);
                }
                json.writeEndArray();
            });
        }
    }

    private void finding(Optional<String> host, Finding finding) {
        line(json -> {
            if (host.isPresent()) {
                json.writeStringField("host", host.get());
            } else {
                json.writeNullField("host");
            }
            json.writeStringField("check", finding.key());
            json.writeStringField("grade", DoctorReport.word(finding.grade()));
            json.writeStringField("found", words.say(finding.what()));
            if (finding.remedy().isPresent()) {
                json.writeStringField("remedy", words.say(finding.remedy().get()));
            } else {
                json.writeNullField("remedy");
            }
        });
    }

    /** Fills in an object's members. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private void line(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
        out.println(text);
    }
}
