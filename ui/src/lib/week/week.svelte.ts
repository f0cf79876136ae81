// The week on screen: loading it, going elsewhere, and what in it has the focus.
import { backend } from '$lib/backend';
import type { BookingRef } from '$lib/bindings/BookingRef';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Week } from '$lib/bindings/Week';
import { addDays, addMonths } from '$lib/time/civil';
import { MONTH } from '$lib/view/month';
import { type Column, columnKey, layout, shownDays, shownEnvironments } from './columns';
import { endOf } from './geometry';

/** Where the one tab stop of the grid is: a column, and a card or fold in it or the column itself. */
export interface Cursor {
  column: string;
  card: string | null;
}

export interface WeekOptions {
  firstDay: () => number;
  weekend: () => boolean;
  /** How many days are shown. */
  days: () => number;
  /** Ids of the only environments to show; empty is all. */
  only: () => string[];
  failed: (error: unknown) => void;
}

export class WeekModel {
  data = $state.raw<Week | null>(null);
  /** The present, in the clock that computed the week. */
  now = $state(0);
  /** A panel beside the week takes its room: free weekends make themselves small. */
  cramped = $state(false);
  /** So narrow, as at 200 %, that a week goes on sideways rather than cutting the codes of teams. */
  narrow = $state(false);
  cursor = $state.raw<Cursor | null>(null);
  readonly columns: Column[] = $derived.by(() => (this.data ? layout(this.data, this.#options.weekend(), this.cramped, this.#options.only(), this.narrow) : []));
  readonly days = $derived.by(() => {
    const week = this.data;
    return week ? shownDays(week, this.#options.weekend()).map((index) => week.days[index]!) : [];
  });
  readonly environments = $derived.by(() => (this.data ? shownEnvironments(this.data, this.#options.only()) : []));

  readonly #options: WeekOptions;
  #asked = 0;
  #shown = 0;
  #wanted: string | null = null;
  #clock = { week: 0, here: 0 };

  constructor(options: WeekOptions) {
    this.#options = options;
  }

  /** What was asked for last has not come yet. */
  get #underway(): boolean {
    return this.#asked > this.#shown;
  }

  /** Shows the week around a date, null for this one. What was asked for another date before is dropped. */
  async show(date: string | null): Promise<boolean> {
    const turn = ++this.#asked;
    this.#wanted = date;
    try {
      const week = await backend.week({ date, firstDay: this.#options.firstDay(), days: this.#options.days() });
      if (date !== this.#wanted || turn < this.#shown) return false;
      this.#shown = turn;
      this.#take(week);
      return true;
    } catch (error) {
      if (turn === this.#asked) {
        this.#shown = turn;
        this.#options.failed(error);
      }
      return false;
    }
  }

  /** A day of what is shown: the first, or one inside of the month. */
  get anchor(): string {
    const from = this.data?.from ?? '';
    return this.data?.days.length === MONTH ? addDays(from, 7) : from;
  }

  /** Shows a week that did not have to be asked for. */
  open(week: Week): void {
    this.#take(week);
  }

  get dayCount(): number {
    return this.#options.days();
  }

  /** What is shown, or what was just asked for: who went elsewhere a moment ago still gets there. */
  reload(): Promise<boolean> {
    if (this.#underway) return this.show(this.#wanted);
    return this.show(this.data ? this.anchor : null);
  }

  /** A change is often told twice, by its answer and by the shell: the same week is not drawn again. */
  #take(week: Week): void {
    this.#clock = { week: week.now, here: Date.now() };
    const same = this.data?.from === week.from && text(this.data) === text(week);
    if (!same) {
      this.cursor = this.#carried(week);
      this.data = week;
    }
    this.tick();
  }

  /** The cursor among other days: on the same one where another number of days is shown, else at the same place. */
  #carried({ days }: Week): Cursor | null {
    if (!this.cursor || days.length === this.data?.days.length) return this.cursor;
    const column = this.columns.find((one) => one.key === this.cursor?.column);
    if (!column) return null;
    const at = days.findIndex((day) => day.date === column.day.date);
    if (at < 0) return null;
    const card = this.cursor.card?.replace(/@\d+$/, `@${at}`) ?? null;
    return { column: columnKey(at, column.environment.id), card };
  }

  /** So many times as many days as are shown, from where who presses faster than weeks arrive is going already. */
  go(times: number): Promise<boolean> {
    if (!this.data) return this.show(null);
    const from = this.#underway ? (this.#wanted ?? this.data.today) : this.anchor;
    return this.show(this.dayCount === MONTH ? addMonths(from, times) : addDays(from, times * this.dayCount));
  }

  /** Moves the clock on; true when the day has changed and the week must be asked for again. */
  tick(): boolean {
    this.now = this.#clock.week + Date.now() - this.#clock.here;
    const today = this.data?.days.find((day) => day.isToday);
    return today !== undefined && this.now >= endOf(today);
  }

  team(id: string) {
    return this.data?.teams.find((team) => team.id === id);
  }

  environment(id: string) {
    return this.data?.environments.find((environment) => environment.id === id);
  }

  occurrence(reference: BookingRef): Occurrence | undefined {
    return this.data?.occurrences.find((occurrence) => sameReference(occurrence.reference, reference));
  }

  /** Where an occurrence is drawn first. */
  cursorOf(occurrence: Occurrence): Cursor | null {
    for (const column of this.columns) {
      const card = [...column.bars, ...column.cards].find((view) => view.occurrence.key === occurrence.key);
      if (card) return { column: column.key, card: card.key };
    }
    return null;
  }

  /** The cursor, where it still exists; else today's first column, else the first. */
  readonly focus: Cursor | null = $derived.by(() => {
    const wanted = this.columns.find((column) => column.key === this.cursor?.column);
    if (wanted && this.cursor) {
      const card = cardKeys(wanted).includes(this.cursor.card ?? '') ? this.cursor.card : null;
      return { column: wanted.key, card };
    }
    const start = this.columns.find((column) => column.day.isToday) ?? this.columns[0];
    return start ? { column: start.key, card: null } : null;
  });

  readonly focusedColumn = $derived(this.columns.find((column) => column.key === this.focus?.column));

  readonly focusedOccurrence: Occurrence | undefined = $derived.by(() => {
    const card = this.focus?.card;
    const column = this.focusedColumn;
    return [...(column?.bars ?? []), ...(column?.cards ?? [])].find((view) => view.key === card)?.occurrence;
  });

  /** One step of the arrow keys; false at the left or right edge. */
  step(columns: number, rows: number): boolean {
    const focus = this.focus;
    const at = this.columns.findIndex((column) => column.key === focus?.column);
    if (!focus || at < 0) return true;
    if (columns) {
      const next = this.columns[at + columns];
      if (!next) return false;
      this.cursor = { column: next.key, card: null };
      return true;
    }
    const stops = [null, ...cardKeys(this.columns[at]!)];
    const index = Math.min(Math.max(stops.indexOf(focus.card) + rows, 0), stops.length - 1);
    this.cursor = { column: focus.column, card: stops[index] ?? null };
    return true;
  }

  edge(to: 'first' | 'last'): void {
    const column = to === 'first' ? this.columns[0] : this.columns.at(-1);
    if (column) this.cursor = { column: column.key, card: null };
  }
}

/** Bars first, then cards by start; what is folded comes after the cards beside it. */
function cardKeys({ bars, cards, folds }: Column): string[] {
  const stops = [
    ...cards.map(({ key, block }) => ({ key, start: block.start, lane: block.lane })),
    ...folds.map(({ key, start }) => ({ key, start, lane: Infinity })),
  ].sort((a, b) => a.start - b.start || a.lane - b.lane);
  return [...bars, ...stops].map((stop) => stop.key);
}

/** All that is drawn of it. */
function text(week: Week): string {
  return JSON.stringify({ ...week, now: 0 });
}

export function sameReference(a: BookingRef, b: BookingRef): boolean {
  return a.id === b.id && a.recurrenceId === b.recurrenceId;
}
