package vigie.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;

/**
 * {@code vigie doctor}: looks at the database as the feed needs it, one line for each check with
 * its remedy, and prints the statements for the right accounts. Ends with 0 when all is well, 1
 * with warnings, 3 when no host can serve.
 */
@Command(name = "doctor")
final class DoctorCommand extends Subcommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private DatabaseOption database;

    @Mixin private FormatOption format;

    DoctorCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        DatabaseAddress address = database.address(invocation(), configuration());
        Diagnosis diagnosis =
                Diagnosis.of(
                        address,
                        address.own(invocation().variable("VIGIE_DB_URL")),
                        Clock.systemUTC());
        if (format.isJson()) {
            json(diagnosis);
        } else {
            new DoctorReport(invocation()).print(address, diagnosis);
        }
        invocation().out().flush();
        return switch (diagnosis.grade()) {
            case OK, UNCHECKED -> 0;
            case WARNING -> 1;
            case BLOCKED -> Fault.Kind.BLOCKED.exitCode();
        };
    }

    private void json(Diagnosis diagnosis) {
        for (Diagnosis.Host host : diagnosis.hosts()) {
            for (Finding finding : host.findings()) {
                line(json -> {
                    json.writeStringField("host", host.name());
                    members(json, finding);
                });
            }
        }
        for (Finding finding : diagnosis.together()) {
            line(json -> {
                json.writeNullField("host");
                members(json, finding);
            });
        }
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
        line(json -> json.writeStringField("result", word(diagnosis.grade())));
    }

    private void members(JsonGenerator json, Finding finding) throws IOException {
        Words words = invocation().words();
        json.writeStringField("check", finding.key());
        json.writeStringField("grade", word(finding.grade()));
        json.writeStringField("found", words.say(finding.what()));
        if (finding.remedy().isPresent()) {
            json.writeStringField("remedy", words.say(finding.remedy().get()));
        } else {
            json.writeNullField("remedy");
        }
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
        invocation().out().println(text);
    }

    private static String word(Grade grade) {
        return DoctorReport.word(grade);
    }
}
