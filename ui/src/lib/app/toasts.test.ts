import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const action = (label: string) => ({ label, run: () => {} });

test('what becomes known soon is put to what was said', () => {
  const toasts = new Toasts();
  toasts.show('done', 'Moved', 'staging, Thu', [action('Undo')]);
  vi.advanceTimersByTime(500);
  const amended = toasts.amend('conflict', 'This caused 1 new conflict', action('Show'), 3000);
  expect(amended?.detail).toBe('This caused 1 new conflict. staging, Thu');
  expect(toasts.list).toHaveLength(1);
  expect(toasts.list[0]).toMatchObject({ tone: 'conflict', text: 'Moved' });
  expect(toasts.list[0]?.actions.map((one) => one.label)).toEqual(['Show', 'Undo']);
  toasts.amend('done', 'Again', action('Show'), 3000);
  expect(toasts.list[0]?.actions.map((one) => one.label)).toEqual(['Show', 'Undo']);
});

test('an older message, or an error, is left as it is', () => {
  const toasts = new Toasts();
  expect(toasts.amend('done', 'news', null, 3000)).toBeNull();
  toasts.show('done', 'Moved');
  vi.advanceTimersByTime(3001);
  expect(toasts.amend('done', 'news', null, 3000)).toBeNull();
  toasts.show('error', 'Failed');
  expect(toasts.amend('done', 'news', null, 3000)).toBeNull();
  expect(toasts.list.map((toast) => toast.detail)).toEqual(['', '']);
});
