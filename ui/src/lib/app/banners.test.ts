import { expect, test } from 'vitest';
import type { BannerKind } from '$lib/bindings/BannerKind';
import type { NoticeLevel } from '$lib/bindings/NoticeLevel';
import type { Reminder } from '$lib/bindings/Reminder';
import { Banners } from './banners.svelte';

const banner = (kind: BannerKind, message: string, level: NoticeLevel = 'warning') => ({ kind, notice: { level, message, hint: 'Do this.' } });

const waiting = (state: Reminder['state'], n: number): Reminder[] =>
  Array.from({ length: n }, (_, i) => ({
    tag: `${state} ${i}`, summary: '', body: '', booking: { id: '1', recurrenceId: null }, start: 0, end: 0, state, until: null,
  }));

test('what is repeated takes the place of what it repeats', () => {
  const banners = new Banners(() => []);
  for (let n = 1; n <= 12; n++) banners.hear(banner('refused', `error ${n}`));
  banners.opened([banner('refused', 'damaged', 'error').notice]);
  banners.opened([banner('refused', 'damaged', 'error').notice]);
  expect(banners.list.map((one) => one.message)).toEqual(['damaged', 'error 12']);
  banners.hear({ kind: 'refused', notice: null });
  expect(banners.list.map((one) => one.message)).toEqual(['damaged']);
});

test('undelivered reminders are counted, and dismissed until there are more', () => {
  let reminders: Reminder[] | null = null;
  const banners = new Banners(() => reminders);
  const shown = () => banners.list.map((one) => one.message);
  banners.hear(banner('onlyHere', 'Only in this window.'));
  expect(shown()).toEqual(['Only in this window.']);
  banners.hear(banner('undelivered', 'No service.'));
  expect(shown()).toEqual([]);
  reminders = [...waiting('failed', 12), ...waiting('shown', 3)];
  expect(banners.list).toMatchObject([{ message: '12 reminders could not be shown.', hint: 'No service. Do this.', list: true }]);
  banners.dismiss(banners.list[0]!);
  reminders = waiting('failed', 11);
  expect(shown()).toEqual([]);
  reminders = waiting('failed', 13);
  expect(shown()).toEqual(['13 reminders could not be shown.']);
  reminders = waiting('failed', 1);
  expect(shown()).toEqual([]);
  banners.hear(banner('undelivered', 'It hangs.'));
  expect(shown()).toEqual([]);
  banners.hear({ kind: 'undelivered', notice: null });
  expect(shown()).toEqual(['Only in this window.']);
  banners.hear(banner('undelivered', 'No service.'));
  expect(shown()).toEqual(['1 reminder could not be shown.']);
});

test('what was missed is over once the list has none', () => {
  let reminders = waiting('missed', 2);
  const banners = new Banners(() => reminders);
  banners.hear(banner('missed', 'Two passed.', 'info'));
  expect(banners.list).toMatchObject([{ message: 'Two passed.', list: true }]);
  reminders = [];
  expect(banners.list).toEqual([]);
});
