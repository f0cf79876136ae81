import { expect, test } from 'vitest';
import { ranked, score } from './match';

test.each([
  ['Go to a date', 'go', 2], ['Go to a date', 'date go', 4], ['Undo', 'do', 1], ['Undo', 'x', 0], ['Next week', 'nex wee', 4],
  ['Environments …', 'env', 2], ['Today', '', 0],
])('%s by “%s”', (label, typed, expected) => expect(score(label, typed)).toBe(expected));

test('beginnings of words go first, and equals keep their order', () => {
  const entries = ['Undo', 'Redo', 'Do not', 'Dark'].map((label) => ({ label }));
  expect(ranked(entries, 'do').map((one) => one.label)).toEqual(['Do not', 'Undo', 'Redo']);
  expect(ranked(entries, ' ')).toEqual(entries);
});
