package vigie.console.history;

/**
 * A chart that somebody named.
 *
 * @param name as typed; unique in the list
 * @param opening what it shows
 * @param comparison with what
 * @param pinned whether it stays in the strip above every chart
 */
record SavedChart(String name, Opening opening, Comparison comparison, boolean pinned) {
    SavedChart {
        if (name.isBlank() || opening.points().isEmpty()) {
            throw new IllegalArgumentException("a saved chart has a name and points");
        }
    }

    SavedChart withPinned(boolean isPinned) {
        return new SavedChart(name, opening, comparison, isPinned);
    }
}
