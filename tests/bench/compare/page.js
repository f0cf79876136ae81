// What the bench does with a calendar: the keys that Berth has, and its mark for a painted week.
//
// Each library's file gives `draw(element, week)`, which draws a week and returns how to go on from
// there: `next`, `previous`, `end`.

const element = document.getElementById('calendar');
let week;
let calendar;
/** Whether the second of the two weeks is shown. */
let second = false;

const keys = {
  a() {
    calendar.end();
    calendar = null;
  },
  w() {
    calendar = draw(element, week);
    second = false;
  },
  j() {
    calendar.next();
    second = true;
  },
  k() {
    calendar.previous();
    second = false;
  },
};

/** Whether the page has every booking of the week that it should show, and none of the other. */
function isThere() {
  const cards = document.querySelectorAll('.booking');
  const from = second ? week.each : 0;
  const number = (card) => Number(/release candidate (\d+)/.exec(card.textContent)?.[1]);
  const belongs = (card) => number(card) >= from && number(card) < from + week.each;
  return calendar ? cards.length === week.each && belongs(cards[0]) && belongs(cards[cards.length - 1]) : cards.length === 0;
}

/** As Berth does: a frame's callback runs before it is painted, a timer set in it after. A library may
 * take more than one frame until all is there. */
function markPainted() {
  requestAnimationFrame(() => (isThere() ? setTimeout(() => performance.mark('painted')) : markPainted()));
}

addEventListener('keydown', ({ key }) => {
  keys[key]?.();
  if (key in keys) markPainted();
});

/** Draws the first week: `bookings` of two weeks with so many `each`, the first from `monday`. In a task
 * of the page, as in a program: EventCalendar draws empty cards when the driver's own script calls it. */
window.start = (given) => {
  week = given;
  setTimeout(() => {
    keys.w();
    markPainted();
  });
};
