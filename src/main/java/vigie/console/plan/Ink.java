package vigie.console.plan;

/**
 * Told of all that is written by a pen, in pixels of the plan: what is drawn is held by tests that
 * see no pixels. JavaFX thread only.
 */
interface Ink {
    /** For a pen that nobody looks at. */
    Ink NONE =
            new Ink() {
                @Override
                public void text(
                        String text,
                        Lettering.Weight weight,
                        double size,
                        double x,
                        double baseline,
                        boolean upwards) {}

                @Override
                public void sign(Kind kind, Extent box) {}
            };

    /** What a sign says. */
    enum Kind {
        /** How urgent what is wrong is: square 1, triangle 2. */
        PRIORITY,
        /** In which direction a value is from normal. */
        DEVIATION,
        /** That a value is not fresh. */
        NOT_FRESH,
        /** What a thing does: a fan, a plug. */
        STATE,
        /** An edge, around what is written inside, that says a value is not fresh. */
        EDGE
    }

    /**
     * A text.
     *
     * @param x where it begins
     * @param upwards whether it is read from the bottom to the top; it then begins at its lower end
     */
    void text(
            String text,
            Lettering.Weight weight,
            double size,
            double x,
            double baseline,
            boolean upwards);

    /** A sign that stands where a text could. */
    void sign(Kind kind, Extent box);
}
