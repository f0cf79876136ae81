// The reminders that wait for an answer, and answering them.
import { backend } from '$lib/backend';
import type { Reminder } from '$lib/bindings/Reminder';
import { groups } from './groups';

export class Reminders {
  all = $state.raw<Reminder[]>([]);
  /** Before the first answer it would be untrue that nothing waits. */
  known = $state(false);
  readonly groups = $derived.by(() => groups(this.all));
  /** What nobody has answered; what comes again by itself is not counted. */
  readonly count = $derived.by(() => this.all.filter((one) => one.state !== 'snoozed').length);
  readonly #failed: (error: unknown) => void;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  async refresh(): Promise<void> {
    try {
      this.all = await backend.reminders();
      this.known = true;
    } catch (error) {
      this.#failed(error);
    }
  }

  dismiss = (tags: string[]): Promise<void> => this.#do(() => backend.answerReminder(tags, null));
  /** 0: until the slot starts. */
  snooze = (tag: string, minutes: number): Promise<void> => this.#do(() => backend.answerReminder([tag], minutes));
  snoozeAll = (): Promise<void> => this.#do(() => backend.snoozeAll());

  async #do(answer: () => Promise<unknown>): Promise<void> {
    try {
      await answer();
    } catch (error) {
      this.#failed(error);
    }
    await this.refresh();
  }
}
