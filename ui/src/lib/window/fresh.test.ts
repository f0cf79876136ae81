import { describe, expect, it } from 'vitest';
import type { Environment } from '$lib/bindings/Environment';
import { asDay, freshWindow, toggled } from './fresh';

const environment = (id: string, name: string) => ({ id, name }) as Environment;

describe('a new window', () => {
  it('freezes production where there is one', () => {
    const all = [environment('1', 'staging'), environment('2', 'Production'), environment('3', 'lab')];
    expect(freshWindow(all, '2026-09-17').environmentIds).toEqual(['2']);
    expect(freshWindow(all.slice(0, 1), '2026-09-17').environmentIds).toEqual(['1']);
    expect(freshWindow([], '2026-09-17').environmentIds).toEqual([]);
  });

  it('becomes days and moments again', () => {
    const start = freshWindow([], '2026-09-17');
    const days = asDay(start, true);
    expect([days.start, days.end, days.allDay]).toEqual(['2026-09-17', '2026-09-17', true]);
    expect(asDay(days, false)).toEqual(start);
  });

  it('names each entry once', () => {
    expect(toggled(['a', 'b'], 'b', true)).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});
