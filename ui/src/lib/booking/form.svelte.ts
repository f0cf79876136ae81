// A booking while it is written down: the fields, and what Rust says about them before saving.
import { Latest, debounce } from '$lib/app/latest';
import { backend } from '$lib/backend';
import type { BookingDetail } from '$lib/bindings/BookingDetail';
import type { BookingInput } from '$lib/bindings/BookingInput';
import type { BookingRef } from '$lib/bindings/BookingRef';
import type { Outcome } from '$lib/bindings/Outcome';
import type { Preview } from '$lib/bindings/Preview';
import type { Scope } from '$lib/bindings/Scope';
import { withAllDay, withStart } from './input';

/** How long typing rests before Rust is asked, in milliseconds. */
const REST = 120;

interface Question {
  reference: BookingRef | null;
  scope: Scope;
  input: BookingInput;
}

export class BookingForm {
  input = $state.raw<BookingInput>({} as BookingInput);
  scope = $state<Scope>('all');
  preview = $state.raw<Preview | null>(null);
  saving = $state(false);
  /** Fields whose text cannot be read yet. */
  unreadable = $state.raw<ReadonlySet<string>>(new Set());
  readonly detail: BookingDetail | null;
  readonly changed = $derived.by(() => JSON.stringify(this.input) !== this.#first);

  #first: string;
  readonly #previews = new Latest<Question, Preview>(
    ({ reference, scope, input }) => backend.previewBooking(reference, scope, input),
    (preview) => { this.preview = preview; },
  );
  readonly #rest = debounce(() => this.#ask(), REST);

  constructor(input: BookingInput, detail: BookingDetail | null) {
    this.input = input;
    this.detail = detail;
    this.scope = detail?.inSeries ? 'this' : 'all';
    this.#first = JSON.stringify(input);
    this.#ask();
  }

  get reference(): BookingRef | null {
    return this.detail?.reference ?? null;
  }

  /** Conflicts that count, as soon as they are known. */
  readonly conflicts = $derived((this.preview?.conflicts ?? []).filter((conflict) => conflict.severity !== 'info'));

  readonly canSave = $derived(
    !this.saving && this.unreadable.size === 0 && (this.preview?.problems.length ?? 0) === 0,
  );

  set<Field extends keyof BookingInput>(field: Field, value: BookingInput[Field]): void {
    this.#change({ ...this.input, [field]: value });
  }

  setStart(start: string): void {
    this.#change(withStart(this.input, start));
  }

  /** Another time, and perhaps another environment. */
  put(place: Pick<BookingInput, 'environmentId' | 'start' | 'end' | 'allDay'>): void {
    this.unreadable = new Set();
    this.#change({ ...this.input, ...place });
  }

  setAllDay(allDay: boolean): void {
    this.#change(withAllDay(this.input, allDay));
  }

  setScope(scope: Scope): void {
    this.scope = scope;
    this.#rest.call();
  }

  /** A field whose text does not say a date or a time (yet) keeps the form from being saved. */
  mark(field: string, readable: boolean): void {
    if (readable !== this.unreadable.has(field)) return;
    const marked = new Set(this.unreadable);
    if (readable) marked.delete(field);
    else marked.add(field);
    this.unreadable = marked;
  }

  problem(field: string): string {
    return this.preview?.problems.find((problem) => problem.field === field)?.message ?? '';
  }

  save(): Promise<Outcome> {
    const { reference, scope, input } = this;
    return reference ? backend.editBooking(reference, scope, input) : backend.book(input);
  }

  /** Asks again, because the bookings around it have changed. */
  refresh(): void {
    this.#ask();
  }

  close(): void {
    this.#rest.cancel();
    this.#previews.cancel();
  }

  #change(input: BookingInput): void {
    this.input = input;
    this.#rest.call();
  }

  #ask(): void {
    const { reference, scope, input } = this;
    this.#previews.push({ reference, scope, input });
  }
}
