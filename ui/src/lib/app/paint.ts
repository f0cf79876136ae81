// When what was drawn is on the screen.

/** Calls back once the next frame has been painted: what a frame calls runs before that, a timer set
 * there after. Who asked first is called first. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}
