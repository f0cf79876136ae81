// The focus of a view whose bookings are moved by keys: what was moved is drawn anew elsewhere.
import { tick } from 'svelte';
import type { App } from '$lib/app/app.svelte';

/** Has the card that was moved focused where it has come; `focus` is given its key, empty where there is none. */
export function followMoved(app: App, focus: (card: string) => void): void {
  $effect(() => {
    if (!app.reveal?.focus) return;
    app.reveal = null;
    void tick().then(() => focus(app.week.cursor?.card ?? ''));
  });
}
