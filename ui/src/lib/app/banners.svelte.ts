// What stays above the week until it is dismissed or not true any more: one banner of a kind,
// however often the shell repeats it.
import type { Banner } from '$lib/bindings/Banner';
import type { BannerKind } from '$lib/bindings/BannerKind';
import type { Notice } from '$lib/bindings/Notice';
import type { NoticeLevel } from '$lib/bindings/NoticeLevel';
import type { Reminder } from '$lib/bindings/Reminder';
import { say } from '$lib/messages';

/** Of the kinds by which the shell speaks; `data` is what happened when the data was opened. */
type Key = BannerKind | `data ${string}`;

/** A banner as it is drawn. */
export interface Shown extends Notice {
  key: Key;
  /** The list of reminders says more. */
  list: boolean;
}

const LOUDEST: NoticeLevel[] = ['error', 'warning', 'info'];

export class Banners {
  #told = $state.raw<ReadonlyMap<Key, Notice>>(new Map());
  /** What was dismissed, with the tags of the reminders that it was about; another one is news. */
  #dismissed = $state.raw<ReadonlyMap<Key, string[]>>(new Map());
  readonly #reminders: () => Reminder[] | null;
  /** The loudest first, and of those what can be acted on. */
  readonly list = $derived.by(() => this.#list());

  /** `reminders`: those that wait, null before it is known. */
  constructor(reminders: () => Reminder[] | null) {
    this.#reminders = reminders;
  }

  hear({ kind, notice }: Banner): void {
    if (!notice || kind !== 'undelivered') this.#dismissed = without(this.#dismissed, kind);
    this.#told = notice ? new Map([...this.#told, [kind, notice]]) : without(this.#told, kind);
  }

  /** What happened when the data was opened; said again, it is the same banner. */
  opened(notices: Notice[]): void {
    const data = notices.map((notice): [Key, Notice] => [`data ${notice.message}`, notice]);
    this.#told = new Map([...this.#told, ...data]);
  }

  dismiss({ key }: Shown): void {
    this.#dismissed = new Map([...this.#dismissed, [key, this.#tags(key)]]);
  }

  /** The reminders that a banner is about. */
  #tags(key: Key): string[] {
    const state = key === 'undelivered' ? 'failed' : key;
    return (this.#reminders() ?? []).filter((one) => one.state === state).map((one) => one.tag);
  }

  #list(): Shown[] {
    const known = this.#reminders() !== null;
    const shown = [...this.#told].flatMap(([key, notice]): Shown[] => {
      const list = key === 'undelivered' || key === 'missed';
      const tags = this.#tags(key);
      const dismissed = this.#dismissed.get(key);
      if (dismissed && tags.every((tag) => dismissed.includes(tag))) return [];
      // What the list has no more has its answer.
      if (list && (!known || tags.length === 0)) return [];
      // It says the same, and of which reminders.
      if (key === 'onlyHere' && this.#told.has('undelivered')) return [];
      if (key !== 'undelivered') return [{ ...notice, key, list }];
      return [{ key, list, level: notice.level, message: say.reminder.undelivered(tags.length), hint: `${notice.message} ${notice.hint}` }];
    });
    return shown.sort((a, b) => LOUDEST.indexOf(a.level) - LOUDEST.indexOf(b.level) || Number(b.list) - Number(a.list));
  }
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  return new Map([...map].filter(([other]) => other !== key));
}
