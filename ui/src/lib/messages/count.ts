/** Numbers in a language, and with them the form of a word that belongs to a number. */
export function counter(language: string) {
  const digits = new Intl.NumberFormat(language);
  const plurals = new Intl.PluralRules(language);
  const number = (n: number) => digits.format(n);
  return { number, count: (n: number, one: string, many: string) => `${number(n)} ${plurals.select(n) === 'one' ? one : many}` };
}
