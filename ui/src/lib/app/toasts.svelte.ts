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
    this.list = [...older, { id, tone, text, detail, actions }];
    this.resume(id);
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
