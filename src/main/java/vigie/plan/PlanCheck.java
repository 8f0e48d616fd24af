package vigie.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a plan file.
 *
 * @param plan what the file says; empty where something is wrong with it
 * @param faults in the order of the file's sections; empty exactly where there is a plan
 * @param more whether there may be more faults than were looked for
 */
public record PlanCheck(Optional<Plan> plan, List<Fault> faults, boolean more) {
    private static final Pattern ITEM = Pattern.compile("(?<item>/[A-Za-z]+/[0-9]+)(?:/.*)?");

    public PlanCheck {
        faults = List.copyOf(faults);
    }

    /**
     * One thing that is wrong.
     *
     * @param pointer where, as JSON pointer (RFC 6901); empty: the whole file
     * @param element the id of the element there, or the point of the placement; empty where there
     *     is none or none is said
     * @param expected what was expected there: a part of a sentence, without a full stop
     */
    public record Fault(String pointer, Optional<String> element, Sentence expected) {}

    static PlanCheck of(Plan plan) {
        return new PlanCheck(Optional.of(plan), List.of(), false);
    }

    /**
     * @param tree the file, for the names of what is wrong; missing where it is not JSON
     */
    static PlanCheck of(List<Wrong.Problem> problems, JsonNode tree, boolean more) {
        List<Fault> faults = new ArrayList<>();
        for (Wrong.Problem problem : problems) {
            faults.add(
                    new Fault(
                            problem.pointer(),
                            element(problem.pointer(), tree),
                            problem.expected()));
        }
        return new PlanCheck(Optional.empty(), faults, more);
    }

    private static Optional<String> element(String pointer, JsonNode tree) {
        Matcher at = ITEM.matcher(pointer);
        JsonNode item = at.matches() ? tree.at(at.group("item")) : MissingNode.getInstance();
        for (String name : List.of("id", "point")) {
            if (item.path(name).isTextual()) {
                return Optional.of(item.path(name).textValue());
            }
        }
        return Optional.empty();
    }
}
