import { expect, test, vi } from 'vitest';
import type { Week } from '$lib/bindings/Week';
import type { WeekQuery } from '$lib/bindings/WeekQuery';
import { WeekModel } from './week.svelte';

interface Asked {
  date: string | null;
  answer: (week: Week) => void;
  refuse: (error: unknown) => void;
}
const asked: Asked[] = vi.hoisted(() => []);
vi.mock('$lib/backend', () => ({
  backend: {
    week: ({ date }: WeekQuery) => new Promise<Week>((answer, refuse) => { asked.push({ date, answer, refuse }); }),
  },
}));

const from = (date: string) => ({ from: date, today: '2026-09-16', days: Array(7).fill({}), now: 0 }) as unknown as Week;

function opened() {
  asked.length = 0;
  const failed = vi.fn();
  const model = new WeekModel({ firstDay: () => 1, weekend: () => true, days: () => 7, only: () => [], failed });
  model.open(from('2026-09-14'));
  return { model, failed };
}

test('who goes on while the same is asked for again gets there', async () => {
  const { model } = opened();
  const [again, gone] = [model.reload(), model.go(1)];
  expect(asked.map((one) => one.date)).toEqual(['2026-09-14', '2026-09-21']);
  asked[1]!.answer(from('2026-09-21'));
  asked[0]!.answer(from('2026-09-14'));
  expect([await again, await gone]).toEqual([false, true]);
  expect(model.data?.from).toBe('2026-09-21');
});

test('who has gone on is not brought back by a change', async () => {
  const { model } = opened();
  const [gone, again] = [model.go(1), model.reload()];
  expect(asked.map((one) => one.date)).toEqual(['2026-09-21', '2026-09-21']);
  asked.forEach((one) => one.answer(from('2026-09-21')));
  await Promise.all([gone, again]);
  expect(model.data?.from).toBe('2026-09-21');
});

test('each step counts, however fast it comes after the one before', async () => {
  const { model } = opened();
  const steps = [model.go(1), model.go(1), model.go(1), model.go(-1)];
  expect(asked.map((one) => one.date)).toEqual(['2026-09-21', '2026-09-28', '2026-10-05', '2026-09-28']);
  asked.forEach((one) => one.answer(from(one.date!)));
  await Promise.all(steps);
  expect(model.data?.from).toBe('2026-09-28');
  void model.show(null);
  void model.go(1);
  expect(asked.at(-1)!.date).toBe('2026-09-23');
});

test('where a week cannot be had, the one that is shown is asked for again', async () => {
  const { model, failed } = opened();
  const gone = model.go(1);
  asked[0]!.refuse(new Error('no'));
  expect(await gone).toBe(false);
  expect(failed).toHaveBeenCalledOnce();
  void model.reload();
  expect(asked[1]!.date).toBe('2026-09-14');
});
