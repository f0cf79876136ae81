// The words of the window in the language that is spoken. English is there from the start; each
// other language is a file of its own, loaded where it is needed.
import * as en from './messages/en';

const FILES = {
  en: () => en,
  de: () => import('./messages/de'),
};

export type Language = keyof typeof FILES;

/** Every language, by its own name. */
export const LANGUAGES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** The words. What has been drawn with those of another language must be drawn again. One object for
 * all languages: what the page exports to its other files is never assigned anew (`vite.config.ts`). */
export const say = {} as en.Words;

/** The language of a locale or of a choice: English for all that Berth does not speak. */
export function languageOf(tag: string): Language {
  const name = tag.slice(0, 2).toLowerCase();
  return name in FILES ? (name as Language) : 'en';
}

/** Right-to-left where the locale is written so, whatever the words. */
export function directionOf(tag: string): 'rtl' | 'ltr' {
  return /^(ar|arc|ckb|dv|fa|he|iw|ks|ps|sd|ug|ur|yi)\b/i.test(tag) ? 'rtl' : 'ltr';
}

/** Loads the words of a language; what is drawn afterwards speaks it. */
export async function speak(language: Language): Promise<void> {
  Object.assign(say, (await FILES[language]()).say);
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}
