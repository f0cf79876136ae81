// The focus in a list beside a form that was just drawn again.
import { tick } from 'svelte';

/** Focuses what is chosen in the list, where a change took away what had the focus. */
export async function focusChosen(list: HTMLElement): Promise<void> {
  await tick();
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body || activeElement instanceof HTMLDialogElement) {
    list.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
  }
}
