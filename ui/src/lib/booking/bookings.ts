// The verbs of bookings, as a button, a key or a drag asks for them.
import type { App } from '$lib/app/app.svelte';
import { backend } from '$lib/backend';
import type { BookingInput } from '$lib/bindings/BookingInput';
import type { BookingRef } from '$lib/bindings/BookingRef';
import type { Day } from '$lib/bindings/Day';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Scope } from '$lib/bindings/Scope';
import { say } from '$lib/messages';
import { dateOf, datesOf, wallOf } from '$lib/time/format';
import { type Place, hourAt } from '$lib/week/drag';
import { endOf } from '$lib/week/geometry';
import { BookingForm } from './form.svelte';
import { newInput } from './input';

export class Bookings {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Opens the form for free time; the focused column where none is given. */
  create(place: Place | null = null, allDay = false): void {
    const column = this.#app.week.focusedColumn;
    const at = place ?? (column && hourAt({
      day: column.day, environmentId: column.environment.id, minute: this.#freeMinute(column.day),
    }));
    if (!at) return this.#app.openSettings('environments');
    const zone = this.#app.week.environment(at.environmentId)?.zone ?? this.#app.zone;
    const [start, end] = allDay ? datesOf(at, this.#app.zone) : [wallOf(at.start, zone), wallOf(at.end, zone)];
    const teamId = this.#app.myTeam() ?? '';
    this.#openForm(new BookingForm(newInput({ environmentId: at.environmentId, teamId, allDay, start, end }), null));
  }

  /** Opens the form with what is already said. */
  fill(input: BookingInput): void {
    this.#openForm(new BookingForm(input, null));
  }

  /** Books at once, and shows where. */
  async book(input: BookingInput): Promise<void> {
    const done = await this.#app.run(backend.book(input));
    if (!done?.booking) return;
    if (!this.#app.week.occurrence(done.booking)) await this.#app.week.show(input.start.slice(0, 10));
    const occurrence = this.#app.week.occurrence(done.booking);
    if (occurrence) this.#app.point(occurrence, occurrence.start, true);
  }

  /** Opens the form of a booking; by keys, that takes the focus. */
  async openReference(reference: BookingRef, keyboard = false): Promise<void> {
    try {
      const detail = await backend.showBooking(reference);
      const week = this.#app.week.data;
      const last = week?.days.at(-1);
      if (!week || !last || detail.end <= week.days[0]!.start || detail.start >= endOf(last)) {
        await this.#app.week.show(dateOf(detail.start, this.#app.zone));
      }
      this.#openForm(new BookingForm(detail.input, detail), keyboard);
      this.#app.point(this.#app.week.occurrence(detail.reference), detail.start, false);
    } catch (error) {
      this.#app.failed(error);
    }
  }

  async save(form: BookingForm): Promise<void> {
    form.saving = true;
    const done = await this.#app.run(form.save());
    form.saving = false;
    if (!done) return;
    if (this.#app.panel?.kind === 'booking' && this.#app.panel.form === form) this.#app.closePanel(true);
    const occurrence = done.booking && this.#app.week.occurrence(done.booking);
    if (occurrence) this.#app.point(occurrence, occurrence.start, true);
  }

  /** Calls off or deletes; a series asks which. */
  remove(how: 'cancel' | 'delete', reference: BookingRef, occurrence: Occurrence | null, inSeries: boolean): void {
    const act = async (scope: Scope | null) => {
      this.#app.question = null;
      if (!scope) return;
      const change = how === 'cancel' ? backend.cancelBooking : backend.deleteBooking;
      const done = await this.#app.run(change(reference, scope));
      if (done && this.#app.panel?.kind === 'booking' && this.#app.panel.form.reference?.id === reference.id) this.#app.closePanel(true);
    };
    if (!inSeries) return void act('all');
    const title = how === 'cancel' ? say.drag.seriesCancel : say.drag.seriesDelete;
    this.#app.question = { title, occurrence, answer: (scope) => void act(scope) };
  }

  /** A drag has come to its end: a form, a question, or a move. */
  drop(): void {
    const dropped = this.#app.drag.drop();
    if (!dropped) return this.#app.drag.end();
    if (!dropped.occurrence) {
      this.#app.drag.end();
      return this.create(dropped.place, dropped.wholeDays);
    }
    if (!dropped.occurrence.inSeries) return void this.#move('all');
    this.#app.drag.asking = true;
    this.#app.question = {
      title: say.drag.series, occurrence: dropped.occurrence,
      answer: (scope) => { this.#app.question = null; if (scope) void this.#move(scope); else this.cancelDrag(); },
    };
  }

  cancelDrag(): void {
    this.#app.drag.end();
    this.#app.question = null;
    this.#app.announce(say.drag.cancelled);
  }

  async #move(scope: Scope): Promise<void> {
    const { drag } = this.#app;
    const { occurrence, place, keyboard } = drag;
    const move = drag.moveFor(scope);
    if (!move) return drag.end();
    const done = await this.#app.run(backend.moveBooking(move));
    const moved = done?.booking && this.#app.week.occurrence(done.booking);
    if (drag.active && drag.place !== place) {
      // Something is moved again already; the same booking goes on from where it has come.
      if (moved && drag.occurrence === occurrence) drag.occurrence = moved;
      return;
    }
    drag.end();
    if (moved) this.#app.point(moved, moved.start, keyboard);
  }

  #openForm(form: BookingForm, focus = true): void {
    this.#app.closePanel();
    this.#app.panel = { kind: 'booking', form, focus };
  }

  /** Where a booking by key begins: after the one in focus; soon, today; else with the working hours. */
  #freeMinute(day: Day): number {
    const now = (this.#app.week.now - day.start) / 60_000;
    const after = this.#app.week.focusedOccurrence;
    const end = after && !after.allDay ? (after.end - day.start) / 60_000 : 0;
    if (end > 0 && end <= day.minutes - 60) return end;
    return day.isToday && now > day.workStart ? Math.ceil(now / 30) * 30 : day.workStart;
  }
}
