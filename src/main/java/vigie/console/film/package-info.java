/**
 * The past as a moving picture: frames drawn by the window's own plan, off the screen, written as
 * an animated GIF or as numbered PNG files. Part of the console: knows the plan's view, reels and
 * pictures; no AWT.
 */
@NullMarked
package vigie.console.film;

import org.jspecify.annotations.NullMarked;
