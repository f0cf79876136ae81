// What an export would write, while it is chosen.
import { Latest } from '$lib/app/latest';
import { backend } from '$lib/backend';
import type { ExportInput } from '$lib/bindings/ExportInput';
import type { ExportResult } from '$lib/bindings/ExportResult';
import type { ExportTarget } from '$lib/bindings/ExportTarget';

export class Export {
  input = $state.raw<ExportInput>({ environmentIds: [], teamIds: [], from: null, to: null, target: 'any' });
  result = $state.raw<ExportResult | null>(null);
  saving = $state(false);

  readonly #previews: Latest<ExportInput, ExportResult>;

  constructor(failed: (error: unknown) => void) {
    this.#previews = new Latest(
      (input) => backend.previewExport(input), (result) => { this.result = result; }, failed,
    );
    this.#previews.push(this.input);
  }

  setRange(from: string | null, to: string | null): void {
    this.#change({ from, to });
  }

  setTarget(target: ExportTarget): void {
    this.#change({ target });
  }

  setEnvironments(environmentIds: string[]): void {
    this.#change({ environmentIds });
  }

  setTeams(teamIds: string[]): void {
    this.#change({ teamIds });
  }

  save(): Promise<ExportResult | null> {
    return backend.exportBookings(this.input);
  }

  close(): void {
    this.#previews.cancel();
  }

  #change(change: Partial<ExportInput>): void {
    this.input = { ...this.input, ...change };
    this.#previews.push(this.input);
  }
}

/** Ids after one of `all` was switched; none means all, so the last one cannot be switched off. */
export function switched(ids: string[], id: string, all: string[]): string[] {
  const now = ids.length ? ids : all;
  const next = now.includes(id) ? now.filter((other) => other !== id) : [...now, id];
  return next.length === all.length ? [] : next.length === 0 ? ids : next;
}

/** `412 B`, `45 kB`, `1.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
