// The cards of a column as elements. A week may hold hundreds, and the next one as many others: so
// they are drawn by hand, each element taken over by the next week's card, touched where it differs.
import { paths } from '$lib/app/Icon.svelte';
import './card.css';
import type { Face } from './face';

interface Parts {
  button: HTMLButtonElement;
  content: HTMLElement;
  text: HTMLElement;
  code: HTMLElement;
  title: Text;
  /** Below the text, each on a line of its own; most cards of a full week have neither. */
  word: HTMLElement | null;
  time: HTMLElement | null;
  drawn: Face | null;
}

const parts = new WeakMap<Element, Parts>();
let blank: HTMLElement | undefined;

/** Makes the children of `list` these cards, in this order. */
export function drawCards(list: HTMLElement, faces: Face[]): void {
  while (list.children.length > faces.length) list.lastChild?.remove();
  faces.forEach((face, i) => draw(partsOf(list.children[i] ?? list.appendChild(make())), face));
}

/** The one in reach of the Tab key, and the one that is being dragged elsewhere. */
export function markCards(list: HTMLElement, focused: string | null, dragged: string | undefined): void {
  for (const card of list.children as HTMLCollectionOf<HTMLElement>) {
    card.tabIndex = card.dataset['card'] === focused ? 0 : -1;
    card.toggleAttribute('data-dragged', dragged !== undefined && card.dataset['occurrence'] === dragged);
  }
}

function draw(card: Parts, face: Face): void {
  const { button, drawn } = card;
  const { occurrence, key } = face.view;
  card.drawn = face;
  if (drawn?.looks !== face.looks) button.className = face.looks;
  if (drawn?.place !== face.place) button.style.cssText = face.place;
  if (drawn?.view.occurrence.label !== occurrence.label) button.ariaLabel = occurrence.label;
  if (drawn?.view.key !== key) {
    Object.assign(button.dataset, { card: key, occurrence: occurrence.key, booking: occurrence.reference.id });
  }
  if (drawn?.code !== face.code) card.code.textContent = face.code;
  if (drawn?.title !== face.title) card.title.data = ` ${face.title}`;
  if (drawn?.small !== face.small) card.text.classList.toggle('small', face.small);
  if (drawn?.height !== face.height) card.text.style.maxHeight = `${face.height}px`;
  if ((drawn?.word ?? '') !== face.word) line(card, 'word', face.word);
  if ((drawn?.time ?? '') !== face.time || (drawn?.series ?? false) !== face.series) {
    line(card, 'time', face.time);
    if (face.series) sign(card.time!);
  }
}

const LOOKS = { word: 'word', time: 'time in-team' };

/** Writes the words of a line, which is there only while it has any; the time is the last one. */
function line(card: Parts, name: 'word' | 'time', words: string): void {
  if (!words) {
    card[name]?.remove();
    card[name] = null;
    return;
  }
  card[name] ??= add(card.content, 'span', LOOKS[name], name === 'word' ? card.time : null);
  card[name].textContent = words;
}

/** The sign of a series, after its time. */
function sign(time: HTMLElement): void {
  const [svg, path] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  for (const [name, value] of Object.entries({ width: 11, height: 11, viewBox: '0 0 16 16', 'aria-hidden': true })) svg!.setAttribute(name, `${value}`);
  path!.setAttribute('d', paths.repeat);
  svg!.append(path!);
  time.append(svg!);
}

function partsOf(button: Element): Parts {
  const found = parts.get(button);
  if (found) return found;
  const content = button.firstElementChild as HTMLElement;
  const text = content.firstElementChild as HTMLElement;
  const made: Parts = {
    button: button as HTMLButtonElement, content, text, code: text.firstElementChild as HTMLElement, title: text.lastChild as Text,
    word: null, time: null, drawn: null,
  };
  parts.set(button, made);
  return made;
}

function make(): Element {
  blank ??= compose();
  return blank.cloneNode(true) as Element;
}

function compose(): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.tabIndex = -1;
  button.dataset['testid'] = 'card';
  const content = add(button, 'span', 'content');
  const text = add(content, 'span', 'text');
  add(text, 'b');
  text.append(' ');
  return button;
}

function add(to: Element, name: string, look = '', before: Node | null = null): HTMLElement {
  const element = to.insertBefore(document.createElement(name), before);
  element.className = look;
  return element;
}
