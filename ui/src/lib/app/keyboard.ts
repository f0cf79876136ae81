// Key presses to the verbs of the window.
import { say } from '$lib/messages';
import type { App } from './app.svelte';
import { print } from '$lib/view/later';
import { type Command, commandOf } from './keys';

/** How long a move by keys waits for another step when Alt is never heard to be let go, in milliseconds. */
const PATIENCE = 2_500;

export class Keyboard {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #app: App;
  readonly #focusGrid: () => void;

  constructor(app: App, focusGrid: () => void) {
    this.#app = app;
    this.#focusGrid = focusGrid;
    app.drag.previewed = () => { if (app.drag.keyboard) this.#sayPlace(); };
  }

  down(event: KeyboardEvent): void {
    const command = commandOf(event, this.#where(event));
    if (!command || event.isComposing) return;
    if (this.#run(command)) event.preventDefault();
  }

  /** Letting go of Alt drops what was moved by keys. */
  up(event: KeyboardEvent): void {
    if (event.key === 'Alt' && this.#app.drag.keyboard && !this.#app.drag.asking) this.#drop();
  }

  left(): void {
    if (this.#app.drag.keyboard && !this.#app.drag.asking) this.#drop();
  }

  #where(event: KeyboardEvent) {
    const target = event.target instanceof Element ? event.target : document.body;
    const field = target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');
    const covered = target.closest('dialog[open], :popover-open[role=dialog]') !== null;
    const blocked = this.#app.dialog !== null || this.#app.fault !== null;
    return {
      typing: field || covered || blocked,
      inGrid: target.closest('[data-testid=grid]') !== null,
      singleKeys: this.#app.settings.singleKeys,
    };
  }

  /** True when the press is ours. */
  #run(command: Command): boolean {
    const app = this.#app;
    switch (command.do) {
      case 'today': return did(app.today());
      case 'next': return did(app.go(1));
      case 'previous': return did(app.go(-1));
      case 'view': return did(app.setView(command.view));
      case 'palette': return did(app.openPalette(command.mode));
      case 'create': return did(app.bookings.create());
      case 'goto': return did((app.gotoOpen = true));
      case 'nextConflict': return did(app.walker.next());
      case 'weekend': return did(app.toggleWeekend());
      case 'undo': return did(app.undo());
      case 'redo': return did(app.redo());
      case 'print': return did(print(app));
      case 'help': return did((app.dialog = { kind: 'help' }));
      case 'settings': return did(app.openSettings('view'));
      case 'escape': return this.#escape();
      case 'open': return this.#open();
      case 'delete': return this.#delete();
      case 'focus': return this.#focus(command.columns, command.rows);
      case 'edge': app.week.edge(command.to); return did(this.#focusGrid());
      case 'move': return this.#move(command);
      case 'resize': return this.#resize(command.minutes);
    }
  }

  #escape(): boolean {
    const app = this.#app;
    if (app.drag.active && !app.drag.asking) return did(app.bookings.cancelDrag());
    if (app.dialog || document.querySelector(':popover-open[role=dialog]')) return false;
    if (!app.panel) return false;
    app.closePanel();
    this.#focusGrid();
    return true;
  }

  #open(): boolean {
    // What the grid has besides columns and cards answers Enter itself.
    if (document.activeElement?.matches('[data-own]')) return false;
    const occurrence = this.#app.week.focusedOccurrence;
    if (occurrence) void this.#app.bookings.openReference(occurrence.reference, true);
    else this.#app.bookings.create();
    return true;
  }

  #delete(): boolean {
    const occurrence = this.#app.week.focusedOccurrence;
    if (occurrence) this.#app.bookings.remove('delete', occurrence.reference, occurrence, occurrence.inSeries);
    return occurrence !== undefined;
  }

  #focus(columns: number, rows: number): boolean {
    const { week } = this.#app;
    if (week.step(columns, rows)) return did(this.#settle());
    void this.#app.go(columns).then(() => {
      week.edge(columns > 0 ? 'first' : 'last');
      this.#settle();
    });
    return true;
  }

  /** Focuses once the grid has drawn where the cursor is. */
  #settle(): void {
    queueMicrotask(() => this.#focusGrid());
  }

  #move({ minutes, days, environments }: Extract<Command, { do: 'move' }>): boolean {
    const { drag, week } = this.#app;
    const occurrence = week.focusedOccurrence ?? drag.occurrence;
    if (!occurrence || drag.asking) return occurrence !== undefined;
    const at = drag.place?.environmentId ?? occurrence.environmentId;
    const order = week.environments;
    const next = order[order.findIndex((environment) => environment.id === at) + environments];
    if (!next) return true;
    drag.nudge(occurrence, { minutes, days, environmentId: next.id }, week.days);
    return did(this.#moved());
  }

  #resize(minutes: number): boolean {
    const { drag, week } = this.#app;
    const occurrence = week.focusedOccurrence ?? drag.occurrence;
    if (!occurrence || drag.asking) return occurrence !== undefined;
    drag.stretch(occurrence, minutes);
    return did(this.#moved());
  }

  /** Waits for another step, with the place in sight; said is it with its conflicts, once they are known. */
  #moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.left(), PATIENCE);
    const { place, wholeDays } = this.#app.drag;
    if (place && !wholeDays) this.#app.reveal = { instant: place.start, column: null, focus: false };
  }

  #sayPlace(): void {
    const app = this.#app;
    const { place, conflicts, wholeDays } = app.drag;
    if (!place) return;
    const when = wholeDays ? app.formats.days(place, app.zone) : app.formats.step(place.start, place.end, app.zone);
    const words = conflicts.map((conflict) => say.conflict.words[conflict.kind]).join(', ');
    app.announce(say.drag.at(app.week.environment(place.environmentId)?.name ?? '', when, words));
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#app.bookings.drop();
  }
}

/** Whatever it gave back, it was done. */
function did(_: unknown): true {
  return true;
}
