import { describe, expect, test } from 'vitest';
import type { Environment } from '$lib/bindings/Environment';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Week } from '$lib/bindings/Week';
import { barLines, layout, shownDays } from './columns';
import { MINUTE } from './geometry';

const MONDAY = Date.parse('2026-09-13T22:00:00Z');

function environment(id: string, hidden = false): Environment {
  return { id, name: id, aliases: [], capacity: 1, zone: 'Europe/Berlin', setUp: 0, cleanUp: 0, owner: '', leadTimes: [], hidden };
}
function occurrence(key: string, more: Partial<Occurrence> = {}): Occurrence {
  return {
    key, reference: { id: key, recurrenceId: null }, uid: key, environmentId: 'staging', teamId: 't', title: key,
    start: MONDAY + 540 * MINUTE, end: MONDAY + 780 * MINUTE, time: '', allDay: false, status: 'confirmed', blocks: true,
    kind: 'test', units: null, setUp: 0, cleanUp: 0, inSeries: false, plan: null, conflicts: [], label: '', ...more,
  };
}
function week(more: Partial<Week>): Week {
  const days = Array.from({ length: 7 }, (_, n) => ({
    date: `2026-09-${14 + n}`, start: MONDAY + n * 1440 * MINUTE, minutes: 1440,
    hours: Array.from({ length: 24 }, (_, hour) => ({ hour, minute: hour * 60 })),
    change: null, isToday: n === 2, isWeekend: n > 4, workStart: 480, workEnd: 1080,
  }));
  return {
    from: '2026-09-14', isoWeek: 38, zone: 'Europe/Berlin', now: 0, today: '', days, conflictCount: 0, windows: [], spans: [], anyBooking: true,
    environments: [environment('staging'), environment('old', true), environment('production')],
    teams: [{ id: 't', name: 'Infra', code: 'INF', colour: 0, mine: true }],
    occurrences: [], blocks: [], bars: [], folds: [], conflicts: [], marks: [], undo: null, redo: null, ...more,
  };
}
const block = { occurrence: 0, day: 0, environmentId: 'staging', start: 540, end: 780, lane: 0, lanes: 1, span: 1, continuesBefore: false, continuesAfter: false };
const bar = { occurrence: 0, day: 4, days: 3, environmentId: 'staging', line: 1, continuesBefore: false, continuesAfter: true };

describe('layout', () => {
  test('has a column for each day and environment that is not hidden', () => {
    const columns = layout(week({}), true);
    expect(columns).toHaveLength(14);
    expect(columns.slice(0, 2).map((column) => [column.key, column.firstOfDay, column.lastOfDay])).toEqual([
      ['0/staging', true, false], ['0/production', false, true],
    ]);
  });
  test('or for the environments that are chosen', () => {
    const keys = (only: string[]) => layout(week({}), false, false, only).slice(0, 2).map((column) => column.key);
    expect(keys(['production'])).toEqual(['0/production', '1/production']);
    expect(keys(['gone'])).toEqual(['0/staging', '0/production']);
  });
  test('leaves the weekend out, or makes it narrow', () => {
    expect(shownDays(week({}), false)).toEqual([0, 1, 2, 3, 4]);
    expect(layout(week({}), false)).toHaveLength(10);
    const share = (columns: ReturnType<typeof layout>) => columns.at(-1)!.share;
    const free = share(layout(week({}), true));
    expect(share(layout(week({}), true, true))).toBeLessThan(free);
  });
  test('gives room to lanes, and takes it from what is free', () => {
    const lanes = [{ ...block, lanes: 2 }, { ...block, lanes: 2, lane: 1, occurrence: 1 }, { ...block, day: 1, lanes: 2, span: 2 }];
    const columns = (title: string) =>
      layout(week({ occurrences: [occurrence('a', { title }), occurrence('b')], blocks: lanes }), true);
    const [two, free, one] = columns('load test').map((column) => column.share);
    expect(two).toBeGreaterThan(one! * 1.4);
    expect(free).toBeLessThan(one! * 0.7);
    const wide = columns('infrastructure changes')[0]!.share;
    expect(wide).toBeGreaterThan(two! * 1.5);
    expect(columns('of Rindfleischetikettierungsüberwachung')[0]!.share).toBe(wide);
  });
  test('keeps room for the codes of all lanes in a narrow window', () => {
    const three = week({ occurrences: [occurrence('a')], blocks: [{ ...block, lanes: 3 }] });
    const least = (narrow: boolean) => layout(three, true, true, [], narrow)[0]!.least;
    expect(least(false)).toBeLessThan(3 * 31);
    expect(least(true) * 0.77).toBeGreaterThan(3 * 31);
  });
  test('where nothing is booked, and at a weekend', () => {
    const columns = layout(week({ occurrences: [occurrence('a')], blocks: [block] }), true);
    expect(columns[0]!.least).toBeGreaterThan(columns.at(-1)!.least);
    expect(layout(week({}), false).every((column) => column.share === 1)).toBe(true);
  });
  test('a day with one environment has room for its own name', () => {
    const columns = layout(week({ environments: [environment('staging')] }), true);
    expect(columns.at(-1)!.least).toBeGreaterThanOrEqual(64);
  });
  test('puts blocks where they belong, with their team', () => {
    const [first] = layout(week({ occurrences: [occurrence('a')], blocks: [block] }), true);
    expect(first?.cards.map((card) => [card.key, card.team?.code])).toEqual([['a@0', 'INF']]);
  });
  test('a bar is in each of its days, also where the weekend is hidden', () => {
    const shown = week({ occurrences: [occurrence('a')], bars: [bar] });
    const withBars = (weekend: boolean) => layout(shown, weekend).filter((column) => column.bars.length > 0).map((column) => column.key);
    expect(withBars(true)).toEqual(['4/staging', '5/staging', '6/staging']);
    expect(withBars(false)).toEqual(['4/staging']);
    expect(barLines(layout(shown, true))).toBe(2);
  });
  test('clean-up goes on after midnight', () => {
    const late = occurrence('a', { start: MONDAY + 1320 * MINUTE, end: MONDAY + 1380 * MINUTE, cleanUp: 120 });
    const columns = layout(week({ occurrences: [late], blocks: [{ ...block, start: 1320, end: 1380 }] }), true);
    const buffers = columns.flatMap((column) => column.buffers.map((buffer) => [column.key, buffer.start, buffer.end]));
    expect(buffers).toEqual([['0/staging', 1380, 1440], ['1/staging', 0, 60]]);
  });
  test('a card shows its worst open conflict', () => {
    const conflict = (id: string, severity: 'error' | 'warning', accepted = false) => ({
      id, severity, environmentId: 'staging', kind: 'overlap' as const, start: 0, end: 1, bookings: [], headline: '', explanation: '',
      accepted: accepted ? { who: '', at: 0, reason: '' } : null,
    });
    const all = [conflict('w', 'warning'), conflict('x', 'error', true), conflict('e', 'error')];
    const [column] = layout(week({ occurrences: [occurrence('a', { conflicts: ['w', 'x', 'e'] })], blocks: [block], conflicts: all }), true);
    expect(column?.cards[0]?.conflict?.id).toBe('e');
  });
});
