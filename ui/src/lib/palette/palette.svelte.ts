// The palette while something is typed: what it could mean, and what Rust says about it.
import type { App } from '$lib/app/app.svelte';
import { Latest } from '$lib/app/latest';
import { backend } from '$lib/backend';
import type { Found } from '$lib/bindings/Found';
import type { QuickAdd } from '$lib/bindings/QuickAdd';
import { say } from '$lib/messages';
import { parseDate } from '$lib/time/civil';
import { NO_FILTER } from '$lib/view/views';
import { type Entry, actions } from './actions';
import { ranked } from './match';

export type PaletteMode = 'all' | 'search' | 'book';

/** Bookings beside other entries; more in a search of their own. */
const FEW = 6;

export class Palette {
  text = $state('');
  at = $state(0);
  quick = $state.raw<QuickAdd | null>(null);
  found = $state.raw<Found[]>([]);
  /** The words that `found` is the answer to. */
  asked = $state('');
  readonly mode: PaletteMode;
  readonly #app: App;
  readonly #actions: Entry[];
  readonly #quicks = new Latest<string, QuickAdd>(
    (text) => backend.quickAdd({ text, environmentId: this.#place() }),
    (quick) => { this.quick = quick; },
    (error) => this.#app.failed(error),
  );
  readonly #searches = new Latest<string, Found[]>(
    (text) => backend.search(text),
    (found, text) => { this.found = found; this.asked = text; },
    (error) => this.#app.failed(error),
  );

  constructor(app: App, mode: PaletteMode) {
    this.#app = app;
    this.mode = mode;
    this.#actions = actions(app);
    if (mode === 'book') this.#quicks.push('');
  }

  readonly entries: Entry[] = $derived.by(() => {
    const bookings = this.found.slice(0, this.mode === 'search' ? undefined : FEW).map((found) => this.#booking(found));
    if (this.mode === 'book') return [];
    if (this.mode === 'search') return bookings;
    return [...ranked(this.#actions, this.text), ...this.#date(), ...this.#places(), ...bookings];
  });

  readonly active = $derived(this.entries[Math.min(this.at, this.entries.length - 1)]);

  type(text: string): void {
    this.text = text;
    this.at = 0;
    if (this.mode === 'book') return this.#quicks.push(text);
    if (text.trim()) return this.#searches.push(text);
    this.#searches.cancel();
    this.found = [];
    this.asked = '';
  }

  step(by: number): void {
    const count = this.entries.length;
    if (count) this.at = (Math.min(this.at, count - 1) + by + count) % count;
  }

  /** Enter: does what is chosen, or books what was understood; with Shift in the form. */
  go(entry: Entry | undefined, form = false): void {
    const { quick } = this;
    if (this.mode === 'book') {
      if (!quick || !this.text.trim()) return;
      this.#app.dialog = null;
      if (form || quick.problems.length) this.#app.bookings.fill(quick.input);
      else void this.#app.bookings.book(quick.input);
      return;
    }
    if (!entry) return;
    this.#app.dialog = null;
    entry.run();
  }

  close(): void {
    this.#quicks.cancel();
    this.#searches.cancel();
  }

  #booking(found: Found): Entry {
    const team = this.#app.week.team(found.teamId)?.name ?? '';
    return {
      id: `booking-${found.reference.id}-${found.reference.recurrenceId ?? ''}`, label: found.title || say.week.untitled,
      detail: [found.when, found.environment, team].filter(Boolean).join(' · '), keys: found.upcoming ? '' : say.palette.past,
      run: () => void this.#app.bookings.openReference(found.reference, true),
    };
  }

  #date(): Entry[] {
    const date = this.text.trim() ? parseDate(this.text, this.#app.week.data?.today ?? '') : null;
    if (!date) return [];
    return [{ id: 'date', label: say.palette.goto(this.#app.formats.fullDate(date)), run: () => void this.#app.goto(date) }];
  }

  /** Environments and teams, to see only them. */
  #places(): Entry[] {
    const week = this.#app.week.data;
    if (!week || !this.text.trim()) return [];
    const only = (kind: 'environments' | 'teams') => ({ id, name }: { id: string; name: string }): Entry =>
      ({ id: `${kind}-${id}`, label: say.palette.only(name), run: () => this.#app.setFilter({ ...NO_FILTER, [kind]: [id] }) });
    const all = [...week.environments.filter((one) => !one.hidden).map(only('environments')), ...week.teams.map(only('teams'))];
    return ranked(all, this.text);
  }

  #place(): string {
    return (this.#app.week.cursor && this.#app.week.focusedColumn?.environment.id) ?? '';
  }
}
