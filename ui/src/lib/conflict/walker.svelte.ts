// Going from conflict to conflict.
import type { App } from '$lib/app/app.svelte';
import type { Conflict } from '$lib/bindings/Conflict';
import { say } from '$lib/messages';
import { key, next as nextConflict, open as openConflicts } from './walk';

export class Walker {
  /** The one that was gone to last. */
  key = $state<string | null>(null);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  next(): void {
    const conflict = nextConflict(this.#app.conflicts, this.key);
    if (!conflict) return this.#app.announce(say.conflict.noneLeft);
    this.show(conflict);
  }

  show(conflict: Conflict): void {
    this.key = key(conflict);
    const open = openConflicts(this.#app.conflicts);
    const at = open.findIndex((other) => key(other) === this.key);
    const member = conflict.bookings.find((booking) => this.#app.week.occurrence(booking.reference));
    const column = this.#app.week.columns.find((shown) =>
      shown.marks.some((mark) => key(mark.conflict) === this.key));
    const card = column?.cards.find((view) => view.occurrence.conflicts.includes(conflict.id));
    if (column && card) this.#app.week.cursor = { column: column.key, card: card.key };
    else if (member) this.#app.point(this.#app.week.occurrence(member.reference), conflict.start, true);
    this.#app.reveal = { instant: conflict.start, column: column?.key ?? null, focus: this.#app.panel?.kind !== 'conflicts' };
    this.#app.announce(at < 0 ? conflict.headline : say.conflict.position(at + 1, open.length, conflict.headline));
  }
}
