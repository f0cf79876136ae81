import { describe, expect, test } from 'vitest';
import { cardText, shortName } from './fit';

/** Every letter is six pixels wide. */
const six = (text: string, size = 'card') => text.length * (size === 'card' ? 6 : 5);
const infra = { code: 'INF', title: 'infrastructure changes', time: '09:00–13:00', word: '' };

describe('cardText', () => {
  test('a wide and high card says everything', () =>
    expect(cardText({ width: 200, height: 192 }, infra, six)).toEqual({ title: infra.title, small: false, lines: 11, time: true, word: false }));
  test('a narrow card says the code only', () =>
    expect(cardText({ width: 40, height: 192 }, infra, six)).toMatchObject({ title: '', time: false }));
  test('the longest word decides, in small letters where it must', () => {
    expect(cardText({ width: 94, height: 192 }, infra, six)).toMatchObject({ title: infra.title, small: false });
    expect(cardText({ width: 93, height: 192 }, infra, six)).toMatchObject({ title: infra.title, small: true });
  });
  test('words that have no room give way to those that have', () => {
    expect(cardText({ width: 79, height: 192 }, infra, six)).toMatchObject({ title: '… changes', small: true });
    const title = 'hold for infrastructure maintenances of staging';
    expect(cardText({ width: 69, height: 192 }, { ...infra, title }, six).title).toBe('hold for … of staging');
    expect(cardText({ width: 40, height: 192 }, { ...infra, title: 'infrastructure – maintenance' }, six).title).toBe('');
  });
  test('half an hour has one line, for code and title if both fit', () => {
    expect(cardText({ width: 100, height: 24 }, infra, six)).toMatchObject({ title: '', lines: 1 });
    expect(cardText({ width: 100, height: 24 }, { ...infra, title: 'release' }, six)).toMatchObject({ title: 'release', lines: 1 });
  });
  test('the word of a conflict goes before the time', () =>
    expect(cardText({ width: 100, height: 34 }, { ...infra, title: 'x', word: 'overlap' }, six)).toMatchObject({
      word: true, time: false,
    }));
  test('no title, no title line', () =>
    expect(cardText({ width: 100, height: 192 }, { ...infra, title: '' }, six).title).toBe(''));
});

test.each([[50, 'production'], [49, 'prod.'], [24, 'pro.'], [15, 'pr.'], [6, 'p']])('shortName in %i', (width, expected) =>
  expect(shortName('production', width, six)).toBe(expected));
