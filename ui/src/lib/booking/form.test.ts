import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BookingDetail } from '$lib/bindings/BookingDetail';
import type { Preview } from '$lib/bindings/Preview';
import { BookingForm } from './form.svelte';
import { newInput } from './input';

const asked = vi.hoisted(() => ({ preview: vi.fn(), book: vi.fn(), edit: vi.fn() }));
vi.mock('$lib/backend', () => ({
  backend: { previewBooking: asked.preview, book: asked.book, editBooking: asked.edit },
  events: {},
}));

const nine = newInput({ environmentId: 'e', teamId: 't', start: '2026-09-17T09:00', end: '2026-09-17T13:00' });
const answer: Preview = { start: 0, end: 1, duration: '4 h', repeatWords: null, conflicts: [], problems: [] };
const detail: BookingDetail = {
  reference: { id: 'b', recurrenceId: 5 }, uid: 'u', input: nine, status: 'confirmed', start: 0, end: 1, duration: '4 h',
  repeatWords: null, inSeries: true, calendar: null, followed: false, created: 0, modified: 0, conflicts: [], history: [],
};

beforeEach(() => {
  vi.useFakeTimers();
  for (const mock of Object.values(asked)) mock.mockReset().mockResolvedValue(answer);
});

describe('a new booking', () => {
  test('asks at once, then when typing rests, only for the last', async () => {
    const form = new BookingForm(nine, null);
    expect(asked.preview).toHaveBeenCalledTimes(1);
    for (const title of ['l', 'lo', 'load']) form.set('title', title);
    expect(asked.preview).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(120);
    expect(asked.preview).toHaveBeenCalledTimes(2);
    expect(asked.preview.mock.lastCall).toEqual([null, 'all', { ...nine, title: 'load' }]);
  });

  test('takes its end along', () => {
    const form = new BookingForm(nine, null);
    form.setStart('2026-09-18T10:00');
    expect(form.input.end).toBe('2026-09-18T14:00');
    expect(form.changed).toBe(true);
    form.setStart('2026-09-17T09:00');
    expect(form.changed).toBe(false);
  });

  test('is saved in spite of conflicts, not in spite of problems', async () => {
    asked.preview.mockResolvedValue({ ...answer, problems: [{ field: 'end', message: 'ends before it starts' }] });
    const form = new BookingForm(nine, null);
    await vi.advanceTimersByTimeAsync(0);
    expect(form.canSave).toBe(false);
    expect(form.problem('end')).toBe('ends before it starts');
    const conflict = { severity: 'error' } as Preview['conflicts'][number];
    asked.preview.mockResolvedValue({ ...answer, conflicts: [conflict, { ...conflict, severity: 'info' }] });
    form.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(form.conflicts).toEqual([conflict]);
    expect(form.canSave).toBe(true);
  });

  test('is not saved while a field cannot be read', () => {
    const form = new BookingForm(nine, null);
    form.mark('startDate', false);
    expect(form.canSave).toBe(false);
    form.mark('startDate', true);
    expect(form.canSave).toBe(true);
  });

  test('is booked, one that exists is edited', async () => {
    await new BookingForm(nine, null).save();
    expect(asked.book).toHaveBeenCalledWith(nine);
    const form = new BookingForm(nine, detail);
    form.setScope('all');
    await form.save();
    expect(asked.edit).toHaveBeenCalledWith(detail.reference, 'all', nine);
  });
});

test('an occurrence of a series changes alone, unless told otherwise', () => {
  expect(new BookingForm(nine, detail).scope).toBe('this');
  expect(new BookingForm(nine, { ...detail, inSeries: false }).scope).toBe('all');
});

test('a closed form hears no more answers', async () => {
  const form = new BookingForm(nine, null);
  form.close();
  await vi.advanceTimersByTimeAsync(200);
  expect(form.preview).toBeNull();
});
