import { expect, test } from 'vitest';
import { LANGUAGES, type Language, directionOf, languageOf, say as spoken, speak } from '../messages';
import { say as de } from './de';
import { say as en } from './en';

/** Every text of a language by its path, each function called with arguments that can be found again. */
function texts(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') return [0, 1, 7].map((n) => [`${path}(${n})`, String(called(node, n))]);
  return Object.entries(node as object).flatMap(([name, child]) => texts(child, `${path}.${name}`));
}

/** A number for each argument that may be one, a word for each that is shown as it is. */
function called(text: Function, n: number): string {
  const source = String(text);
  const list = /\.(join|map|length)\b/.test(source) && !/filter\(Boolean\)/.test(source);
  if (list) return text([`${n}`, 'second']);
  return text(...Array.from({ length: text.length }, (_, i) => (i === 0 && n === 0 ? 0 : n + 100 * i)));
}

const numbers = (text: string) => text.match(/\d+/g)?.sort().join(' ') ?? '';
const both = texts(en).map(([path, text], i) => [path, text, texts(de)[i]?.[1] ?? ''] as const);

test('German has the names of English, in the same order', () =>
  expect(texts(de).map(([path]) => path)).toEqual(texts(en).map(([path]) => path)));

test.each(both.filter(([path]) => path.endsWith(')')))('%s says all that it is given', (_, english, german) =>
  expect(numbers(german)).toBe(numbers(english)));

test('no text is empty, and hardly one is still English', () => {
  expect(both.filter(([, , german]) => german.trim() === '')).toEqual([]);
  const same = both.filter(([, english, german]) => english === german && /[a-z]{4} [a-z]{3}/i.test(english));
  expect(same).toEqual([]);
});

test('the direction is that of the locale', () => {
  expect(['ar', 'ar-EG', 'he-IL', 'fa', 'ur-PK'].map(directionOf)).toEqual(Array(5).fill('rtl'));
  expect(['', 'de', 'en-GB', 'hu', 'arn', 'heb-x'].map(directionOf)).toEqual(Array(6).fill('ltr'));
});

test('a locale finds its language, any other is English', async () => {
  const found = ['de', 'de-AT', 'DE_de', 'en-GB', 'fr-FR', 'ar', ''].map(languageOf);
  expect(found).toEqual(['de', 'de', 'de', 'en', 'en', 'en', 'en']);
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    await speak(language);
    expect(spoken).toStrictEqual({ en, de }[language]);
  }
  await speak('en');
});
