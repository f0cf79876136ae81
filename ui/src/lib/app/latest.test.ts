import { expect, test, vi } from 'vitest';
import { Latest, debounce } from './latest';

/** An asker whose answers are given by hand. */
function asker() {
  const asked: number[] = [];
  const answers: ((value: string) => void)[] = [];
  const heard: string[] = [];
  const latest = new Latest<number, string>(
    (input) => { asked.push(input); return new Promise((resolve) => answers.push(resolve)); },
    (answer) => heard.push(answer),
  );
  const answer = async (text: string) => { answers.shift()?.(text); await new Promise((r) => setTimeout(r)); };
  return { latest, asked, heard, answer };
}

test('one under way, the newest waits, those between are never asked', async () => {
  const { latest, asked, heard, answer } = asker();
  for (const n of [1, 2, 3, 4]) latest.push(n);
  expect(asked).toEqual([1]);
  await answer('one');
  expect(asked).toEqual([1, 4]);
  await answer('four');
  expect(heard).toEqual(['one', 'four']);
});

test('what was cancelled is not heard, and it goes on afterwards', async () => {
  const { latest, asked, heard, answer } = asker();
  latest.push(1);
  latest.push(2);
  latest.cancel();
  await answer('one');
  latest.push(3);
  await answer('three');
  expect(asked).toEqual([1, 3]);
  expect(heard).toEqual(['three']);
});

test('a failure does not stop the next', async () => {
  const failed = vi.fn();
  const heard: number[] = [];
  const latest = new Latest<number, number>(
    (n) => (n === 1 ? Promise.reject(new Error('no')) : Promise.resolve(n)), (n) => heard.push(n), failed,
  );
  latest.push(1);
  latest.push(2);
  await new Promise((r) => setTimeout(r));
  expect(failed).toHaveBeenCalledOnce();
  expect(heard).toEqual([2]);
});

test('debounce waits for quiet', () => {
  vi.useFakeTimers();
  const then = vi.fn();
  const { call } = debounce(then, 120);
  call();
  vi.advanceTimersByTime(100);
  call();
  vi.advanceTimersByTime(100);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(then).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
