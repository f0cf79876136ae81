// What was done, said once, with a way back. Errors stay longer than good news.

export interface ToastAction {
  label: string;
  run: () => void;
}

export interface Toast {
  id: number;
  tone: 'done' | 'conflict' | 'error';
  text: string;
  detail: string;
  actions: ToastAction[];
  /** When it was first shown, in milliseconds. */
  at: number;
}

const LASTS = { done: 8_000, conflict: 12_000, error: 20_000 };
const AT_MOST = 3;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Undo takes back the last operation only, so a new toast takes the actions of older ones. */
  show(tone: Toast['tone'], text: string, detail = '', actions: ToastAction[] = []): void {
    const id = this.#next++;
    const older = this.list.filter((toast) => toast.tone === 'error' || actions.length === 0).slice(-AT_MOST + 1);
    for (const toast of this.list) if (!older.includes(toast)) this.#forget(toast.id);
    this.list = [...older, { id, tone, text, detail, actions, at: Date.now() }];
    this.resume(id);
  }

  /**
   * Puts what became known of the newest message before its details, unless it is older than `age`
   * milliseconds. Returns the message as it is then.
   */
  amend(tone: Toast['tone'], news: string, action: ToastAction | null, age: number): Toast | null {
    const last = this.list.at(-1);
    if (!last || last.tone === 'error' || Date.now() - last.at > age) return null;
    const known = last.actions.some((one) => one.label === action?.label);
    const toast = {
      ...last, tone: tone === 'conflict' ? tone : last.tone, detail: [news, last.detail].filter(Boolean).join('. '),
      actions: action && !known ? [action, ...last.actions] : last.actions,
    };
    this.list = [...this.list.slice(0, -1), toast];
    this.resume(toast.id);
    return toast;
  }

  dismiss(id: number): void {
    this.#forget(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** The pointer or the focus is on it: it stays. */
  pause(id: number): void {
    this.#forget(id);
  }

  resume(id: number): void {
    this.#forget(id);
    const toast = this.list.find((shown) => shown.id === id);
    if (toast) this.#timers.set(id, setTimeout(() => this.dismiss(id), LASTS[toast.tone]));
  }

  #forget(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
