package vigie.console.plan;

import javafx.scene.paint.Color;

/** Something that stands on a line of an element, as wide as it measures. Pixels. */
sealed interface Part {
    double width();

    /** Draws it with its left end at x, its capitals centred on y. */
    void paint(Pen pen, double x, double y);

    /** The same, smaller; what cannot be made smaller stays as it is. */
    default Part smaller(double factor) {
        return this;
    }

    /** A text. */
    record Word(String text, Lettering.Weight weight, double size, Color colour) implements Part {
        @Override
        public double width() {
            return Lettering.width(text, weight, size);
        }

        @Override
        public void paint(Pen pen, double x, double y) {
            pen.text(text, x, y, Pen.Side.RIGHT_OF, weight, size, colour);
        }

        @Override
        public Part smaller(double factor) {
            return new Word(text, weight, size * factor, colour);
        }
    }

    /** A drawn sign. */
    record Sign(double width, Drawing drawing) implements Part {
        /** Draws a sign about a point. */
        interface Drawing {
            void paint(Pen pen, double x, double y);
        }

        @Override
        public void paint(Pen pen, double x, double y) {
            drawing.paint(pen, x + width / 2, y);
        }
    }

    /** Nothing: two neighbours stay apart. */
    record Gap(double width) implements Part {
        @Override
        public void paint(Pen pen, double x, double y) {}
    }
}
