import { expect, test } from 'vitest';
import type { Conflict } from '$lib/bindings/Conflict';
import type { Environment } from '$lib/bindings/Environment';
import type { Occurrence } from '$lib/bindings/Occurrence';
import { rows } from './timeline';

const range = { start: 1000, end: 2000 };
const on = (environmentId: string, start: number, end: number) => ({ environmentId, start, end }) as Occurrence;
const environments = [{ id: 'a' }, { id: 'b' }] as Environment[];

test('stands at its share of the time, cut at the ends', () => {
  const [a, b] = rows(environments, [on('a', 500, 1250), on('a', 1500, 2500), on('b', 0, 1000)], [], range);
  expect(a!.bars.map(({ from, to, before, after, line }) => [from, to, before, after, line])).toEqual([
    [0, 0.25, true, false, 0], [0.5, 1, false, true, 0],
  ]);
  expect([a!.lines, b!.lines, b!.bars.length]).toEqual([1, 1, 0]);
});

test('no two of a line overlap, and a line is used again', () => {
  const all = [on('a', 1000, 1500), on('a', 1100, 1200), on('a', 1200, 1300), on('a', 1150, 1600), on('a', 1500, 1700)];
  const [row] = rows(environments, all, [], range);
  expect(row!.bars.map((bar) => bar.line)).toEqual([0, 1, 2, 1, 0]);
  for (const one of row!.bars) for (const other of row!.bars) {
    if (one !== other && one.line === other.line) expect(one.to <= other.from || other.to <= one.from).toBe(true);
  }
});

test('words that are longer than their booking keep the line', () => {
  const all = [on('a', 1000, 1010), on('a', 1050, 1060), on('a', 1100, 1110)];
  expect(rows(environments, all, [], range, () => 100)[0]!.bars.map((bar) => bar.line)).toEqual([0, 1, 0]);
});

test('marks what is in conflict and open', () => {
  const conflict = (more: Partial<Conflict>) => ({ id: 'c', environmentId: 'a', start: 1250, end: 1500, severity: 'error', accepted: null, ...more }) as Conflict;
  const all = [conflict({}), conflict({ accepted: { who: '', at: 0, reason: '' } }), conflict({ severity: 'info' }), conflict({ environmentId: 'b', start: 0, end: 10 })];
  expect(rows(environments, [], all, range).map((row) => row.marks.map(({ from, to }) => [from, to]))).toEqual([[[0.25, 0.5]], []]);
});
