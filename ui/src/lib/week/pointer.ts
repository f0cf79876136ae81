// The pointer over the grid: a press that does not move is a click, one that moves is a drag.
// The browser's own drag and drop is not used, since the shell takes it for dropped files.
import type { App } from '$lib/app/app.svelte';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { BarView, CardView } from './columns';
import { type DragMode, type Point, SLACK, hourAt } from './drag';
import { clamp, columnAt, endOf, toMinutes, toPixels } from './geometry';

/** How deep the ends of a card are that stretch it, and below which height (of a bar: width) it has none, in pixels. */
const GRIP = 5;
const LOW = 29;
/** How near an edge the view scrolls, and how fast at most, in pixels. */
const NEAR = 44;
const FASTEST = 18;

interface Pressed {
  id: number;
  x: number;
  y: number;
  mode: DragMode;
  occurrence: Occurrence | null;
  from: Point;
  /** In the row above the hours. */
  wholeDays: boolean;
}

export interface Surface {
  scroller: HTMLElement;
  /** The part below the heads, where minute 0 is at the top. */
  body: HTMLElement;
  /** Right edges of the columns, from the body's left. */
  rights: () => number[];
}

export class GridPointer {
  #pressed: Pressed | null = null;
  #last: PointerEvent | null = null;
  #frame = 0;
  #dragged = false;
  readonly #app: App;
  readonly #surface: Surface;

  constructor(app: App, surface: Surface) {
    this.#app = app;
    this.#surface = surface;
  }

  down(event: PointerEvent): void {
    this.#dragged = false;
    if (event.button !== 0 || this.#app.drag.active || document.querySelector(':popover-open[role=dialog]')) return;
    const target = event.target as Element;
    const wholeDays = target.closest('[data-allday]') !== null;
    if (target.closest('[data-own]') || (!wholeDays && !this.#surface.body.contains(target))) return;
    const from = this.#point(event);
    if (!from) return;
    const view = this.#card(target);
    const occurrence = view?.occurrence ?? null;
    const mode = view ? (this.#edgeOf(view, event) ?? 'move') : 'create';
    this.#pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, mode, occurrence, from, wholeDays };
  }

  move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (!pressed) return this.#hover(event);
    if (event.pointerId !== pressed.id) return;
    if (!this.#last) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLACK) return;
      this.#surface.body.setPointerCapture(event.pointerId);
      this.#app.drag.begin(pressed.mode, pressed.occurrence, pressed.from, pressed.wholeDays);
    } else if (!this.#app.drag.active) {
      return this.cancel();
    }
    this.#last = event;
    this.#dragged = true;
    this.#follow();
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#edge());
  }

  up(event: PointerEvent): void {
    const pressed = this.#pressed;
    const dragging = this.#last !== null;
    this.#release();
    if (!pressed || event.pointerId !== pressed.id) return;
    if (dragging) {
      if (this.#app.drag.active) this.#app.bookings.drop();
    } else if (!pressed.occurrence) {
      const { day, environmentId } = pressed.from;
      const place = pressed.wholeDays ? { environmentId, start: day.start, end: endOf(day) } : hourAt(pressed.from);
      this.#app.bookings.create(place, pressed.wholeDays);
    }
  }

  cancel(): void {
    const dragging = this.#last !== null;
    this.#release();
    if (dragging && this.#app.drag.active) this.#app.drag.end();
  }

  /** A click that ends a drag opens nothing. */
  click(event: MouseEvent): void {
    if (!this.#dragged) return;
    this.#dragged = false;
    event.preventDefault();
    event.stopPropagation();
  }

  #release(): void {
    const id = this.#pressed?.id;
    if (id !== undefined && this.#surface.body.hasPointerCapture(id)) this.#surface.body.releasePointerCapture(id);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#pressed = null;
    this.#last = null;
  }

  #follow(): void {
    const point = this.#last && this.#point(this.#last);
    if (point && this.#last) this.#app.drag.to(point, this.#last.shiftKey);
  }

  /** Scrolls while the pointer rests near an edge. */
  #edge(): void {
    this.#frame = 0;
    const last = this.#last;
    if (!last) return;
    const { scroller, body } = this.#surface;
    const box = scroller.getBoundingClientRect();
    const top = Math.max(box.top, scroller.firstElementChild?.getBoundingClientRect().bottom ?? box.top);
    const dy = this.#app.drag.wholeDays ? 0 : speed(last.clientY, top, box.bottom);
    const dx = speed(last.clientX, box.left, box.right);
    if (dx || dy) {
      scroller.scrollBy(dx, dy);
      this.#follow();
      this.#frame = requestAnimationFrame(() => this.#edge());
    } else if (body.isConnected) {
      this.#frame = requestAnimationFrame(() => this.#edge());
    }
  }

  /** The pointer shows where a card can be stretched. */
  #hover(event: PointerEvent): void {
    const view = this.#card(event.target as Element);
    this.#surface.scroller.style.cursor = view && this.#edgeOf(view, event) ? ('bar' in view ? 'ew-resize' : 'ns-resize') : '';
  }

  #card(target: Element): CardView | BarView | undefined {
    const key = target.closest<HTMLElement>('[data-occurrence]')?.dataset['card'];
    return key ? this.#app.week.columns.flatMap((column) => [...column.cards, ...column.bars]).find((view) => view.key === key) : undefined;
  }

  /** Which end of a card the pointer is at; none where the card is too low to tell, or goes on. */
  #edgeOf(view: CardView | BarView, event: PointerEvent): 'start' | 'end' | null {
    if ('bar' in view) {
      const { left, right } = (event.target as Element).closest('[data-card]')!.getBoundingClientRect();
      if (right - left < LOW) return null;
      if (view.first && event.clientX < left + GRIP) return 'start';
      return view.last && event.clientX > right - 1 - GRIP ? 'end' : null;
    }
    const { block } = view;
    const y = event.clientY - this.#surface.body.getBoundingClientRect().top;
    const [top, bottom] = [toPixels(block.start), toPixels(block.end)];
    if (bottom - top < LOW) return null;
    if (y < top + GRIP && !block.continuesBefore) return 'start';
    return y > bottom - 1 - GRIP && !block.continuesAfter ? 'end' : null;
  }

  #point(event: PointerEvent): Point | null {
    const box = this.#surface.body.getBoundingClientRect();
    const columns = this.#app.week.columns;
    const column = columns[columnAt(event.clientX - box.left, this.#surface.rights())];
    if (!column) return null;
    const minute = clamp(toMinutes(event.clientY - box.top), 0, column.day.minutes);
    return { day: column.day, environmentId: column.environment.id, minute };
  }
}

function speed(at: number, low: number, high: number): number {
  const into = at < low + NEAR ? at - low - NEAR : at > high - NEAR ? at - high + NEAR : 0;
  return clamp((into / NEAR) * FASTEST, -FASTEST, FASTEST);
}
