import { describe, expect, test } from 'vitest';
import { cardText, shortName } from './fit';

/** Every letter is six pixels wide. */
const six = (text: string, size = 'card') => text.length * (size === 'card' ? 6 : 5);
const infra = { code: 'INF', title: 'infrastructure changes', time: '09:00–13:00', word: '' };

describe('cardText', () => {
  test('a wide and high card says everything', () =>
    expect(cardText({ width: 200, height: 192 }, infra, six)).toEqual({ title: true, small: false, lines: 11, time: true, word: false }));
  test('a narrow card says the code only', () =>
    expect(cardText({ width: 40, height: 192 }, infra, six)).toMatchObject({ title: false, time: false }));
  test('the longest word decides, in small letters where it must', () => {
    expect(cardText({ width: 96, height: 192 }, infra, six)).toMatchObject({ title: true, small: false });
    expect(cardText({ width: 95, height: 192 }, infra, six)).toMatchObject({ title: true, small: true });
    expect(cardText({ width: 81, height: 192 }, infra, six).title).toBe(false);
  });
  test('half an hour has one line, for code and title if both fit', () => {
    expect(cardText({ width: 100, height: 24 }, infra, six)).toMatchObject({ title: false, lines: 1 });
    expect(cardText({ width: 100, height: 24 }, { ...infra, title: 'release' }, six)).toMatchObject({ title: true, lines: 1 });
  });
  test('the word of a conflict goes before the time', () =>
    expect(cardText({ width: 100, height: 34 }, { ...infra, title: 'x', word: 'overlap' }, six)).toMatchObject({
      word: true, time: false,
    }));
  test('no title, no title line', () =>
    expect(cardText({ width: 100, height: 192 }, { ...infra, title: '' }, six).title).toBe(false));
});

test.each([[50, 'production'], [49, 'prod.'], [24, 'pro.'], [15, 'pr.'], [6, 'p']])('shortName in %i', (width, expected) =>
  expect(shortName('production', width, six)).toBe(expected));
