package vigie.console;

import vigie.plan.Plan;
import vigie.text.Sentence;

import java.util.Locale;
import java.util.Optional;

/**
 * What a console draws.
 *
 * @param locale the language it speaks
 * @param plan the plan to draw
 * @param notice why another plan than the operator's is drawn; empty: it is his
 * @param database where the data come from, for people, without password; may be empty
 */
public record Drawn(Locale locale, Plan plan, Optional<Sentence> notice, String database) {}
