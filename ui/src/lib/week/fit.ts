// What a card says at its size: whole words or the team's code, never a piece of a word.

/** How wide a text is in pixels, in the face of a card. */
export type Measure = (text: string, size: 'card' | 'small' | 'tight') => number;

export interface CardText {
  /** What is shown of the title: all of it, or the words that have room, or nothing. */
  title: string;
  /** It has that room in small letters only. */
  small: boolean;
  /** How many lines code and title may take. */
  lines: number;
  time: boolean;
  /** The word that says there is a conflict. */
  word: boolean;
}

/** Pixels of a line of a card, and of what surrounds the text. */
export const LINE = 15;
const EDGES = 10;
const ABOVE = 4;
const GAP = 5;

export function cardText(
  size: { width: number; height: number },
  content: { code: string; title: string; time: string; word: string },
  measure: Measure,
): CardText {
  const room = size.width - EDGES;
  const rows = Math.max(1, Math.floor((size.height - ABOVE) / LINE));
  const code = measure(content.code, 'small') + GAP;
  const words = content.title.split(/\s+/);
  const fits = (face: 'card' | 'tight') => (word: string) => measure(word, face) <= room;
  const oneLine = code + measure(content.title, 'card') <= room;
  const title = oneLine ? content.title : rows > 1 ? fitting(words, fits('tight')) : '';
  const small = title !== '' && !oneLine && !words.every(fits('card'));
  const used = title !== '' && !oneLine ? 2 : 1;
  const word = content.word !== '' && rows > used && measure(content.word, 'small') <= room;
  const time = rows > used + (word ? 1 : 0) && measure(content.time, 'small') <= room;
  return { title, small, time, word, lines: rows - (time ? 1 : 0) - (word ? 1 : 0) };
}

/** The words that fit, with an ellipsis for those that do not; nothing where it is all ellipsis. */
function fitting(words: string[], fits: (word: string) => boolean): string {
  const kept = words.map((word) => (fits(word) ? word : '…'));
  if (!kept.some((word) => /[\p{L}\p{N}]/u.test(word))) return '';
  return kept.filter((word, i) => word !== '…' || kept[i - 1] !== '…').join(' ');
}

/** A name, or its first letters where it has no room. */
export function shortName(name: string, width: number, measure: Measure): string {
  if (measure(name, 'small') <= width) return name;
  for (const letters of [4, 3, 2]) {
    const short = `${name.slice(0, letters)}.`;
    if (name.length > letters + 1 && measure(short, 'small') <= width) return short;
  }
  return name.slice(0, 1);
}

/** The letters of nearly all texts. */
const COMMON = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), '–', '…'];

let ofWindow: Measure | undefined;

/** Measures with a canvas in the window's own font, each letter once: a week brings hundreds of new
 * texts. The common ones at once, since each time a canvas gets another font, the webview first
 * works out the styles of all that has been added to the page. */
export function canvasMeasure(): Measure {
  return (ofWindow ??= measureOf(getComputedStyle(document.body).fontFamily));
}

function measureOf(fontFamily: string): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const inFont = (font: string) => {
    const known = new Map<string, number>();
    const learn = (letters: string[]) => {
      if (context) context.font = `${font} ${fontFamily}`;
      for (const letter of letters) known.set(letter, context?.measureText(letter).width ?? 7);
    };
    learn(COMMON);
    return (letter: string): number => {
      if (!known.has(letter)) learn([letter]);
      return known.get(letter)!;
    };
  };
  const fonts = { card: inFont('500 12px'), small: inFont('600 11px'), tight: inFont('500 11px') };
  return (text, size) => {
    let width = 0;
    for (const letter of text) width += fonts[size](letter);
    return width;
  };
}
