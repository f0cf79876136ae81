// An import before it is applied: what the file holds, and what the person decides about it.
import { Latest } from '$lib/app/latest';
import { backend } from '$lib/backend';
import type { Error as CommandError } from '$lib/bindings/Error';
import type { ImportAction } from '$lib/bindings/ImportAction';
import type { ImportInput } from '$lib/bindings/ImportInput';
import type { ImportItem } from '$lib/bindings/ImportItem';
import type { ImportPreview } from '$lib/bindings/ImportPreview';
import type { ImportResult } from '$lib/bindings/ImportResult';

export type ImportFilter = ImportAction | 'all' | 'undecided';

export class Import {
  preview = $state.raw<ImportPreview | null>(null);
  filter = $state<ImportFilter>('all');
  busy = $state(true);
  applying = $state(false);
  input = $state.raw<ImportInput>({ path: '', environments: {}, teams: {}, leaveOut: [], large: false, removals: false });
  readonly leftOut = $derived(new Set(this.input.leaveOut));
  readonly shown: ImportItem[] = $derived.by(() => (this.preview?.items ?? []).filter((item) => this.#matches(item)));
  readonly undecided = $derived((this.preview?.items ?? []).filter((item) => this.#waits(item)).length);

  /** The file is so large that the person is asked first: what about it, and what to do. */
  tooLarge = $state.raw<{ message: string; hint: string } | null>(null);

  readonly #previews: Latest<ImportInput, ImportPreview>;

  constructor(path: string, failed: (error: unknown) => void) {
    this.input = { ...this.input, path };
    this.#previews = new Latest(
      (input) => backend.previewImport(input),
      (preview) => { this.preview = preview; this.busy = false; },
      (error) => {
        this.busy = false;
        if (isTooLarge(error)) this.tooLarge = error;
        else failed(error);
      },
    );
    this.#ask();
  }

  /** Bookings that came from this calendar and are no longer in the file. */
  readonly gone: ImportItem[] = $derived((this.preview?.items ?? []).filter(isGone));

  /** Whether they go here too. */
  setRemovals(removals: boolean): void {
    this.input = { ...this.input, removals };
  }

  /** How many bookings applying would write. */
  readonly writes = $derived.by(() => {
    const counts = this.preview?.counts;
    return counts ? counts.added + counts.updated + counts.cancelled - this.gone.length : 0;
  });

  chooseEnvironment(key: string, id: string): void {
    this.#change({ environments: chosen(this.input.environments, key, id) });
  }

  chooseTeam(key: string, id: string): void {
    this.#change({ teams: chosen(this.input.teams, key, id) });
  }

  take(key: string, taken: boolean): void {
    const leaveOut = this.input.leaveOut.filter((other) => other !== key);
    this.#change({ leaveOut: taken ? leaveOut : [...leaveOut, key] });
  }

  readLarge(): void {
    this.tooLarge = null;
    this.#change({ large: true });
  }

  apply(): Promise<ImportResult> {
    const { input, gone } = this;
    if (input.removals) return backend.applyImport(input);
    // What nobody agreed to is left as it is.
    return backend.applyImport({ ...input, leaveOut: [...input.leaveOut, ...gone.map((item) => item.key)] });
  }

  close(): void {
    this.#previews.cancel();
  }

  #change(change: Partial<ImportInput>): void {
    this.input = { ...this.input, ...change };
    this.#ask();
  }

  #ask(): void {
    this.busy = true;
    this.#previews.push(this.input);
  }

  /** It is left out because nobody has decided about it, not because somebody has. */
  #waits(item: ImportItem): boolean {
    return isUndecided(item) && !this.leftOut.has(item.key);
  }

  #matches(item: ImportItem): boolean {
    if (this.filter === 'all') return true;
    if (this.filter === 'undecided') return this.#waits(item);
    return item.action === this.filter && !this.#waits(item);
  }
}

/** It is in no line of the file, and would be removed. */
function isGone(item: ImportItem): boolean {
  return item.line === 0 && item.action === 'cancel';
}

/** It could become a booking: it says when. */
export function isUsable(item: ImportItem): boolean {
  return item.start !== null;
}

/** Nobody has said yet where it goes, or whose it is. */
export function isUndecided(item: ImportItem): boolean {
  return isUsable(item) && (item.environmentId === null || item.team === null);
}

function isTooLarge(error: unknown): error is CommandError {
  return (error as CommandError | null)?.code === 'too-large';
}

function chosen(map: { [key in string]: string }, key: string, id: string): { [key in string]: string } {
  const { [key]: _, ...rest } = map;
  return id ? { ...rest, [key]: id } : rest;
}
