// Asking only as fast as answers come, and hearing only the last one.

/**
 * Runs `ask` for the newest input, one at a time: what comes while an answer is under way waits,
 * and only the newest of it is asked.
 */
export class Latest<Input, Answer> {
  #waiting: { input: Input } | null = null;
  #busy = false;
  #epoch = 0;
  readonly #ask: (input: Input) => Promise<Answer>;
  readonly #answered: (answer: Answer, input: Input) => void;
  readonly #failed: (error: unknown) => void;

  constructor(
    ask: (input: Input) => Promise<Answer>,
    answered: (answer: Answer, input: Input) => void,
    failed: (error: unknown) => void = () => {},
  ) {
    this.#ask = ask;
    this.#answered = answered;
    this.#failed = failed;
  }

  push(input: Input): void {
    this.#waiting = { input };
    if (!this.#busy) void this.#run();
  }

  /** Forgets what waits and what is under way. */
  cancel(): void {
    this.#waiting = null;
    this.#epoch++;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const { input } = this.#waiting;
      this.#waiting = null;
      const epoch = this.#epoch;
      try {
        const answer = await this.#ask(input);
        if (epoch === this.#epoch) this.#answered(answer, input);
      } catch (error) {
        if (epoch === this.#epoch) this.#failed(error);
      }
    }
    this.#busy = false;
  }
}

/** Calls `then` once nothing has asked for it for `wait` milliseconds. */
export function debounce(then: () => void, wait: number): { call: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => clearTimeout(timer);
  return { cancel, call: () => { cancel(); timer = setTimeout(then, wait); } };
}
